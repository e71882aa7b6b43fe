//! The story of the audio-visual ledger: one claim, 144 looks.

use isocost_audit::{Audit, LookCounts, LookKind, LookSummary, Verdict, audit, looks};

use crate::{QUEUE, audit_of, read};

/// The only declared success.
fn story(audit: &Audit) -> Option<&LookSummary> {
    let mut declared = audit.summaries.iter().filter(|s| s.verdict != Verdict::NotDeclared);
    declared.next().filter(|_| declared.next().is_none())
}

fn near(value: Option<f64>, expected: f64, tolerance: f64) -> bool {
    value.is_some_and(|value| (value - expected).abs() < tolerance)
}

#[test]
fn the_success_is_the_last_of_74_full_66_quick_and_4_sweeps() {
    let audit = audit_of("avs-experiment.md", QUEUE);
    let story = story(&audit).unwrap();
    assert_eq!((story.claim.0.as_str(), story.look.entry.0.as_str()), ("C0003", "E0980"));
    assert_eq!((story.split.kind.as_str(), story.split.nominal), ("test", Some(402)));
    assert_eq!(story.counts, LookCounts { full: 74, quick: 66, sweeps: 4 });
    assert_eq!(story.later, 0);
}

#[test]
fn the_adjusted_and_the_one_sided_p_do_not_support_the_success() {
    let audit = audit_of("avs-experiment.md", QUEUE);
    let story = story(&audit).unwrap();
    assert!(near(story.p, 0.00149, 1e-9));
    // 0.00149 · 144, and · 140 because four looks state a smaller p.
    assert!(near(story.bonferroni, 0.21456, 1e-9), "{:?}", story.bonferroni);
    assert!(near(story.holm, 0.2086, 1e-9), "{:?}", story.holm);
    assert!(
        near(story.threshold, 0.02, 1e-12) && near(story.p_threshold, 0.37, 0.005),
        "{:?}",
        story.p_threshold
    );
    let interval = story.interval.unwrap();
    assert!(interval.low < 0.02 && interval.high > 0.02 && interval.low > 0.0);
    assert_eq!(story.verdict, Verdict::DoesNotSurvive);
}

#[test]
fn the_later_run_of_the_same_configuration_is_found() {
    let audit = audit_of("avs-experiment.md", QUEUE);
    let [rerun] = story(&audit).unwrap().reruns.as_slice() else { panic!("one rerun") };
    assert_eq!(rerun.entry.0, "E0201");
    assert!(near(rerun.p, 0.1445, 1e-9) && near(rerun.delta, 0.00689, 1e-9));
}

#[test]
fn one_run_that_is_reported_three_times_is_one_look() {
    let all = looks(&[read("avs-experiment.md", QUEUE)]);
    let of = |id: &str| all.iter().filter(|look| look.entry.0 == id).count();
    assert_eq!((of("E0980"), of("E0921"), of("E0405")), (1, 1, 6));
    let success = all.iter().find(|look| look.entry.0 == "E0980").unwrap();
    assert_eq!(success.reported.len(), 2);
    assert_eq!((success.kind, success.seeds.as_ref().map(Vec::len)), (LookKind::Full, Some(10)));
}

#[test]
fn looks_are_in_time_order_and_those_without_a_time_come_last() {
    let all = looks(&[read("avs-experiment.md", QUEUE)]);
    let order: Vec<_> = all.iter().map(|look| (look.at.is_none(), look.at)).collect();
    assert!(order.is_sorted());
}

#[test]
fn an_audit_can_be_written_as_json() {
    let json = serde_json::to_value(audit(&[read("avs-experiment.md", QUEUE)])).unwrap();
    assert_eq!(json["summaries"][0]["counts"]["full"], 74);
    assert_eq!(json["summaries"][0]["verdict"], "does_not_survive");
}

const TWO_LOOKS: &str = "# L

## Checklist
### Run Queue (C0001 push)
- [x] E0001: a — full test100 (SEEDS=0..9)
  - command: `SEEDS=0,1,2,3,4,5,6,7,8,9 OUT_DIR=runs/E0001_full_test100_$(date +%Y%m%d-%H%M%S) bash a.sh`
  - seeds: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]
  - results: `runs/E0001_full_test100_20260101-000000/metrics.json` anchored=0.710 vs uniform=0.700 (Δ=+0.010; p=0.5000)

- [x] E0002: b — full test100 (SEEDS=0..9) (**C0001 proven**)
  - command: `SEEDS=0,1,2,3,4,5,6,7,8,9 OUT_DIR=runs/E0002_full_test100_$(date +%Y%m%d-%H%M%S) bash a.sh`
  - seeds: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]
  - results: `runs/E0002_full_test100_20260102-000000/metrics.json` anchored=0.780 vs uniform=0.700 (Δ=+0.080; p=0.0001)
";

#[test]
fn a_success_that_survives_its_looks_is_left_alone() {
    let audit = audit_of("l.md", TWO_LOOKS);
    let story = story(&audit).unwrap();
    assert_eq!((story.counts.total(), story.verdict), (2, Verdict::Survives));
    assert!(near(story.holm, 0.0002, 1e-12));
    assert!(audit.findings.iter().all(|f| !["IC033", "IC034", "IC036"].contains(&f.code)));
}
