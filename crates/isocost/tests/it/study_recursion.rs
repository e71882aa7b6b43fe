//! `isocost study recursion e1` from the outside.

use isocost_npy::{Array, Compression, Data, save_npz};

use crate::fixture::{Project, snapshot};

/// Five small diagnosis files at the places of the published study, but the last.
fn project() -> Project {
    let project = Project::new();
    let names = [
        "analysis_2x2/retest/trm_gbs768_step58590_full_n2048.npz",
        "diag_8k.npz",
        "official_gbs768_spectrum/trm_gbs768_base_step58590_n512_k8_seed20260602.npz",
        "official_gbs768_spectrum/trm_gbs768_multi4_step35805_n512_k8_seed20260602.npz",
    ];
    for name in names {
        let path = project.path("runs").join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        let n = 32_u8;
        let wrong = |row: u8| row % 4 == 3;
        let column = |value: &dyn Fn(u8) -> f32, columns| {
            let values = (0..n).flat_map(|row| std::iter::repeat_n(value(row), columns)).collect();
            Array::new(vec![usize::from(n), columns], Data::F32(values)).unwrap()
        };
        let late = |row: u8| f32::from(row) / 64.0 + if wrong(row) && row > 4 { 8.0 } else { 0.5 };
        let exponent = |row: u8| f32::from(row % 7) / 16.0 - if wrong(row) { 0.0 } else { 0.25 };
        let labels = Array::vector(Data::Bool((0..n).map(|row| !wrong(row)).collect()));
        let (spectrum, drift) = (column(&exponent, 2), column(&late, 5));
        let arrays = [
            ("exact_correct", &labels),
            ("lyap_spec", &spectrum),
            ("drift_zH", &drift),
            ("drift_zL", &drift),
        ];
        save_npz(&path, &arrays, Compression::Deflated).unwrap();
    }
    project
}

const E1: [&str; 7] = ["study", "recursion", "e1", "--root", "runs", "--out", "out"];

fn with<'a>(more: &[&'a str]) -> Vec<&'a str> {
    E1.iter().chain(more).copied().collect()
}

#[test]
fn the_batch_prints_what_it_writes() {
    let project = project();
    let report = project.isocost(&E1).exits(0).stdout;
    assert_eq!(report, project.read("out/phase1_e1.md"));
    snapshot!("study_recursion_e1", report);
    let json = project.isocost(&with(&["--json"])).exits(0).stdout;
    assert_eq!(json, project.read("out/values.json"));
}

#[test]
fn the_original_form_warns_where_its_constants_are_contradicted() {
    let project = project();
    let outcome = project.isocost(&with(&["--style", "seed", "--threads", "2"])).exits(0);
    snapshot!("study_recursion_e1_seed", format!("{}\n--- stderr\n{}", outcome.stdout, outcome.stderr));
    let outcome = outcome.says("1 of 8 wrong puzzles are settled; the original script prints 0");
    assert_eq!(outcome.stdout.trim_end(), project.read("out/phase1_e1.md"));
    project.isocost(&with(&["--style", "seed", "--quiet"])).exits(0);
}

#[test]
fn missing_and_broken_files_end_with_the_file_code() {
    let project = project();
    project
        .isocost(&["study", "recursion", "e1", "--root", "nowhere", "--out", "out"])
        .exits(7)
        .says("no such file");
    project.write("runs/diag_8k.npz", b"no archive");
    project.isocost(&E1).exits(7).says("no zip archive");
    project.write("e1.json", r#"{"replicas": 5}"#);
    project.isocost(&with(&["--config", "e1.json"])).exits(7).says("replicas");
    project.isocost(&with(&["--style", "other"])).exits(2);
    project.isocost(&with(&["--threads", "0"])).exits(2);
}
