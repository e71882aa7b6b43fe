use std::fmt::Write as _;
use std::path::Path;

use isocost_stats::Stream;
use isocost_stats::bootstrap::Resampling;

use super::*;
use crate::Correction;
use crate::compare::{TestKind, TestPlan};
use crate::table::OutcomeTable;

/// Three arms at two budgets on eighty items of two buckets: `good` gains 0.1 in the bucket `easy`, `dear` costs a tenth more, `same` is noise.
fn text() -> String {
    let mut stream = Stream::new(7, 0, 0);
    let mut text = "item,seed,arm,budget,cost,cost_unit,split,metric,value,bucket\n".to_owned();
    for item in 0..80 {
        let bucket = if item % 2 == 0 { "easy" } else { "hard" };
        for seed in 0..5 {
            for budget in [4, 8] {
                let base = stream.unit();
                for arm in ["uniform", "good", "dear", "same"] {
                    let gain = if arm == "good" && bucket == "easy" { 0.1 } else { 0.0 };
                    let cost = if arm == "dear" { 1.1 * f64::from(budget) } else { f64::from(budget) };
                    let value = base + gain + 0.2 * (stream.unit() - 0.5);
                    writeln!(text, "i{item},{seed},{arm},{budget},{cost},tokens,test,acc,{value},{bucket}")
                        .unwrap();
                }
            }
        }
    }
    text
}

fn table(text: &str) -> OutcomeTable {
    OutcomeTable::from_csv(Path::new("t.csv"), text.as_bytes()).unwrap()
}

fn plan() -> TrialPlan {
    let resampling = Resampling { replicates: 999, seed: 1 };
    TrialPlan { test: TestPlan { resampling, ..TestPlan::default() }, ..TrialPlan::default() }
}

fn standings(trial: &Trial) -> Vec<(String, Standing)> {
    let name = |row: &TrialRow| {
        let stratum = row.stratum.as_ref().map_or("", |stratum| &stratum.value);
        format!("{}@{}{stratum}", row.arm, row.budget)
    };
    trial.rows.iter().map(|row| (name(row), row.standing)).collect()
}

#[test]
fn every_arm_is_compared_with_the_baseline_at_every_budget() {
    let found = trial(&table(&text()), &plan()).unwrap();
    let expected = [
        ("dear@4", Standing::Invalid),
        ("dear@8", Standing::Invalid),
        ("good@4", Standing::Better),
        ("good@8", Standing::Better),
        ("same@4", Standing::Open),
        ("same@8", Standing::Open),
    ];
    assert_eq!(standings(&found), expected.map(|(name, standing)| (name.to_owned(), standing)));
    assert_eq!((found.settings.family_size, found.settings.baseline.as_str()), (6, "uniform"));
    assert_eq!(found.frontiers[0].points.len(), 8);
}

#[test]
fn an_arm_that_overspends_learns_which_budget_would_match() {
    let found = trial(&table(&text()), &plan()).unwrap();
    let dear = &found.rows[1];
    let report = dear.comparison.budget_report.as_ref().unwrap();
    assert!((report.mean - 8.8).abs() < 1e-9 && (report.target - 8.0).abs() < 1e-9);
    // Costs are 4.4 at budget 4 and 8.8 at 8: 8 lies at 4 + 4·(8 − 4.4)/4.4.
    assert!(
        report.remedies.iter().any(|remedy| matches!(
            remedy,
            crate::compare::Remedy::Budget { arm, budget, .. }
                if arm.as_str() == "dear" && (budget - (4.0 + 4.0 * 3.6 / 4.4)).abs() < 1e-9
        )),
        "{report:?}"
    );
    assert!(dear.reasons.iter().any(|reason| reason.contains("would cost")), "{:?}", dear.reasons);
}

#[test]
fn strata_are_corrected_with_all_other_rows() {
    let by = TrialPlan { by: Some("bucket".to_owned()), ..plan() };
    let found = trial(&table(&text()), &by).unwrap();
    assert_eq!(found.settings.family_size, 18);
    let of = |name: &str| standings(&found).into_iter().find(|(n, _)| n == name).unwrap().1;
    assert_eq!((of("good@8easy"), of("good@8hard")), (Standing::Better, Standing::Open));
    let items: usize = found
        .rows
        .iter()
        .filter(|row| row.arm.as_str() == "good" && row.budget.as_str() == "8" && row.stratum.is_some())
        .map(|row| row.comparison.n_items)
        .sum();
    assert_eq!(items, 80);
}

#[test]
fn the_order_of_rows_does_not_matter() {
    let text = text();
    let mut lines: Vec<&str> = text.lines().collect();
    lines[1..].reverse();
    let by = TrialPlan { by: Some("bucket".to_owned()), ..plan() };
    let (forth, back) = (trial(&table(&text), &by).unwrap(), trial(&table(&lines.join("\n")), &by).unwrap());
    assert_eq!((forth.rows, forth.leaks), (back.rows, back.leaks));
}

#[test]
fn a_leak_invalidates_the_rows_of_its_split() {
    let leaking = text() + "i3,0,good,4,4,tokens,train,acc,1,hard\n";
    let splits = vec!["test".into()];
    let found = trial(&table(&leaking), &TrialPlan { splits: splits.clone(), ..plan() }).unwrap();
    assert!(found.rows.iter().all(|row| row.standing == Standing::Invalid));
    assert_eq!(found.leaks.len(), 1);
    let exclude = ["i3".into()].into();
    let clean = trial(&table(&leaking), &TrialPlan { splits, exclude, ..plan() }).unwrap();
    assert_eq!((clean.leaks.len(), clean.count(Standing::Better)), (0, 2));
}

#[test]
fn a_margin_asks_for_more_and_equivalence_for_less() {
    let table = table(&text());
    let with = |margin: f64, kind: TestKind| {
        let test = TestPlan { kind, ..plan().test };
        trial(&table, &TrialPlan { test, margin, ..plan() }).unwrap()
    };
    assert_eq!(with(0.2, TestKind::Crossed).count(Standing::Better), 0);
    assert_eq!(with(0.01, TestKind::Crossed).count(Standing::Better), 2);
    let within = with(0.03, TestKind::Equivalence);
    assert_eq!(within.count(Standing::Equivalent), 2, "{:?}", standings(&within));
}

#[test]
fn what_a_trial_lacks_is_an_error_with_what_there_is() {
    let table = table(&text());
    let error = |plan: TrialPlan| trial(&table, &plan).unwrap_err().to_string();
    assert!(error(TrialPlan { baseline: Some("unifrom".into()), ..plan() }).contains("`uniform`"));
    assert!(error(TrialPlan { by: Some("buckets".to_owned()), ..plan() }).contains("`bucket`"));
    assert!(error(TrialPlan { metrics: vec!["f1".into()], ..plan() }).contains("`f1`"));
    assert!(error(TrialPlan { margin: f64::NAN, ..plan() }).contains("margin"));
    let test = TestPlan { kind: TestKind::Equivalence, ..plan().test };
    assert!(error(TrialPlan { test, ..plan() }).contains("positive margin"));
    let empty =
        OutcomeTable::from_csv(Path::new("t.csv"), text().lines().next().unwrap().as_bytes()).unwrap();
    assert_eq!(trial(&empty, &plan()).unwrap_err(), TrialError::Empty);
    assert_eq!(Correction::default(), Correction::Holm);
}
