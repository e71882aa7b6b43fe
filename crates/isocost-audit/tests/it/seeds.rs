//! Counts by kind on the seeds. Every kind was sampled and checked by eye against the documents.

use std::collections::BTreeSet;

use isocost_audit::audit;

use crate::{NARRATIVE, QUEUE, TABLE, audit_of, counts, of, read};

#[test]
fn the_queue_ledger_has_these_findings() {
    insta::assert_snapshot!(counts(&audit_of("avs-experiment.md", QUEUE).findings));
}

#[test]
fn the_table_ledger_has_these_findings() {
    insta::assert_snapshot!(counts(&audit_of("provetok-experiment.md", TABLE).findings));
}

#[test]
fn the_narrative_ledger_has_these_findings() {
    insta::assert_snapshot!(counts(&audit_of("vovnet-experiments.md", NARRATIVE).findings));
}

#[test]
fn no_rounded_difference_of_the_seeds_is_called_wrong() {
    for (name, text) in [("q", QUEUE), ("t", TABLE), ("n", NARRATIVE)] {
        assert!(of(&audit_of(name, text), "IC027").is_empty(), "{name}");
    }
}

#[test]
fn findings_come_worst_first_and_then_by_place() {
    let audit = audit_of("avs-experiment.md", QUEUE);
    let order: Vec<_> = audit
        .findings
        .iter()
        .map(|f| (std::cmp::Reverse(f.severity), f.locations.first().map(|l| l.span.start)))
        .collect();
    assert!(order.is_sorted());
}

#[test]
fn every_finding_has_a_place_and_says_why_and_what_to_do() {
    let ledgers = [read("q", QUEUE), read("t", TABLE), read("n", NARRATIVE)];
    for finding in audit(&ledgers).findings {
        assert!(!finding.locations.is_empty(), "{finding:?}");
        assert!(!finding.why.is_empty() && !finding.help.is_empty() && !finding.what.is_empty());
        for location in &finding.locations {
            let ledger = ledgers.iter().find(|ledger| ledger.source.name() == location.file).unwrap();
            assert!(!ledger.source.slice(location.span).is_empty(), "{} {location:?}", finding.code);
        }
    }
}

#[test]
fn no_entry_has_two_findings_of_one_kind_at_one_place() {
    let audit = audit_of("avs-experiment.md", QUEUE);
    let mut seen = BTreeSet::new();
    for finding in &audit.findings {
        let place = finding.locations.first().map(|l| l.span);
        assert!(seen.insert((finding.code, finding.entry.clone(), place)), "{finding:?}");
    }
}

#[test]
fn ledgers_read_together_are_not_mixed_up() {
    let together = audit(&[read("q", QUEUE), read("t", TABLE), read("n", NARRATIVE)]);
    let alone: usize = [("q", QUEUE), ("t", TABLE), ("n", NARRATIVE)]
        .iter()
        .map(|(n, t)| audit_of(n, t).findings.len())
        .sum();
    assert_eq!(together.findings.len(), alone);
}
