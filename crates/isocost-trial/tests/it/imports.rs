//! Logs that the tools themselves wrote, as outcome tables.

use std::path::{Path, PathBuf};

use isocost_trial::import::{Format, ImportOptions, Imported, Units, import};
use isocost_trial::table::{Column, ColumnMap, Origin, RowView, to_csv};
use isocost_trial::{OutcomeRow, OutcomeTable};

fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/import").join(name)
}

fn imported(name: &str) -> Imported {
    import(&[data(name)], &ImportOptions::default()).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn refused(name: &str) -> String {
    import(&[data(name)], &ImportOptions::default()).unwrap_err().to_string()
}

/// The row of an item, seed, arm and metric.
fn find<'t>(table: &'t OutcomeTable, item: &str, seed: &str, arm: &str, metric: &str) -> RowView<'t> {
    let wanted = |row: &RowView<'_>| {
        row.item() == item && row.seed() == seed && row.arm() == arm && row.metric() == metric
    };
    table.rows().find(wanted).unwrap_or_else(|| panic!("{item} {seed} {arm} {metric}"))
}

fn rows(table: &OutcomeTable) -> Vec<OutcomeRow> {
    table.rows().map(OutcomeRow::from).collect()
}

#[test]
fn an_inspect_log_gives_a_row_a_sample_and_epoch_with_its_tokens() {
    let log = imported("inspect/left.eval");
    assert_eq!((log.recognition.format, log.recognition.units), (Format::InspectLog, Units::Items));
    assert_eq!(log.table.len(), 12);
    // The mock answers wrongly where 7 k mod 3 is 0, k counting both epochs; it reports 23 + i tokens for item i.
    let first = find(&log.table, "sum-00", "1", "mockllm/left", "sums/match");
    assert_eq!((first.value(), first.cost(), first.cost_unit()), (Some(0.0), Some(23.0), "tokens"));
    let other = find(&log.table, "sum-04", "2", "mockllm/left", "sums/match");
    assert_eq!((other.value(), other.cost()), (Some(1.0), Some(27.0)));
}

#[test]
fn both_forms_of_an_inspect_log_read_alike() {
    let (archive, json) = (imported("inspect/left.eval").table, imported("inspect/left.json").table);
    assert_eq!(to_csv(&rows(&archive)).unwrap(), to_csv(&rows(&json)).unwrap());
}

#[test]
fn samples_of_lm_eval_take_split_seed_and_filter_from_their_run() {
    let run = imported("lm-eval/seed1");
    assert_eq!(run.recognition.format, Format::LmEvalSamples);
    // Eight documents, two metrics of one task, and two filters of the other.
    assert_eq!(run.table.len(), 8 * 4);
    let metrics = run.table.distinct(|_| true, RowView::metric);
    let wanted = [
        "sums_choice/acc",
        "sums_choice/acc_norm",
        "sums_generate/exact_match,digits",
        "sums_generate/exact_match,strict",
    ];
    assert_eq!(metrics, wanted);
    let row =
        run.table.rows().find(|row| row.item() == "0@a88557ae" && row.metric() == "sums_choice/acc").unwrap();
    assert_eq!((row.seed(), row.split(), row.value(), row.cost()), ("1", "test", Some(1.0), None));
    assert!(run.recognition.notes.iter().any(|note| note.contains("cost is not measured")));
}

#[test]
fn samples_of_lmms_eval_say_that_their_hashes_do_not_tell_documents_apart() {
    let run = imported("lmms-eval");
    assert_eq!((run.table.len(), run.table.distinct(|_| true, RowView::arm)), (8, vec!["dummy"]));
    assert_eq!(run.table.distinct(|_| true, RowView::metric), ["sums_generate/exact_match"]);
    assert!(
        run.recognition.notes.iter().any(|note| note.contains("one doc_hash")),
        "{:?}",
        run.recognition.notes
    );
}

#[test]
fn a_run_of_mlflow_has_seeds_but_no_items() {
    let runs = imported("mlflow/mlruns");
    assert_eq!((runs.recognition.format, runs.recognition.units), (Format::MlflowRuns, Units::SeedsOnly));
    assert_eq!(runs.table.distinct(|_| true, RowView::arm), ["anchored", "uniform"]);
    assert_eq!(runs.table.distinct(|_| true, RowView::seed), ["0", "1", "2"]);
    assert_eq!(find(&runs.table, "run", "2", "uniform", "tokens").value(), Some(1960.0));
    assert!(find(&runs.table, "step 2", "0", "anchored", "val_acc").value().unwrap() > 0.68);
}

#[test]
fn metrics_by_seed_pair_by_clip_and_count_a_clip_once() {
    let metrics = imported("seed-metrics/by_sample.json");
    assert_eq!((metrics.recognition.format, metrics.recognition.units), (Format::SeedMetrics, Units::Items));
    assert_eq!(metrics.table.distinct(|_| true, RowView::item), ["c1", "c2", "c3"]);
    let row = find(&metrics.table, "c3", "0", "anchored_top2", "val_acc");
    assert_eq!((row.value(), row.cost(), row.budget()), (Some(0.8), Some(1956.0), "1960"));
    assert_eq!(find(&metrics.table, "c2", "1", "uniform", "val_acc_event").value(), None);
}

#[test]
fn metrics_without_items_leave_only_seeds_as_units() {
    let metrics = imported("seed-metrics/summary_only.json");
    assert_eq!((metrics.recognition.units, metrics.table.len()), (Units::SeedsOnly, 6));
    assert!(metrics.recognition.notes.iter().any(|note| note.contains("only seeds can be the unit")));
}

#[test]
fn rows_of_one_policy_are_told_apart_by_the_settings_that_differ() {
    let results = imported("results-csv");
    assert_eq!((results.recognition.format, results.recognition.units), (Format::ResultsCsv, Units::Nothing));
    let arms = results.table.distinct(|_| true, RowView::arm);
    assert_eq!(
        arms,
        ["always_full", "no_vision", "uncertainty (threshold=0.5)", "uncertainty (threshold=0.7)"]
    );
}

#[test]
fn arrays_pair_by_their_ids_and_not_by_position() {
    let arrays = imported("npz/left.npz");
    assert_eq!((arrays.recognition.format, arrays.table.len()), (Format::Npz, 10));
    let row = find(&arrays.table, "v3", "1", "left", "acc");
    assert_eq!((row.value(), row.cost(), row.cost_unit()), (Some(1.0), Some(1960.0), "tokens"));
    assert!(refused("npz/no_ids.npz").contains("never paired by position"));
}

#[test]
fn a_foreign_table_needs_its_columns_mapped() {
    let dir = tempfile::tempdir().unwrap();
    for (name, text) in [
        ("answers.csv", "question_id,acc,model\nq1,1,m\nq2,0,m\n"),
        (
            "answers.jsonl",
            "{\"question_id\":\"q1\",\"acc\":1,\"model\":\"m\"}\n{\"question_id\":\"q2\",\"acc\":0,\"model\":\"m\"}\n",
        ),
    ] {
        let path = dir.path().join(name);
        isocost_fs::write_cache(&path, text.as_bytes()).unwrap();
        let error = import(std::slice::from_ref(&path), &ImportOptions::default()).unwrap_err().to_string();
        assert!(error.contains("`question_id`") && error.contains("`item`"), "{error}");
        let mut columns = ColumnMap::default();
        columns.set(Column::Item, Origin::Named("question_id".to_owned()));
        columns.set(Column::Value, Origin::Named("acc".to_owned()));
        columns.set(Column::Arm, Origin::Named("model".to_owned()));
        columns.set(Column::Metric, Origin::Constant("acc".to_owned()));
        let table = import(&[path], &ImportOptions { columns, ..ImportOptions::default() }).unwrap().table;
        let q2 = find(&table, "q2", "", "m", "acc");
        assert_eq!((q2.value(), q2.cost(), table.free_columns().count()), (Some(0.0), None, 0), "{name}");
    }
}

#[test]
fn a_damaged_archive_and_an_unknown_file_are_refused_with_what_is_known() {
    let dir = tempfile::tempdir().unwrap();
    let bytes = isocost_fs::read(&data("inspect/left.eval")).unwrap();
    for length in (4..bytes.len()).step_by(997) {
        let path = dir.path().join("cut.eval");
        isocost_fs::write_cache(&path, &bytes[..length]).unwrap();
        assert!(import(&[path], &ImportOptions::default()).is_err(), "{length}");
    }
    let path = dir.path().join("notes.txt");
    isocost_fs::write_cache(&path, b"hello").unwrap();
    let error = import(&[path], &ImportOptions::default()).unwrap_err().to_string();
    assert!(error.contains("inspect_ai") && error.contains("--map"), "{error}");
}
