use isocost_run::exec::RunVerdict;

use crate::fixture::{Fixture, JobExt, job, options, words};

fn chain(accuracy: f64) -> [isocost_run::plan::Job; 3] {
    let smoke = format!("echo '{{\"acc\": {accuracy}}}' > $ISOCOST_OUT/metrics.json");
    [
        job("E0001@smoke", &[&smoke]),
        job("E0001@full", &["touch full"]).gate(Some("metrics.json"), "acc >= 0.75"),
        job("E0002", &["touch two"]).needs("E0001", None),
    ]
}

#[test]
fn a_stage_opens_only_if_its_gate_holds_on_recorded_evidence() {
    let fixture = Fixture::new();
    let summary = fixture.run(&chain(0.5));
    assert_eq!(summary.verdict, RunVerdict::Outstanding);
    let why = words(&summary, "E0001@full");
    assert!(why.contains("`acc >= 0.75` fails by 0.25"), "{why}");
    assert_eq!(words(&summary, "E0002"), "skipped: E0001@full did not succeed");
    assert!(!fixture.root().join("full").exists());

    let summary = fixture.run(&chain(0.75));
    assert_eq!(summary.verdict, RunVerdict::Done, "{summary:?}");
}

#[test]
fn a_gate_may_read_another_experiments_stage() {
    let fixture = Fixture::new();
    let gated = job("E0009", &["true"]).gate(Some("E0001@smoke/metrics.json"), "acc > 0.6");
    let mut jobs = vec![gated];
    jobs.extend(chain(0.5));
    let summary = fixture.run(&jobs);
    assert!(words(&summary, "E0009").contains("`acc > 0.6` fails"), "{}", words(&summary, "E0009"));
    let missing = job("E0010", &["true"]).gate(Some("E0999/metrics.json"), "acc > 0.6");
    let summary = fixture.run(&[missing]);
    assert!(words(&summary, "E0010").contains("no attempt of E0999 that succeeded is recorded"));
}

#[test]
fn evidence_that_was_changed_after_the_attempt_opens_no_gate() {
    let fixture = Fixture::new();
    fixture.run(&chain(0.5));
    let metrics = fixture.attempt_dir("E0001@smoke", 1).join("artifacts/metrics.json");
    std::fs::write(&metrics, "{\"acc\": 0.99}").unwrap();
    let full = chain(0.5)[1].clone();
    let summary = fixture.run(&[full]);
    let why = words(&summary, "E0001@full");
    assert!(why.contains("is not what E0001@smoke#001 left"), "{why}");
}

#[test]
fn prose_needs_a_person_who_may_open_the_gate() {
    let fixture = Fixture::new();
    let mut gated = job("E0001", &["true"]);
    gated.gates.push(isocost_run::plan::GateSpec {
        requirement: isocost_ledger::rule::parse_requirement("only if the curves look competitive"),
        field: "gate".to_owned(),
    });
    let jobs = [gated];
    let summary = fixture.run(&jobs);
    assert!(words(&summary, "E0001").contains("needs a person to decide"), "{}", words(&summary, "E0001"));
    let mut options = options();
    options.opened_gates.insert(isocost_ledger::model::Id("E0001".to_owned()));
    assert_eq!(fixture.run_with(&jobs, &options).0.verdict, RunVerdict::Done);
}

#[test]
fn a_later_stage_waits_for_the_success_of_the_earlier_one() {
    let fixture = Fixture::new();
    let summary = fixture.run(&[job("E0001@smoke", &["exit 1"]), job("E0001@full", &["touch full"])]);
    assert_eq!(words(&summary, "E0001@full"), "skipped: E0001@smoke did not succeed");
    assert!(!fixture.root().join("full").exists());
}
