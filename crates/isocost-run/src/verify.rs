//! Checking every contract against what is on disk, without running.

use isocost_ledger::model::Ledger;
use schemars::JsonSchema;
use serde::Serialize;

use crate::contract::{ContractReport, Evidence, EvidenceFile, check, required_files};
use crate::exec::evidence_files;
use crate::gate::Recorded;
use crate::ident::{AttemptNo, JobId};
use crate::plan::{Job, PlanProblem, jobs_of};
use crate::project::Project;
use crate::store::{Attempt, Snapshot, Store};

/// One job's contract.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Verified {
    /// The job.
    pub job: JobId,
    /// The ledger.
    pub ledger: String,
    /// Line of the entry, from 1.
    pub line: u32,
    /// The attempt whose files were checked: the latest that succeeded, else the latest that ended. `None` where none is
    /// recorded; then the project's own files were checked.
    pub attempt: Option<AttemptNo>,
    /// Recorded outputs that are not what they were.
    pub altered: Vec<String>,
    /// What was found.
    pub report: ContractReport,
}

impl Verified {
    /// Whether nothing is violated or altered.
    pub fn holds(&self) -> bool {
        self.altered.is_empty() && self.report.holds()
    }
}

/// The contracts of all jobs that have one, in order of place.
///
/// # Errors
/// The ledgers' own: one job written twice, names that cannot be run.
pub fn verify(
    ledgers: &[&Ledger],
    project: &Project,
    store: &Store,
) -> Result<Vec<Verified>, Vec<PlanProblem>> {
    Ok(verify_jobs(&jobs_of(ledgers)?, project, store))
}

/// The contracts of these jobs.
pub fn verify_jobs(jobs: &[Job], project: &Project, store: &Store) -> Vec<Verified> {
    let recorded = Recorded {
        snapshot: store.snapshot(),
        layout: store.layout(),
        root: project.root(),
        hashes: store.hashes(),
    };
    let has_contract = |job: &&Job| !job.contract.artifacts.is_empty() || !job.contract.metrics.is_empty();
    jobs.iter().filter(has_contract).map(|job| verify_job(job, recorded)).collect()
}

fn verify_job(job: &Job, recorded: Recorded<'_>) -> Verified {
    let attempts = recorded.snapshot.of(&job.id);
    let ended = attempts.iter().rev().find(|attempt| !attempt.is_alive());
    let attempt = recorded.snapshot.latest_success(&job.id).or(ended);
    let own = attempt.map(|attempt| recorded.layout.artifacts(&attempt.record.reference()));
    let files = match attempt {
        Some(attempt) => evidence_files(attempt, recorded),
        None => files_on_disk(job, recorded),
    };
    let evidence = Evidence { root: recorded.root, own: own.as_deref(), before: None, files: &files };
    Verified {
        job: job.id.clone(),
        ledger: job.ledger.clone(),
        line: job.line,
        attempt: attempt.map(|attempt| attempt.record.attempt),
        altered: attempt.map(|attempt| altered(attempt, recorded)).unwrap_or_default(),
        report: check(&job.contract, evidence),
    }
}

fn files_on_disk(job: &Job, recorded: Recorded<'_>) -> Vec<EvidenceFile> {
    let required = job.contract.artifacts.iter();
    let found = required.filter_map(|artifact| required_files(artifact, recorded.root, None).ok()).flatten();
    found.map(|found| EvidenceFile { shown: found.shown, path: found.path }).collect()
}

fn altered(attempt: &Attempt, recorded: Recorded<'_>) -> Vec<String> {
    let reference = attempt.record.reference();
    let changed = attempt.record.outputs.iter().filter_map(|output| {
        let path = Snapshot::output_path(recorded.layout, recorded.root, &reference, &output.path);
        match recorded.hashes.digest(&path) {
            Ok(is) if is == output.blake3 => None,
            Ok(_) => Some(format!("{} was changed since {reference}", output.path)),
            Err(error) => Some(error.to_string()),
        }
    });
    changed.collect()
}
