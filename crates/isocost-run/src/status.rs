//! How far each job of a ledger is.

use isocost_ledger::model::Ledger;
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;

use crate::contract::ContractReport;
use crate::ident::{AttemptNo, JobId};
use crate::plan::{Job, PlanProblem, jobs_of};
use crate::store::{Attempt, AttemptState, Store};

/// One job.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct StatusRow {
    /// The job.
    pub job: JobId,
    /// The entry's title.
    pub title: String,
    /// The ledger.
    pub ledger: String,
    /// Line of the entry, from 1.
    pub line: u32,
    /// Whether the entry is ticked.
    pub closed: bool,
    /// `not run`, `running`, `running (orphaned)`, `succeeded`, `failed`, `contract violated`, `timed out`, `interrupted`.
    pub state: String,
    /// Why, where it did not succeed.
    pub reason: Option<String>,
    /// The latest attempt.
    pub attempt: Option<AttemptNo>,
    /// How many attempts there are.
    pub attempts: usize,
    /// When the latest attempt started.
    #[schemars(with = "Option<String>")]
    pub started: Option<Timestamp>,
    /// How long it took.
    pub seconds: Option<f64>,
    /// Processes of an orphaned attempt.
    pub processes: Vec<i32>,
    /// Parts of its contract that nobody could decide.
    pub undecided: usize,
}

/// The state of every job of the ledgers, in order of place.
///
/// # Errors
/// The ledgers' own: one job written twice, names that cannot be run.
pub fn status(ledgers: &[&Ledger], store: &Store) -> Result<Vec<StatusRow>, Vec<PlanProblem>> {
    Ok(jobs_of(ledgers)?.iter().map(|job| row(job, store)).collect())
}

fn row(job: &Job, store: &Store) -> StatusRow {
    let attempts = store.snapshot().of(&job.id);
    let latest = attempts.last();
    let foreign = store.snapshot().foreign().iter().rev().find(|foreign| foreign.attempt.job == job.id);
    let (state, reason) = match (latest, foreign) {
        // A record of a newer version is the later one if its number is.
        (latest, Some(foreign)) if latest.is_none_or(|a| a.record.attempt < foreign.attempt.attempt) => {
            let state =
                foreign.outcome.clone().map_or_else(|| "unreadable".to_owned(), |o| o.replace('_', " "));
            (state, Some(format!("attempt {}: {}", foreign.attempt.attempt, foreign.why)))
        }
        (Some(latest), _) => (latest.state.words().to_owned(), latest.record.reason.clone()),
        (None, _) => ("not run".to_owned(), None),
    };
    StatusRow {
        job: job.id.clone(),
        title: job.title.clone(),
        ledger: job.ledger.clone(),
        line: job.line,
        closed: job.closed,
        state,
        reason,
        attempt: latest.map(|attempt| attempt.record.attempt),
        attempts: attempts.len(),
        started: latest.map(|attempt| attempt.record.started),
        seconds: latest.and_then(|attempt| attempt.record.seconds()),
        processes: latest.map(|attempt| orphans(attempt, store)).unwrap_or_default(),
        undecided: latest.and_then(|a| a.record.contract.as_ref()).map_or(0, ContractReport::undecided),
    }
}

fn orphans(attempt: &Attempt, store: &Store) -> Vec<i32> {
    match attempt.state {
        AttemptState::Orphaned => isocost_fs::writers_of(&store.layout().stdout(&attempt.record.reference())),
        AttemptState::Running | AttemptState::Ended(_) => Vec::new(),
    }
}
