//! What statements carry of the story that looks are derived from.

use isocost_ledger::model::{Comparison, Ledger, Role, RunKind, Stamp, Statement};

use crate::seeds::{Q, ledger};

fn statements<'a>(ledger: &'a Ledger, role: Role, id: &str) -> &'a [Statement] {
    let entry = ledger.entries.iter().find(|entry| entry.role == role && entry.id.0 == id).unwrap();
    entry.results.given().unwrap()
}

fn numbers(comparison: &Comparison) -> [Option<f64>; 4] {
    [&comparison.left, &comparison.right, &comparison.delta, &comparison.p]
        .map(|m| m.as_ref().map(|m| m.value))
}

#[test]
fn the_winning_run_carries_all_that_a_look_needs() {
    let ledger = ledger(Q);
    for role in [Role::Queue, Role::Result] {
        let statement = &statements(&ledger, role, "E0980")[0];
        let split = statement.context.split.as_ref().unwrap();
        assert_eq!((split.kind.as_str(), split.nominal), ("test", Some(402)));
        assert_eq!(statement.context.seeds, Some((0..10).collect()));
        assert_eq!(statement.context.run_kind, Some(RunKind::Full));
        assert_eq!(
            numbers(&statement.comparisons[0]),
            [Some(0.73791), Some(0.71622), Some(0.02169), Some(0.00149)]
        );
        let stamp = Stamp::in_path(statement.artifacts[0].effective_path()).unwrap();
        assert_eq!((stamp.date, stamp.time), (20_260_214, Some(31_741)));
    }
}

#[test]
fn a_list_of_runs_shares_the_label_before_it() {
    let ledger = ledger(Q);
    let read = statements(&ledger, Role::Archive, "E0208");
    assert_eq!(read[0].context.run_kind, Some(RunKind::Smoke));
    let full: Vec<_> =
        read[1..9].iter().map(|s| (s.context.run_kind, s.context.seeds.as_ref().map(Vec::len))).collect();
    assert_eq!(full, vec![(Some(RunKind::Full), Some(10)); 8]);
}

#[test]
fn every_triple_agrees_with_its_difference_up_to_rounding() {
    let ledger = ledger(Q);
    let comparisons =
        ledger.entries.iter().filter_map(|e| e.results.given()).flatten().flat_map(|s| &s.comparisons);
    let mut triples = 0;
    for comparison in comparisons {
        let (Some(left), Some(right), Some(delta)) = (&comparison.left, &comparison.right, &comparison.delta)
        else {
            continue;
        };
        triples += 1;
        let ulp = |decimals: u32| 10f64.powi(-i32::try_from(decimals).unwrap());
        let slack = 0.5 * (ulp(left.decimals) + ulp(right.decimals) + ulp(delta.decimals)) + 1e-9;
        let error = (left.value - right.value - delta.value).abs();
        assert!(error <= slack, "{} {} {}: {error}", left.text.raw, right.text.raw, delta.text.raw);
    }
    assert!(triples >= 163, "{triples}");
}

#[test]
fn a_skipped_entry_states_no_result() {
    let ledger = ledger(Q);
    assert!(statements(&ledger, Role::Queue, "E0950").is_empty());
    assert!(!statements(&ledger, Role::Archive, "E0390").is_empty());
}
