//! Whole tables, every test in a ledger, and the self-test, as the command line shows them.

use std::fmt::Write;

use crate::fixture::{Project, repository, snapshot};
use crate::quickstart::{expected, verdicts};

#[test]
fn the_ledger_of_tests_comes_to_the_verdicts_it_expects() {
    let project = Project::new();
    let ledger = std::fs::read_to_string(repository("ledgers/tests.md")).unwrap();
    project.write("experiments.md", &ledger);
    project.isocost(&["run"]).exits(0).says("2 of 2 jobs are done");
    let proved = project.isocost(&["prove", "--json"]).exits(1).json();
    assert_eq!(verdicts(&proved), expected(&ledger), "{proved:#}");
    let all = proved["verdicts"].as_array().unwrap();
    let tests: std::collections::BTreeSet<&str> = all
        .iter()
        .flat_map(|v| v["method"].as_array().unwrap())
        .filter(|t| t["name"] == "test")
        .map(|t| t["value"].as_str().unwrap())
        .collect();
    assert_eq!(tests.len(), 12, "every test is used: {tests:?}");
    project.isocost(&["prove", "experiments.md", "C0001"]).exits(0).prints(
        "C0001: test crossed (default); unit items and seeds (default); correction holm over 1 (default)",
    );
    // The same evidence again is no new look, and comes to the same.
    let again = project.isocost(&["prove", "--json"]).exits(1).json();
    assert_eq!((verdicts(&again), again["new_looks"].as_u64()), (verdicts(&proved), Some(0)));
}

/// Forty items in two buckets: `good` gains half a point in the bucket `easy`, `dear` costs a tenth more.
fn table() -> String {
    let mut text = "item,seed,arm,budget,cost,cost_unit,split,metric,value,bucket\n".to_owned();
    for item in 0..40 {
        let bucket = if item % 2 == 0 { "easy" } else { "hard" };
        for seed in 0..3 {
            for (arm, cost, gain) in [("uniform", 8.0, 0.0), ("good", 8.0, 0.5), ("dear", 8.8, 0.5)] {
                let gain = if item % 2 == 0 { gain } else { 0.0 };
                let noise =
                    f64::from((item * 37 + seed * 11 + i32::try_from(arm.len()).unwrap() * 5) % 17) / 100.0;
                writeln!(
                    text,
                    "q{item:02},{seed},{arm},8,{cost},tokens,test,score,{:.2},{bucket}",
                    0.2 + gain + noise
                )
                .unwrap();
            }
        }
    }
    text
}

#[test]
fn a_trial_shows_every_arm_at_every_budget_with_strata() {
    let project = Project::new();
    project.write("t.csv", table());
    let shown = project.isocost(&["trial", "t.csv", "--by", "bucket", "--replicates", "999"]).exits(0);
    snapshot!("trial", shown.stdout);
    let json = project
        .isocost(&["trial", "t.csv", "--by", "bucket", "--replicates", "999", "--json"])
        .exits(0)
        .json();
    assert_eq!(
        (json["schema"].as_str(), json["rows"].as_array().unwrap().len()),
        (Some("isocost/trial/1"), 6)
    );
}

#[test]
fn a_trial_says_what_it_lacks_and_how_it_ended() {
    let project = Project::new();
    project.write("t.csv", table());
    project.isocost(&["trial", "t.csv", "--baseline", "unifrom"]).exits(2).says("`uniform`");
    project.isocost(&["trial", "t.csv", "--test", "wilcoxn"]).exits(2).says("did you mean `wilcoxon`?");
    project.isocost(&["trial", "t.csv", "--by", "buckets"]).exits(2).says("`bucket`");
    project.isocost(&["trial", "t.csv", "--test", "equivalence"]).exits(2).says("positive margin");
    project.isocost(&["trial", "absent.csv"]).exits(7);
    project.isocost(&["trial", "t.csv", "--margin", "0.4", "--replicates", "999"]).exits(1);
    project.isocost(&["trial", "t.csv", "--cost-unit", "flops"]).exits(3).prints("declared in flops");
    let unequal = table().replace("good,8,8,", "good,8,9,");
    project.write("unequal.csv", unequal);
    project.isocost(&["trial", "unequal.csv"]).exits(3).prints("(11.11 %) more than uniform");
}

#[test]
fn the_self_test_gives_the_same_bytes_again() {
    let project = Project::new();
    let run = || project.isocost(&["selftest", "--worlds", "1", "--seed", "3", "--json"]).exits(0).stdout;
    let first = run();
    assert_eq!(first, run());
    let json: serde_json::Value = serde_json::from_str(&first).unwrap();
    assert_eq!(json["schema"], "isocost/selftest/1");
}
