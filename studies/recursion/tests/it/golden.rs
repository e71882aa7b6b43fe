//! Every folder of golden inputs: the original script's report and values against ours.

use std::path::{Path, PathBuf};

use isocost_study_recursion::e1::{Config, FileValues, Quantity, Settling, Style, Values, compute, render};
use serde_json::Value;

/// Folders that hold inputs and the values computed from them.
fn folders() -> Vec<PathBuf> {
    let default = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata/golden");
    let golden = std::env::var_os("ISOCOST_GOLDEN").map_or(default, PathBuf::from).join("recursion");
    let Ok(entries) = isocost_fs::list_dir(&golden) else { return Vec::new() };
    let folders = entries.into_iter().map(|entry| entry.path);
    folders.filter(|path| path.join("inputs").is_dir() && path.join("values.json").is_file()).collect()
}

fn computed(folder: &Path) -> Values {
    compute(&folder.join("inputs"), &Config::default(), 2).unwrap()
}

fn expected(folder: &Path) -> Value {
    // Python writes NaN, which JSON does not know.
    let text = isocost_fs::read_to_string(&folder.join("values.json")).unwrap();
    serde_json::from_str(&text.replace(": NaN", ": null")).unwrap()
}

/// The report of the original, with its constants replaced where the data contradict them.
fn report_with_computed_constants(folder: &Path, values: &Values) -> Option<String> {
    let text = isocost_fs::read_to_string(&folder.join("phase1_e1.md")).ok()?;
    let settled = values.trm.settled_wrong.events.known().unwrap();
    let strict = values.hrm.strict.share.known().unwrap();
    let text = text.replacen("observed 0/", &format!("observed {settled}/"), 1);
    Some(text.replacen("observed 0.0054", &format!("observed {strict:.4}"), 1))
}

#[test]
fn golden_e1_reports_are_equal_token_by_token_and_all_interval_ends_bit_by_bit() {
    for folder in folders() {
        let values = computed(&folder);
        let Some(expected) = report_with_computed_constants(&folder, &values) else { continue };
        let found = render(&values, &Config::default(), Style::Seed);
        assert_eq!(found, expected, "{}", folder.display());
    }
}

#[test]
fn golden_e1_constants_that_the_data_contradict_are_warned_about() {
    for folder in folders() {
        let values = computed(&folder);
        let settled = *values.trm.settled_wrong.events.known().unwrap();
        let strict = (*values.hrm.strict.events.known().unwrap(), values.hrm.strict.of);
        let warned = |words: &str| values.warnings.iter().any(|warning| warning.contains(words));
        assert_eq!(settled != 0, warned("wrong puzzles are settled"), "{}", folder.display());
        assert_eq!(strict != (21, 3_894), warned("strictly settled"), "{}", folder.display());
    }
}

#[track_caller]
fn assert_same(found: f64, expected: &Value, dtype: &str, what: &str) {
    let expected = expected.as_f64().unwrap();
    // 64-bit logarithms differ in the last bit between C libraries.
    let tolerance = if dtype == "<f8" { 1e-15 * expected.abs().max(1.0) } else { 0.0 };
    assert!((found - expected).abs() <= tolerance, "{what}: {found} {expected}");
}

#[track_caller]
fn assert_optional(found: &Quantity<f64>, expected: &Value, what: &str) {
    assert_eq!(found.known().copied(), expected.as_f64(), "{what}");
}

fn settling_is_equal(found: &Quantity<Settling>, expected: &Value, what: &str) {
    let settling = found.known().unwrap();
    assert_eq!(settling.dtype, expected["dtype"], "{what}");
    let same =
        |value, name: &str| assert_same(value, &expected[name], &settling.dtype, &format!("{what} {name}"));
    same(settling.min, "min");
    same(settling.max, "max");
    same(settling.strict_percentile, "p45");
    let threshold = settling.threshold.known().unwrap();
    same(threshold.tau, "tau");
    let cells = threshold.cells;
    for (name, cell) in [("A", cells.A), ("B", cells.B), ("C", cells.C), ("D", cells.D)] {
        assert_eq!(expected[name], cell, "{what} {name}");
    }
}

fn file_is_equal(found: &FileValues, expected: &Value, what: &str) {
    assert_eq!(expected["n"], found.n, "{what}");
    assert_eq!(expected["n_correct"], found.n_correct, "{what}");
    assert_optional(&found.auc, &expected["auc"], what);
    for (name, settling) in [("zH", &found.z_h), ("zL", &found.z_l), ("combined", &found.combined)] {
        settling_is_equal(settling, &expected[name], &format!("{what} {name}"));
    }
    assert_eq!(expected["strict"]["B"], *found.strict_settled_wrong.known().unwrap(), "{what}");
    assert_optional(&found.median_lambda_wrong, &expected["median_lam1"][0], what);
    assert_optional(&found.median_lambda_correct, &expected["median_lam1"][1], what);
}

#[test]
fn golden_e1_values_of_every_file_are_equal_in_full_precision() {
    for folder in folders() {
        let (values, expected) = (computed(&folder), expected(&folder));
        for (path, expected) in expected["files"].as_object().unwrap() {
            let found = values.files.get(path).unwrap();
            file_is_equal(found, expected, &format!("{}: {path}", folder.display()));
        }
    }
}

#[test]
fn golden_e1_values_are_the_same_at_any_number_of_threads() {
    for folder in folders().into_iter().take(1) {
        let config = Config { replicates: 700, ..Config::default() };
        let inputs = folder.join("inputs");
        let alone = compute(&inputs, &config, 1).unwrap();
        for threads in [2, 5] {
            assert_eq!(compute(&inputs, &config, threads).unwrap(), alone);
        }
    }
}
