//! What ends the original script gets a clear result, or an error that says what to do.

use std::path::Path;

use isocost_npy::{Array, Compression, Data, save_npz};
use isocost_study_recursion::e1::{Config, E1Error, Source, Style, Values, compute, render};

/// Rows of a small file: label, exponent, late drift.
type Row = (i64, f32, f32);

fn write(root: &Path, name: &str, rows: &[Row]) {
    let n = rows.len();
    let matrix = |values: Vec<f32>, columns| Array::new(vec![n, columns], Data::F32(values)).unwrap();
    let spectrum = matrix(rows.iter().flat_map(|row| [row.1, row.1 - 1.0]).collect(), 2);
    let drift = matrix(rows.iter().flat_map(|row| [9.0, row.2, row.2, row.2, row.2]).collect(), 5);
    let labels = Array::vector(Data::I64(rows.iter().map(|row| row.0).collect()));
    let arrays =
        [("exact_correct", &labels), ("lyap_spec", &spectrum), ("drift_zH", &drift), ("drift_zL", &drift)];
    save_npz(&root.join(name), &arrays, Compression::Deflated).unwrap();
}

fn config() -> Config {
    let source = |path: &str| Source { path: path.to_owned(), label: path.to_owned(), n: 6 };
    Config {
        trm: source("t.npz"),
        hrm: source("h.npz"),
        spectrum: vec![source("s.npz")],
        replicates: 200,
        ..Config::default()
    }
}

const GOOD: [Row; 6] =
    [(1, -0.5, 0.1), (1, -0.4, 0.2), (1, -0.3, 0.1), (0, 0.2, 5.0), (0, 0.3, 6.0), (1, 0.1, 4.0)];

fn with_trm(rows: &[Row]) -> Values {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), "t.npz", rows);
    write(dir.path(), "h.npz", &GOOD);
    let values = compute(dir.path(), &config(), 1).unwrap();
    for style in [Style::Seed, Style::Isocost] {
        assert!(!render(&values, &config(), style).contains("NaN"));
    }
    values
}

fn changed(change: impl Fn(&mut Row)) -> Vec<Row> {
    let mut rows = GOOD.to_vec();
    rows.iter_mut().for_each(change);
    rows
}

#[test]
fn without_failures_what_is_about_failures_is_undefined_and_the_rest_is_not() {
    let values = with_trm(&changed(|row| row.0 = 1));
    let trm = &values.trm;
    assert_eq!(trm.bound_after_no_event.get(), Err("no puzzle is wrong"));
    assert_eq!(trm.settled_wrong.share.get(), Err("no puzzle is wrong"));
    assert_eq!(trm.auc_interval.get(), Err("no puzzle is wrong"));
    assert_eq!(trm.median_wrong_interval.get(), Err("no puzzle is wrong"));
    assert!(trm.median_correct_interval.known().is_some());
    let report = render(&values, &config(), Style::Seed);
    assert!(
        report.contains("AUC(-lam1->correct) = nan, bootstrap 95% CI undefined: no puzzle is wrong"),
        "{report}"
    );
    assert!(values.hrm.auc_interval.known().is_some());
}

#[test]
fn an_undefined_file_leaves_the_intervals_of_the_other_unchanged() {
    let good = with_trm(&GOOD);
    for rows in [changed(|row| row.0 = 1), changed(|row| row.1 = f32::NAN), changed(|row| row.2 = 1.0)] {
        assert_eq!(with_trm(&rows).hrm, good.hrm);
    }
}

#[test]
fn constant_drift_has_no_threshold_and_missing_numbers_are_named_by_row() {
    let constant = with_trm(&changed(|row| row.2 = 1.0));
    let file = &constant.files["t.npz"];
    let reason = file.z_h.known().unwrap().threshold.get().unwrap_err();
    assert!(reason.contains("all values are the same"), "{reason}");
    assert!(constant.trm.auc_interval.known().is_some());

    let missing = with_trm(&changed(|row| row.2 = if row.0 == 0 { f32::NAN } else { row.2 }));
    assert_eq!(missing.files["t.npz"].z_h.get(), Err("the late drift of row 3 is not a finite number"));
    assert!(missing.trm.settled_wrong.events.get().is_err());

    let unranked = with_trm(&changed(|row| row.1 = if row.0 == 0 { f32::INFINITY } else { row.1 }));
    assert_eq!(unranked.files["t.npz"].auc.get(), Err("the exponent of row 3 is not a finite number"));
    assert!(unranked.trm.auc_interval.get().is_err());
}

#[test]
fn a_missing_comparison_is_a_line_and_a_missing_main_file_an_error() {
    let values = with_trm(&GOOD);
    assert!(!values.spectrum[0].found);
    assert!(render(&values, &config(), Style::Seed).contains("- s.npz: npz missing"));
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), "t.npz", &GOOD);
    let error = compute(dir.path(), &config(), 1).unwrap_err();
    assert!(matches!(error, E1Error::Missing(_)), "{error}");
    assert!(error.to_string().contains("--config"), "{error}");
}

#[test]
fn labels_beyond_zero_and_one_count_in_n_only_and_other_shapes_are_refused() {
    let values = with_trm(&changed(|row| row.0 = if row.1 < -0.35 { 2 } else { row.0 }));
    let file = &values.files["t.npz"];
    assert_eq!((file.n, file.n_correct, file.n_wrong), (6, 2, 2));
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), "h.npz", &GOOD);
    let (labels, matrix) =
        (Array::vector(Data::U8(vec![1; 3])), Array::new(vec![2, 1], Data::F32(vec![0.0; 2])).unwrap());
    let arrays = [("exact_correct", &labels), ("lyap_spec", &matrix)];
    save_npz(&dir.path().join("t.npz"), &arrays, Compression::Stored).unwrap();
    let error = compute(dir.path(), &config(), 1).unwrap_err().to_string();
    assert!(error.contains("lyap_spec has shape [2, 1], it must have 3 rows"), "{error}");
}

#[test]
fn a_configuration_keeps_defaults_and_refuses_what_it_does_not_know() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("e1.json");
    let read = |text: &str| {
        isocost_fs::write_cache(&path, text.as_bytes()).unwrap();
        Config::read(&path)
    };
    let config = read(r#"{"schema": "isocost/recursion-e1-config/1", "replicates": 500}"#).unwrap();
    assert_eq!(config, Config { replicates: 500, ..Config::default() });
    for wrong in [
        r#"{"replicate": 5}"#,
        r#"{"schema": "isocost/recursion-e1-config/2"}"#,
        r#"{"replicates": 0}"#,
        r#"{"strict_percentile": 101}"#,
        "[]",
        "",
    ] {
        assert!(matches!(read(wrong), Err(E1Error::Config { .. })), "{wrong}");
    }
}
