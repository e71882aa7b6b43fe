//! What a run leaves behind.

use std::num::NonZeroUsize;

use isocost_study_vision_routing::{ArmSummary, Threads, run};
use serde_json::Value;

use crate::table::{rows, smoke};

const FILES: [&str; 4] = ["outcomes.csv", "results.csv", "metrics.json", "summary.json"];

#[test]
fn one_thread_and_three_write_the_same_bytes() {
    let [one, three] = [1, 3].map(|threads| {
        let dir = tempfile::tempdir().unwrap();
        let mut options = smoke(dir.path());
        options.threads = Threads::Exactly(NonZeroUsize::new(threads).unwrap());
        run(&options).unwrap();
        FILES.map(|file| isocost_fs::read(&dir.path().join(file)).unwrap())
    });
    assert!(one == three);
}

#[test]
fn a_replicate_does_not_depend_on_the_other_seeds_of_the_run() {
    let [both, alone] = [0, 1].map(|skip| {
        let dir = tempfile::tempdir().unwrap();
        let mut options = smoke(dir.path());
        options.seeds.drain(..skip);
        run(&options).unwrap();
        let mut rows = rows(&dir.path().join("outcomes.csv"));
        rows.retain(|row| row["seed"] == "1");
        rows
    });
    assert_eq!(both, alone);
}

#[test]
fn the_metrics_sum_up_the_outcome_table() {
    let dir = tempfile::tempdir().unwrap();
    let summary = run(&smoke(dir.path())).unwrap();
    let outcomes = rows(&dir.path().join("outcomes.csv"));
    let mine: Vec<_> = outcomes
        .iter()
        .filter(|row| row["arm"] == "uncertainty_threshold" && row["budget"] == "0.5")
        .collect();
    let hits = mine.iter().filter(|row| row["value"] == "1").count();
    let tokens: u32 = mine.iter().map(|row| row["cost"].parse::<u32>().unwrap()).sum();

    let ArmSummary::ByBudget(cells) = &summary.summary["uncertainty_threshold"] else {
        panic!("not by budget")
    };
    let cell = &cells["b50"];
    assert!((cell.accuracy.mean - hits as f64 / mine.len() as f64).abs() < 1e-12);
    assert!((cell.cost.mean - f64::from(tokens) / mine.len() as f64).abs() < 1e-12);
    assert!((cell.actions.no + cell.actions.coarse + cell.actions.full - 1.0).abs() < 1e-12);

    let written: Value =
        serde_json::from_slice(&isocost_fs::read(&dir.path().join("metrics.json")).unwrap()).unwrap();
    assert_eq!(written["schema"], "isocost/vision-routing/metrics/1");
    assert_eq!(written["budgets"], serde_json::json!(["0.5", "0.75", "1"]));
    assert_eq!(written["summary"]["uncertainty_threshold"]["b50"]["accuracy"]["mean"], cell.accuracy.mean);
    assert_eq!(written["summary"]["always_full"]["cost"]["mean"], 16.0);
}

#[test]
fn the_results_have_one_row_an_arm_budget_and_seed_and_repeat_the_mean_cost() {
    let dir = tempfile::tempdir().unwrap();
    run(&smoke(dir.path())).unwrap();
    let results = rows(&dir.path().join("results.csv"));
    assert_eq!(results.len(), 8 * 3 * 2);
    for row in &results {
        let cost: f64 = row["avg_cost"].parse().unwrap();
        let fixed = ["no_vision", "always_coarse", "always_full"].contains(&row["baseline_name"].as_str());
        let budget: f64 = row["budget"].parse().unwrap();
        assert!(fixed || cost <= 16.0 * budget, "{row:?}");
        assert_eq!(row["threshold"].is_empty(), !row["baseline_name"].starts_with("uncertainty"), "{row:?}");
    }
}

#[test]
fn no_point_of_the_frontier_is_dominated_by_another_arm_than_the_oracle() {
    let dir = tempfile::tempdir().unwrap();
    run(&smoke(dir.path())).unwrap();
    let bytes = isocost_fs::read(&dir.path().join("summary.json")).unwrap();
    let document: Value = serde_json::from_slice(&bytes).unwrap();
    let points = document["pareto"].as_array().unwrap();
    let number = |point: &Value, key: &str| point[key].as_f64().unwrap();
    for point in points {
        let beaten = points.iter().any(|other| {
            let (cost, accuracy) = (number(other, "avg_cost"), number(other, "accuracy"));
            let (mine, my_accuracy) = (number(point, "avg_cost"), number(point, "accuracy"));
            !other["on_frontier"].is_null()
                && cost <= mine
                && accuracy >= my_accuracy
                && (cost, accuracy) != (mine, my_accuracy)
        });
        match point["on_frontier"].as_bool() {
            Some(on_frontier) => assert_eq!(on_frontier, !beaten, "{point}"),
            None => assert_eq!(point["baseline_name"], "oracle"),
        }
    }
}
