//! A claim from its ledger to its verdict on record, through files.
#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail like tests")]

mod imports;

use std::collections::BTreeMap;
use std::path::Path;

use isocost_ledger::parse::parse;
use isocost_ledger::text::Source;
use isocost_trial::chain::{Chain, read_chain, verify_chain};
use isocost_trial::claim::NoArtifacts;
use isocost_trial::{
    ClaimInput, Decision, DeclaredClaim, LookBook, OutcomeRow, OutcomeTable, Status, VerdictRecord, decide,
    write_csv,
};

fn quickstart() -> Vec<DeclaredClaim> {
    let path = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../ledgers/quickstart.md"));
    let ledger = parse(Source::new("quickstart.md", isocost_fs::read_to_string(path).unwrap()));
    ledger.claims.iter().map(|claim| DeclaredClaim::from_ledger(claim).unwrap()).collect()
}

/// Outcomes in which the uncertain policy is right on `better` of 120 images more than the random one, at `cost` tokens.
fn outcomes(better: usize) -> Vec<OutcomeRow> {
    let arms = [
        ("uncertainty_threshold", 8.0, better),
        ("uncertainty_threshold_again", 8.0, better),
        ("random_matched", 8.0, 0),
        ("always_coarse", 4.0, 0),
    ];
    let mut rows = Vec::new();
    for (arm, cost, better) in arms {
        for budget in ["0.5", "0.75"] {
            for item in 0..120 {
                let right = item < 60 + better;
                rows.push(OutcomeRow {
                    item: format!("digit{item:04}").into(),
                    seed: "0".into(),
                    arm: arm.into(),
                    budget: budget.into(),
                    cost: Some(cost),
                    cost_unit: "tokens".into(),
                    split: "test".into(),
                    metric: "accuracy".into(),
                    value: Some(f64::from(u8::from(right))),
                    extra: BTreeMap::new(),
                });
            }
        }
    }
    rows
}

fn decided(claims: &[DeclaredClaim], table: &OutcomeTable, book: &LookBook) -> Vec<Decision> {
    let input =
        |claim| ClaimInput { spec: claim, table: Some(table), artifacts: &NoArtifacts, problems: Vec::new() };
    let inputs: Vec<ClaimInput<'_>> = claims.iter().map(|claim| input(&claim.spec)).collect();
    decide(&inputs, book)
}

#[test]
fn the_quickstart_claims_are_decided_and_kept_on_record() {
    let dir = tempfile::tempdir().unwrap();
    let path = |name: &str| dir.path().join(name);
    let claims = quickstart();
    assert!(claims.iter().all(|claim| claim.table.as_deref() == Some("E0003/outcomes.csv")));
    write_csv(&path("outcomes.csv"), &outcomes(18)).unwrap();
    let table = OutcomeTable::read(&path("outcomes.csv")).unwrap();
    let decisions = decided(&claims, &table, &LookBook::default());
    let statuses: Vec<Status> = decisions.iter().map(|decision| decision.verdict.status).collect();
    // A gain of 15 points: both gains are shown, and the last compares 8 tokens with 4. The control never differs at all: 120 such items leave
    // room for a share of 3/120 that does, so that "within two points" is not shown.
    assert_eq!(statuses, [Status::Supported, Status::Supported, Status::Inconclusive, Status::Invalid]);
    let reasons = &decisions[2].verdict.reasons;
    assert!(
        reasons.iter().any(|reason| reason.sentence.contains("all differences are the same")),
        "{reasons:?}"
    );

    let drafts: Vec<_> = decisions.iter().flat_map(|decision| decision.looks.clone()).collect();
    let (book, _) = LookBook::record(&path("looks.jsonl"), &drafts, "2026-01-01T00:00:00Z", "test").unwrap();
    assert_eq!(book.looks().len(), 4);
    let (mut chain, _) = Chain::<VerdictRecord>::open(&path("verdicts.jsonl"), "test").unwrap();
    for decision in &decisions {
        let record = VerdictRecord::new(decision.verdict.clone(), "2026-01-01T00:00:00Z", book.head());
        chain.append(&record).unwrap();
    }
    assert_eq!(verify_chain(&path("verdicts.jsonl")).unwrap().records, 4);
    let stored = read_chain::<VerdictRecord>(&path("verdicts.jsonl")).unwrap();
    assert_eq!(stored[3].record.verdict, decisions[3].verdict);
    // The same evidence again: the same verdicts, and no further look.
    assert_eq!(decided(&claims, &table, &book), decisions);
}

#[test]
fn with_a_loss_the_first_two_claims_are_refuted() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("outcomes.csv");
    let mut rows = outcomes(0);
    let lost =
        |row: &OutcomeRow| row.arm.as_str() == "uncertainty_threshold" && row.item.as_str() < "digit0012";
    rows.iter_mut().filter(|row| lost(row)).for_each(|row| row.value = Some(0.0));
    write_csv(&path, &rows).unwrap();
    let table = OutcomeTable::read(&path).unwrap();
    let decisions = decided(&quickstart(), &table, &LookBook::default());
    assert_eq!(decisions[0].verdict.status, Status::Refuted);
    assert_eq!(decisions[1].verdict.status, Status::Refuted);
}
