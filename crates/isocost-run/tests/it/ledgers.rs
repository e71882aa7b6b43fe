//! From a ledger's text to attempts.

use isocost_ledger::model::{Ledger, Stage};
use isocost_ledger::parse::parse;
use isocost_ledger::text::Source;
use isocost_run::exec::{NoReporter, RunVerdict, execute};
use isocost_run::ident::JobId;
use isocost_run::plan::{Closed, NoDisk, PlanOptions, PlanProblem, ProjectDisk, plan};
use isocost_run::status::status;
use isocost_run::store::Snapshot;
use isocost_run::verify::{Verified, verify};

use crate::fixture::{Fixture, options, words};

const LEDGER: &str = "# Small

## Checklist
### Run Queue (main; sequential)
- [ ] E0001: Make numbers
  - command (smoke): `echo '{\"acc\": 0.8}' > $ISOCOST_OUT/metrics.json`
  - command (full): `echo '{\"acc\": 0.9}' > $ISOCOST_OUT/metrics.json`
  - configs: []
  - seeds: [0, 1, 2]
  - required_artifacts:
    - `metrics.json`
  - required_metrics:
    - `metrics.json`: `acc >= 0.85`
  - timeout: 1m

- [ ] E0002: Use them
  - command: `cp $ISOCOST_IN_E0001/metrics.json $ISOCOST_OUT/copy.json`
  - configs: []
  - seeds: []
  - required_artifacts:
    - `copy.json`
  - required_metrics: []
  - needs: E0001
  - gate: `E0001@smoke/metrics.json: acc > 0.7`

- [x] E0003: Done long ago
  - command: `touch never`
  - configs: []
  - seeds: []
  - required_artifacts: []
  - required_metrics: []
";

fn ledger(text: &str) -> Ledger {
    parse(Source::new("ledger.md", text))
}

fn run(fixture: &Fixture, ledger: &Ledger) -> isocost_run::exec::RunSummary {
    let mut store = fixture.store();
    let disk = ProjectDisk(fixture.root().to_owned());
    let plan = plan(&[ledger], store.snapshot(), &disk, &PlanOptions::default()).unwrap();
    execute(&plan, &fixture.project, &mut store, &options(), &NoReporter).unwrap()
}

#[test]
fn a_ledger_runs_from_smoke_to_full_and_then_has_nothing_to_do() {
    let fixture = Fixture::new();
    let ledger = ledger(LEDGER);
    let summary = run(&fixture, &ledger);
    assert_eq!(summary.verdict, RunVerdict::Done, "{summary:?}");
    let ran: Vec<String> = summary.jobs.iter().map(|end| end.job.to_string()).collect();
    assert_eq!(ran, ["E0001@smoke", "E0001@full", "E0002@full"]);
    assert!(!fixture.root().join("never").exists());
    let copy = fixture.attempt_dir("E0002", 1).join("artifacts/copy.json");
    assert_eq!(std::fs::read_to_string(copy).unwrap(), "{\"acc\": 0.9}\n");

    let summary = run(&fixture, &ledger);
    assert_eq!(words(&summary, "E0001@smoke"), "unchanged since attempt 001");
    assert_eq!(summary.verdict, RunVerdict::Done);

    let rows = status(&[&ledger], &fixture.look()).unwrap();
    let states: Vec<_> = rows.iter().map(|row| (row.job.to_string(), row.state.as_str())).collect();
    assert_eq!(states[0], ("E0001@smoke".to_owned(), "succeeded"));
    assert_eq!(states[3], ("E0003@full".to_owned(), "not run"));
    assert!(rows[3].closed);
    let verified = verify(&[&ledger], &fixture.project, &fixture.look()).unwrap();
    assert!(verified.iter().all(Verified::holds), "{verified:?}");
}

#[test]
fn a_gate_of_a_ledger_says_which_rule_failed_and_by_how_much() {
    let fixture = Fixture::new();
    let summary = run(&fixture, &ledger(&LEDGER.replace("acc > 0.7", "acc > 0.95")));
    assert_eq!(summary.verdict, RunVerdict::Outstanding);
    let why = words(&summary, "E0002");
    assert!(why.contains("acc > 0.95") && why.contains("fails by 0.15"), "{why}");
}

#[test]
fn the_quickstart_is_a_chain_of_three_jobs_with_gates() {
    let text = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../ledgers/quickstart.md"));
    let ledger = ledger(text);
    let plan = plan(&[&ledger], &Snapshot::default(), &NoDisk, &PlanOptions::default()).unwrap();
    let jobs: Vec<JobId> = plan.jobs.iter().map(|job| job.id.clone()).collect();
    let expected = [("E0001", Stage::Smoke), ("E0002", Stage::Validation), ("E0003", Stage::Full)];
    assert_eq!(jobs, expected.map(|(id, stage)| JobId::new(id, stage)));
    let gates: Vec<usize> = plan.jobs.iter().map(|job| job.gates.len()).collect();
    assert_eq!(gates, [0, 1, 1]);
    assert!(plan.jobs.iter().all(|job| job.contract.artifacts.len() == 3 && job.resources.timeout.is_some()));
}

#[test]
fn real_ledgers_are_planned_or_refused_with_reasons_but_never_guessed() {
    for name in ["avs-experiment.md", "provetok-experiment.md", "vovnet-experiments.md"] {
        let path = format!("{}/../../testdata/seeds/{name}", env!("CARGO_MANIFEST_DIR"));
        let ledger = ledger(&std::fs::read_to_string(path).unwrap());
        let options = PlanOptions { closed: Closed::Include, ..PlanOptions::default() };
        let planned = plan(&[&ledger], &Snapshot::default(), &NoDisk, &options);
        // Nothing of these projects is on disk here, so every one of them reads something that is missing.
        if let Err(error) = planned {
            assert!(
                !error
                    .problems
                    .iter()
                    .any(|problem| matches!(problem, PlanProblem::UnknownExperiment { .. }))
            );
            assert!(!error.to_string().is_empty());
        }
    }
}
