//! The outcome table as a reader of CSV sees it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::LazyLock;

use isocost_study_vision_routing::{Digits, Options, Seed, Splits, Stage, run};

/// One row, by column name.
pub(crate) type Row = BTreeMap<String, String>;

/// The rows of a CSV file.
pub(crate) fn rows(path: &Path) -> Vec<Row> {
    csv::Reader::from_reader(isocost_fs::open(path).unwrap()).into_deserialize().map(Result::unwrap).collect()
}

/// The options of a smoke run with two seeds.
pub(crate) fn smoke(out: &Path) -> Options {
    let mut options = Options::new(Stage::Smoke, out.to_owned());
    options.seeds = vec![Seed(0), Seed(1)];
    options
}

static SMOKE: LazyLock<Vec<Row>> = LazyLock::new(|| {
    let dir = tempfile::tempdir().unwrap();
    run(&smoke(dir.path())).unwrap();
    rows(&dir.path().join("outcomes.csv"))
});

fn by<'a>(rows: &'a [Row], columns: &[&str]) -> BTreeMap<Vec<&'a str>, Vec<&'a Row>> {
    let mut groups: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for row in rows {
        groups.entry(columns.iter().map(|column| row[*column].as_str()).collect()).or_default().push(row);
    }
    groups
}

fn total(rows: &[&Row]) -> u64 {
    rows.iter().map(|row| row["cost"].parse::<u64>().unwrap()).sum()
}

fn values<'a>(rows: &[&'a Row]) -> Vec<&'a str> {
    rows.iter().map(|row| row["value"].as_str()).collect()
}

#[test]
fn the_table_is_one_that_trials_read() {
    let dir = tempfile::tempdir().unwrap();
    run(&smoke(dir.path())).unwrap();
    let table = isocost_trial::OutcomeTable::read(&dir.path().join("outcomes.csv")).unwrap();
    assert_eq!((table.len(), table.rows_without_value()), (SMOKE.len(), 0));
    assert_eq!(table.free_columns().count(), 0);
    assert!(table.rows().all(|row| row.cost_unit() == "tokens" && row.metric() == "accuracy"));
}

#[test]
fn there_is_one_row_an_item_seed_arm_and_budget() {
    let keys: BTreeSet<_> = SMOKE
        .iter()
        .map(|row| ["item", "seed", "arm", "budget"].map(|column| row[column].as_str()))
        .collect();
    assert_eq!(keys.len(), SMOKE.len());
    assert_eq!(SMOKE.len(), 80 * 2 * 8 * 3);
}

#[test]
fn a_smoke_run_evaluates_images_of_the_validation_split_only() {
    let splits = Splits::of(&Digits::load().unwrap());
    let val: BTreeSet<_> = splits.val.iter().map(ToString::to_string).collect();
    assert!(SMOKE.iter().all(|row| row["split"] == "val" && val.contains(&row["item"])));
}

#[test]
fn arms_that_spend_the_budget_spend_the_same_to_the_token_under_every_seed() {
    let spenders =
        ["random_matched", "random_matched_again", "uncertainty_threshold", "uncertainty_threshold_again"];
    for (budget, per_item) in [("0.5", 8), ("0.75", 12), ("1", 16)] {
        let groups = by(&SMOKE, &["budget", "arm", "seed"]);
        for seed in ["0", "1"] {
            for arm in spenders {
                assert_eq!(total(&groups[&vec![budget, arm, seed]]), 80 * per_item, "{arm} {budget} {seed}");
            }
            assert!(total(&groups[&vec![budget, "oracle", seed]]) <= 80 * per_item);
        }
    }
}

#[test]
fn fixed_arms_pay_their_price_for_each_image_and_are_the_same_at_any_budget() {
    for (arm, price) in [("no_vision", "0"), ("always_coarse", "4"), ("always_full", "16")] {
        assert!(SMOKE.iter().filter(|row| row["arm"] == arm).all(|row| row["cost"] == price));
        let groups = by(&SMOKE, &["arm", "seed", "budget"]);
        for seed in ["0", "1"] {
            assert_eq!(values(&groups[&vec![arm, seed, "0.5"]]), values(&groups[&vec![arm, seed, "1"]]));
        }
    }
}

#[test]
fn an_answer_depends_only_on_what_was_looked_at() {
    // Where the uncertainty policy stays coarse it answers as always_coarse, elsewhere as always_full.
    let groups = by(&SMOKE, &["seed", "budget", "item"]);
    for rows in groups.values() {
        let value = |arm: &str| &rows.iter().find(|row| row["arm"] == arm).unwrap()["value"];
        for arm in ["uncertainty_threshold", "random_matched", "oracle"] {
            let cost = &rows.iter().find(|row| row["arm"] == arm).unwrap()["cost"];
            let source = if cost == "4" { "always_coarse" } else { "always_full" };
            assert_eq!(value(arm), value(source), "{arm}");
        }
    }
}

#[test]
fn the_oracle_is_right_at_least_as_often_as_the_policy_it_bounds() {
    let groups = by(&SMOKE, &["arm", "seed", "budget"]);
    let hits = |arm, seed, budget| {
        values(&groups[&vec![arm, seed, budget]]).iter().filter(|value| **value == "1").count()
    };
    for seed in ["0", "1"] {
        for budget in ["0.5", "0.75", "1"] {
            assert!(hits("oracle", seed, budget) >= hits("uncertainty_threshold", seed, budget));
        }
    }
}

#[test]
fn a_policy_that_is_run_again_is_a_replicate_and_no_copy() {
    let groups = by(&SMOKE, &["arm", "seed", "budget"]);
    for arm in ["random_matched", "uncertainty_threshold"] {
        let again = format!("{arm}_again");
        for seed in ["0", "1"] {
            assert_ne!(values(&groups[&vec![arm, seed, "0.5"]]), values(&groups[&vec![&again, seed, "0.5"]]));
        }
    }
    assert_ne!(
        values(&groups[&vec!["always_full", "0", "1"]]),
        values(&groups[&vec!["always_full", "1", "1"]])
    );
}
