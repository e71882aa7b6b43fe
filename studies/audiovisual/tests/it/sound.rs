//! What sound mode adds and mends.

use isocost_study_audiovisual::data::{SharedIds, Split};
use isocost_study_audiovisual::single::{SingleOptions, single};
use isocost_study_audiovisual::{AvError, Method, Mode, P0Config};
use isocost_trial::OutcomeTable;

use crate::golden::{TINY, read, sources, training};

fn options(out: &std::path::Path, methods: &[Method]) -> SingleOptions {
    SingleOptions {
        sources: sources(Mode::Sound, "energy", Split::Val),
        config: P0Config { low_res: 160, high_res: 352, anchor_std_threshold: 1.0, ..P0Config::default() },
        methods: methods.to_vec(),
        seeds: vec![0, 1],
        training: training(2, 16),
        out: out.to_owned(),
    }
}

#[test]
fn the_outcome_table_holds_a_row_a_second_and_every_arm_pays_the_same() {
    let out = tempfile::tempdir().unwrap();
    let methods = [Method::Uniform, Method::AnchoredTop2, Method::OracleTop2];
    single(options(out.path(), &methods)).unwrap();
    let text = isocost_fs::read_to_string(&out.path().join("outcomes.csv")).unwrap();
    assert_eq!(text.lines().count(), 1 + 32 * 10 * 2 * methods.len());
    OutcomeTable::read(&out.path().join("outcomes.csv")).unwrap();
    let mut paid = std::collections::BTreeMap::<String, f64>::new();
    for line in text.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        *paid.entry(format!("{} {}", cells[2], cells[1])).or_default() += cells[4].parse::<f64>().unwrap();
    }
    assert!(paid.values().all(|total| (total - 32.0 * 1960.0).abs() < 1e-6), "{paid:?}");
}

#[test]
fn the_best_choice_in_hindsight_is_at_least_as_good_as_the_first_events() {
    let out = tempfile::tempdir().unwrap();
    let gain = |mode| {
        let mut options = options(out.path(), &[Method::Uniform, Method::OracleTop2]);
        options.sources.mode = mode;
        single(options).unwrap().0.gain(Method::Uniform, Method::OracleTop2).unwrap()
    };
    assert!(gain(Mode::Sound) > gain(Mode::Compat));
}

#[test]
fn a_clip_in_both_lists_is_refused_by_name_or_left_out_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let list = folder.path().join("ids.txt");
    isocost_fs::write_cache(&list, b"clip00003\nclip00070\n").unwrap();
    let mut options = options(folder.path(), &[Method::Uniform]);
    options.sources.eval.file = Some(list);
    let error = single(options.clone()).unwrap_err();
    assert!(
        matches!(error, AvError::Shared { count: 1, .. }) && error.to_string().contains("clip00003"),
        "{error}"
    );
    options.sources.shared = SharedIds::LeaveOut;
    single(options).unwrap();
    let metrics = read(&folder.path().join("metrics.json"));
    assert_eq!(metrics["sound"]["left_out"][0]["clip"], "clip00003");
}

#[test]
fn a_missing_resolution_names_the_clip_and_the_field() {
    let folder = tempfile::tempdir().unwrap();
    let mut options = options(folder.path(), &[Method::UniformLow]);
    options.config.low_res = 128;
    let error = single(options).unwrap_err().to_string();
    assert!(error.contains("clip00000") && error.contains("res_128"), "{error}");
    assert!(isocost_fs::exists(&TINY.path("meta")));
}
