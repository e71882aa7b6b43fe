//! What was recorded, at one moment.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use isocost_ledger::model::{Id, Stage};

use super::{AttemptOutcome, AttemptSummary, Layout};
use crate::ident::{AttemptNo, AttemptRef, JobId};

/// What an attempt truly is now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AttemptState {
    /// Its runner and its processes live.
    Running,
    /// Its runner is dead, but a process of it lives.
    Orphaned,
    /// It ended. An attempt whose runner died before its end could be recorded is `Interrupted`.
    Ended(AttemptOutcome),
}

impl AttemptState {
    /// The state in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Orphaned => "running (orphaned)",
            Self::Ended(outcome) => outcome.words(),
        }
    }
}

/// One recorded attempt.
#[derive(Debug, Clone, PartialEq)]
pub struct Attempt {
    /// Its record, without the details that only `attempt.json` has.
    pub record: Arc<AttemptSummary>,
    /// What it is now.
    pub state: AttemptState,
}

impl Attempt {
    /// Whether its end is recorded as a success.
    pub fn succeeded(&self) -> bool {
        self.state == AttemptState::Ended(AttemptOutcome::Succeeded)
    }

    /// Whether some process of it lives.
    pub fn is_alive(&self) -> bool {
        matches!(self.state, AttemptState::Running | AttemptState::Orphaned)
    }
}

/// An attempt whose record this program cannot read: of a newer version, or damaged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Foreign {
    /// The attempt.
    pub attempt: AttemptRef,
    /// The version that it states, if it states a newer one.
    pub newer: Option<String>,
    /// The outcome that it states, if any.
    pub outcome: Option<String>,
    /// Why it cannot be read.
    pub why: String,
}

/// All recorded attempts at one moment. Pure data.
#[derive(Debug, Clone, Default)]
pub struct Snapshot {
    attempts: BTreeMap<JobId, Vec<Attempt>>,
    foreign: Vec<Foreign>,
}

impl Snapshot {
    /// A snapshot of these attempts.
    pub fn new(attempts: impl IntoIterator<Item = Attempt>, foreign: Vec<Foreign>) -> Self {
        let mut snapshot = Self { attempts: BTreeMap::new(), foreign };
        for attempt in attempts {
            snapshot.insert(attempt);
        }
        snapshot
    }

    /// Adds an attempt, or replaces the one of that number.
    pub fn insert(&mut self, attempt: Attempt) {
        let attempts = self.attempts.entry(attempt.record.job()).or_default();
        match attempts.binary_search_by_key(&attempt.record.attempt, |known| known.record.attempt) {
            Ok(at) => {
                if let Some(place) = attempts.get_mut(at) {
                    *place = attempt;
                }
            }
            Err(at) => attempts.insert(at, attempt),
        }
    }

    /// How many attempts there are.
    pub fn len(&self) -> usize {
        self.attempts.values().map(Vec::len).sum()
    }

    /// Whether nothing was recorded.
    pub fn is_empty(&self) -> bool {
        self.attempts.is_empty()
    }

    /// All attempts, by job and number.
    pub fn iter(&self) -> impl Iterator<Item = &Attempt> {
        self.attempts.values().flatten()
    }

    /// Attempts that cannot be read.
    pub fn foreign(&self) -> &[Foreign] {
        &self.foreign
    }

    /// A job's attempts in order.
    pub fn of(&self, job: &JobId) -> &[Attempt] {
        self.attempts.get(job).map_or(&[], Vec::as_slice)
    }

    /// A job's latest attempt.
    pub fn latest(&self, job: &JobId) -> Option<&Attempt> {
        self.of(job).last()
    }

    /// A job's latest attempt that succeeded.
    pub fn latest_success(&self, job: &JobId) -> Option<&Attempt> {
        self.of(job).iter().rev().find(|attempt| attempt.succeeded())
    }

    /// The experiment's attempt that others read: the latest success of the preferred stage, else of the full stage, else
    /// of the last stage that has one.
    pub fn success_of(&self, experiment: &Id, preferred: Option<Stage>) -> Option<&Attempt> {
        let order = preferred.into_iter().chain(Stage::ALL.into_iter().rev());
        order
            .map(|stage| JobId { experiment: experiment.clone(), stage })
            .find_map(|job| self.latest_success(&job))
    }

    /// The attempt of that name.
    pub fn get(&self, attempt: &AttemptRef) -> Option<&Attempt> {
        self.of(&attempt.job).iter().find(|known| known.record.attempt == attempt.attempt)
    }

    /// The number that a job's next attempt gets.
    pub fn next_number(&self, job: &JobId) -> AttemptNo {
        let readable = self.latest(job).map(|attempt| attempt.record.attempt);
        let foreign = self.foreign.iter().filter(|f| f.attempt.job == *job).map(|f| f.attempt.attempt);
        readable.into_iter().chain(foreign).max().unwrap_or(AttemptNo(0)).next()
    }

    /// Where an output of an attempt is.
    pub fn output_path(
        layout: &Layout,
        root: &Path,
        attempt: &AttemptRef,
        output: &str,
    ) -> std::path::PathBuf {
        if output.starts_with("artifacts/") {
            layout.attempt(attempt).join(output)
        } else {
            root.join(output)
        }
    }
}
