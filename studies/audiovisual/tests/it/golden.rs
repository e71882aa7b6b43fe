//! Whole runs in compat mode.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use isocost_study_audiovisual::anchors::{AnchorOptions, anchors};
use isocost_study_audiovisual::candidates::candidate_set;
use isocost_study_audiovisual::data::{IdSource, LabelRule, MissingClips, SharedIds, Split};
use isocost_study_audiovisual::diagnose::{DiagnoseOptions, diagnose};
use isocost_study_audiovisual::fusion::{FUSED, fusion_config};
use isocost_study_audiovisual::listen::ClipFolders;
use isocost_study_audiovisual::oracle::{OracleOptions, default_configs, oracle};
use isocost_study_audiovisual::session::Sources;
use isocost_study_audiovisual::single::{SingleOptions, single};
use isocost_study_audiovisual::sweep::{Sweep, SweepOptions, sweep};
use isocost_study_audiovisual::{Mode, P0Config};
use isocost_study_learn::torch::{AdamRates, HeadTraining};
use serde_json::Value;

use crate::compare::{Tolerances, differences};
use crate::synth::{Tiny, reference, reference_path};

pub(crate) static TINY: LazyLock<Tiny> = LazyLock::new(Tiny::new);

/// Every prediction is the reference's. Scores may differ in the last bit: its logarithm is the platform's.
const EXACT: Tolerances = Tolerances { accuracy: 1e-12, score: f64::EPSILON, recall: 0.0 };

pub(crate) fn sources(mode: Mode, signal: &str, eval: Split) -> Sources {
    let source = |split| IdSource { split, file: None, limit: None };
    Sources {
        meta: TINY.path("meta"),
        processed: Some(TINY.path("processed")),
        caches: TINY.path("caches"),
        train: source(Split::Train),
        eval: source(eval),
        missing: MissingClips::Refuse,
        shared: SharedIds::Refuse,
        labels: LabelRule::LastOfAll,
        signal: signal.to_owned(),
        scores: None,
        mode,
    }
}

pub(crate) fn training(epochs: u32, batch: usize) -> HeadTraining {
    HeadTraining { epochs, batch, rates: AdamRates { learning: 2e-3, decay: 0.0 } }
}

pub(crate) fn read(path: &Path) -> Value {
    serde_json::from_str(&isocost_fs::read_to_string(path).unwrap()).unwrap()
}

fn swept(signal: &str, set: &str, out: &Path) -> Sweep {
    sweep(&SweepOptions {
        sources: sources(Mode::Compat, signal, Split::Val),
        set: set.to_owned(),
        seeds: vec![0, 1, 2],
        training: training(5, 16),
        p_filter: 0.1,
        out: out.to_owned(),
    })
    .unwrap()
}

/// Compares every file of a sweep that the reference's folder has.
fn check_sweep(folder: &str, signal: &str, set: &str) {
    let Some(summary) = reference(&format!("{folder}/sweep_summary.json")) else { return };
    let out = tempfile::tempdir().unwrap();
    let swept = swept(signal, set, out.path());
    let mut files = vec![PathBuf::from("best_config.json")];
    for entry in &swept.entries {
        files.push(PathBuf::from(&entry.candidate.name).join("metrics.json"));
        files.push(PathBuf::from(&entry.candidate.name).join("config.json"));
    }
    let mut found = differences(&read(&out.path().join("sweep_summary.json")), &summary, &EXACT);
    for file in files {
        let name = file.display().to_string();
        if let Some(theirs) = reference(&format!("{folder}/{name}")) {
            let differ = differences(&read(&out.path().join(&file)), &theirs, &EXACT);
            found.extend(differ.into_iter().map(|what| format!("{name}{what}")));
        }
    }
    assert_none(&found);
}

#[test]
fn golden_a_sweep_over_energy_has_the_numbers_of_the_reference_in_every_field() {
    check_sweep("sweep_energy_v1", "energy", "energy_v1");
}

#[test]
fn golden_a_sweep_over_energy_with_other_rules_has_them_too() {
    check_sweep("sweep_energy_v3", "energy", "energy_v3");
}

#[test]
fn golden_a_sweep_over_the_strongest_stride_has_them_too() {
    check_sweep("sweep_stride", "energy_stride_max", "energy_v1");
}

/// Fails with the first of the differences.
fn assert_none(found: &[String]) {
    assert!(
        found.is_empty(),
        "{} differences, such as\n{}",
        found.len(),
        found[..found.len().min(20)].join("\n")
    );
}

#[test]
fn golden_the_oracle_command_has_them_too() {
    let Some(ceiling) = reference("oracle/oracle_ceiling.json") else { return };
    let out = tempfile::tempdir().unwrap();
    let configs = default_configs();
    let names: Vec<String> = configs.iter().map(|config| config.name.clone()).collect();
    oracle(&OracleOptions {
        sources: sources(Mode::Compat, "energy", Split::Val),
        configs,
        seeds: vec![0, 1, 2],
        training: training(5, 16),
        out: out.path().to_owned(),
    })
    .unwrap();
    let mut found = differences(&read(&out.path().join("oracle_ceiling.json")), &ceiling, &EXACT);
    for name in names {
        if let Some(theirs) = reference(&format!("oracle/{name}/metrics.json")) {
            found.extend(differences(&read(&out.path().join(name).join("metrics.json")), &theirs, &EXACT));
        }
    }
    assert_none(&found);
}

#[test]
fn golden_the_fusion_command_has_them_too() {
    let Some(theirs) = reference("fusion/metrics.json") else { return };
    let chosen = candidate_set("energy_v3").unwrap().into_iter().find(|one| one.name.ends_with("maxHigh1"));
    let out = tempfile::tempdir().unwrap();
    single(SingleOptions {
        sources: sources(Mode::Compat, "energy", Split::Test),
        config: fusion_config(chosen.unwrap().config, Mode::Compat),
        methods: FUSED.to_vec(),
        seeds: vec![0, 1, 2],
        training: training(5, 16),
        out: out.path().to_owned(),
    })
    .unwrap();
    assert_none(&differences(&read(&out.path().join("metrics.json")), &theirs, &EXACT));
}

#[test]
fn golden_recall_of_anchors_is_the_reference_s() {
    for (folder, signal) in [("anchor_energy", "energy"), ("anchor_energy_stride_max", "energy_stride_max")] {
        let Some(theirs) = reference(&format!("{folder}/anchors_metrics.json")) else { continue };
        let out = tempfile::tempdir().unwrap();
        anchors(&AnchorOptions {
            meta: TINY.path("meta"),
            folders: ClipFolders {
                processed: Some(TINY.path("processed")),
                caches: TINY.path("caches"),
                seconds: 10,
            },
            split: Split::Val,
            signal: signal.to_owned(),
            scores: None,
            config: P0Config::default(),
            deltas: vec![0, 1, 2],
            seed: 0,
            mode: Mode::Compat,
            out: out.path().to_owned(),
        })
        .unwrap();
        let ours = read(&out.path().join("anchors_metrics.json"));
        let near = Tolerances { recall: 1e-12, ..EXACT };
        assert_none(&differences(&ours, &theirs, &near));
    }
}

#[test]
fn golden_a_diagnosis_of_the_reference_s_own_file_is_the_reference_s() {
    let (Some(_), Some(theirs)) =
        (reference("run_clipdiff/metrics.json"), reference("diagnose/diagnose.json"))
    else {
        return;
    };
    let out = tempfile::tempdir().unwrap();
    diagnose(&DiagnoseOptions {
        metrics: reference_path("run_clipdiff/metrics.json"),
        meta: TINY.path("meta"),
        deltas: vec![0, 1, 2],
        top: 20,
        mode: Mode::Sound,
        out: out.path().to_owned(),
    })
    .unwrap();
    let text = isocost_fs::read_to_string(&out.path().join("diagnose.json")).unwrap();
    let ours: Value = serde_json::from_str(&text.replace("null", "\"NaN\"")).unwrap();
    // The reference takes its means and percentiles in single precision.
    let single = Tolerances { accuracy: 1e-6, score: 1e-6, recall: 1e-6 };
    assert_none(&differences(&ours, &theirs, &single));
}
