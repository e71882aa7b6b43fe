use isocost_run::contract::Check;
use isocost_run::exec::RunVerdict;
use isocost_run::verify::verify_jobs;

use crate::fixture::{Fixture, JobExt, job, words};

#[test]
fn a_command_that_exits_with_0_but_leaves_too_little_violates_its_contract() {
    let fixture = Fixture::new();
    let jobs = [
        job("E0001", &["true"]).leaves("metrics.json"),
        job("E0002", &["echo '{\"acc\": 0.5}' > $ISOCOST_OUT/metrics.json"])
            .measures("metrics.json", "acc >= 0.6")
            .measures("metrics.json", "loss"),
    ];
    let mut options = crate::fixture::options();
    options.on_failure = isocost_run::exec::OnFailure::KeepGoing;
    let (summary, _) = fixture.run_with(&jobs, &options);
    assert_eq!(summary.verdict, RunVerdict::ContractViolated);
    assert_eq!(words(&summary, "E0001"), "contract violated: artifact `metrics.json`: it is not there");
    let two = words(&summary, "E0002");
    assert!(two.contains("`acc >= 0.6` fails by 0.1") && two.contains("`metrics.json: loss`"), "{two}");
}

#[test]
fn a_file_from_before_the_attempt_is_not_its_work() {
    let fixture = Fixture::new();
    fixture.write("out/metrics.json", "{}");
    let lazy = job("E0001", &["true"]).leaves("out/metrics.json");
    let summary = fixture.run(&[lazy]);
    assert!(
        words(&summary, "E0001").contains("was there before this attempt"),
        "{}",
        words(&summary, "E0001")
    );
    let busy = job("E0001", &["echo '{}' > out/metrics.json"]).leaves("out/metrics.json");
    assert_eq!(words(&fixture.run(&[busy]), "E0001"), "succeeded");
}

#[test]
fn thresholds_are_noted_but_do_not_count_before_the_last_stage() {
    let fixture = Fixture::new();
    let mut smoke = job("E0001@smoke", &["echo '{\"acc\": 0.5}' > $ISOCOST_OUT/m.json"])
        .measures("m.json", "acc")
        .measures("m.json", "acc >= 0.6");
    smoke.contract.thresholds = isocost_run::contract::Thresholds::AreNoted;
    let summary = fixture.run(&[smoke]);
    assert_eq!(words(&summary, "E0001@smoke"), "succeeded");
    let report = fixture.record("E0001@smoke", 1).contract.unwrap();
    assert!(matches!(report.metrics[0].check, Check::Holds));
    assert!(matches!(&report.metrics[1].check, Check::Noted { why } if why.contains("fails by 0.1")));
}

#[test]
fn paths_that_leave_the_project_are_refused_with_a_reason() {
    let fixture = Fixture::new();
    let elsewhere = tempfile::tempdir().unwrap();
    std::fs::write(elsewhere.path().join("metrics.json"), "{}").unwrap();
    std::os::unix::fs::symlink(elsewhere.path(), fixture.root().join("linked")).unwrap();
    let absolute = elsewhere.path().join("metrics.json");
    let cases = [
        ("../metrics.json", "leaves the project's directory"),
        ("a/../../b", "leaves the project's directory"),
        (absolute.to_str().unwrap(), "absolute path outside"),
        ("linked/metrics.json", "link that leads out of the project"),
        ("linked/*.json", "link that leads out of the project"),
    ];
    for (number, (path, reason)) in cases.into_iter().enumerate() {
        let name = format!("E{:04}", number + 1);
        let summary = fixture.run(&[job(&name, &["true"]).leaves(path)]);
        let words = words(&summary, &name);
        assert!(words.contains(reason), "{path}: {words}");
        assert!(fixture.record(&name, 1).outputs.is_empty());
    }
}

#[test]
fn verify_looks_at_what_is_on_disk_without_a_record_and_at_the_attempt_with_one() {
    let fixture = Fixture::new();
    let jobs = [job("E0001", &["mkdir -p out; echo '{\"acc\": 1}' > out/m.json"])
        .leaves("out/m.json")
        .measures("m.json", "acc > 0.9")];
    let verify = || verify_jobs(&jobs, &fixture.project, &fixture.look()).remove(0);
    assert!(!verify().holds());
    fixture.write("out/m.json", "{\"acc\": 0.95}");
    let found = verify();
    assert!(found.holds() && found.attempt.is_none(), "{found:?}");
    std::fs::remove_file(fixture.root().join("out/m.json")).unwrap();

    fixture.run(&jobs);
    assert!(verify().holds() && verify().attempt.is_some());
    fixture.write("out/m.json", "{\"acc\": 0.95}");
    let found = verify();
    assert!(found.report.holds());
    assert_eq!(found.altered, ["out/m.json was changed since E0001@full#001"]);
}

#[test]
fn a_contract_that_asks_for_more_than_was_recorded_runs_the_job_again() {
    let fixture = Fixture::new();
    let plain = job("E0001", &["echo '{\"acc\": 1}' > $ISOCOST_OUT/m.json"]).leaves("m.json");
    fixture.run(std::slice::from_ref(&plain));
    // More words that hold on what is there need no run.
    let more = plain.clone().measures("m.json", "acc");
    assert!(fixture.reasons(&[more]).is_empty());
    let too_much = plain.leaves("n.json");
    let why = fixture.reasons(&[too_much]);
    assert_eq!(why, ["E0001@full: the contract changed: artifact `n.json`: it is not there"]);
}
