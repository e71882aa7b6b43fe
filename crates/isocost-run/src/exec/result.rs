//! What became of jobs.

use schemars::JsonSchema;
use serde::Serialize;

use crate::gate::GateFailure;
use crate::ident::{AttemptNo, JobId};
use crate::store::AttemptOutcome;

/// What became of one job in one run.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "result", rename_all = "snake_case")]
pub enum JobResult {
    /// It was run.
    Ran {
        /// The last attempt.
        attempt: AttemptNo,
        /// How it ended.
        outcome: AttemptOutcome,
        /// Why, where it did not succeed.
        reason: Option<String>,
    },
    /// Nothing changed since an attempt that succeeded.
    Fresh {
        /// That attempt.
        attempt: AttemptNo,
    },
    /// A gate is closed.
    GateClosed {
        /// Which rules, and by how much.
        failures: Vec<GateFailure>,
    },
    /// A job that it depends on did not succeed.
    DependencyFailed {
        /// That job.
        on: JobId,
    },
    /// It could not be started, or its end could not be recorded.
    CannotRun {
        /// Why.
        why: String,
    },
    /// A process of an earlier attempt, whose runner died, still lives.
    StillAlive {
        /// That attempt.
        attempt: AttemptNo,
        /// Its processes.
        processes: Vec<i32>,
    },
    /// The run was stopped before its turn.
    NotStarted {
        /// Why.
        why: String,
    },
}

impl JobResult {
    /// Whether jobs that depend on it can be run.
    pub fn is_success(&self) -> bool {
        matches!(self, Self::Fresh { .. } | Self::Ran { outcome: AttemptOutcome::Succeeded, .. })
    }

    /// Whether something went wrong: not a closed gate, nor what follows from another job.
    pub fn is_failure(&self) -> bool {
        match self {
            Self::Ran { outcome, .. } => *outcome != AttemptOutcome::Succeeded,
            Self::CannotRun { .. } | Self::StillAlive { .. } => true,
            Self::Fresh { .. }
            | Self::GateClosed { .. }
            | Self::DependencyFailed { .. }
            | Self::NotStarted { .. } => false,
        }
    }

    /// The result in words, with the reason.
    pub fn words(&self) -> String {
        match self {
            Self::Ran { outcome, reason: Some(reason), .. } => format!("{}: {reason}", outcome.words()),
            Self::Ran { outcome, .. } => outcome.words().to_owned(),
            Self::Fresh { attempt } => format!("unchanged since attempt {attempt}"),
            Self::GateClosed { failures } => {
                let words: Vec<String> = failures.iter().map(GateFailure::words).collect();
                format!("skipped: {}", words.join("; "))
            }
            Self::DependencyFailed { on } => format!("skipped: {on} did not succeed"),
            Self::CannotRun { why } => format!("cannot run: {why}"),
            Self::StillAlive { attempt, processes } => {
                let list: Vec<String> = processes.iter().map(ToString::to_string).collect();
                let list = list.join(" ");
                format!(
                    "attempt {attempt} is still running without its runner (process {list}); wait for it, or stop it with `kill {list}`"
                )
            }
            Self::NotStarted { why } => format!("not started: {why}"),
        }
    }
}

/// What a whole run came to; the worst that happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RunVerdict {
    /// All jobs succeeded, now or earlier.
    Done,
    /// Nothing failed, but some jobs are still to do: a gate is closed, or an earlier attempt still runs.
    Outstanding,
    /// A contract does not hold.
    ContractViolated,
    /// A job failed.
    Failed,
    /// The run was stopped.
    Interrupted,
}

/// What became of all jobs.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct RunSummary {
    /// `isocost/run/1`.
    pub schema: String,
    /// What it came to.
    pub verdict: RunVerdict,
    /// The jobs in the plan's order.
    pub jobs: Vec<JobEnd>,
}

/// One job's end.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct JobEnd {
    /// The job.
    pub job: JobId,
    /// What became of it.
    #[serde(flatten)]
    pub result: JobResult,
}

impl RunSummary {
    pub(super) fn new(jobs: Vec<JobEnd>, was_interrupted: bool) -> Self {
        let worst = jobs.iter().map(|end| verdict_of(&end.result)).max().unwrap_or(RunVerdict::Done);
        let verdict = if was_interrupted { RunVerdict::Interrupted } else { worst };
        Self { schema: "isocost/run/1".to_owned(), verdict, jobs }
    }

    /// What became of a job.
    pub fn of(&self, job: &JobId) -> Option<&JobResult> {
        self.jobs.iter().find(|end| end.job == *job).map(|end| &end.result)
    }
}

fn verdict_of(result: &JobResult) -> RunVerdict {
    match result {
        JobResult::Fresh { .. } => RunVerdict::Done,
        JobResult::Ran { outcome, .. } => match outcome {
            AttemptOutcome::Succeeded => RunVerdict::Done,
            AttemptOutcome::ContractViolated => RunVerdict::ContractViolated,
            AttemptOutcome::Interrupted => RunVerdict::Interrupted,
            AttemptOutcome::Failed | AttemptOutcome::TimedOut | AttemptOutcome::Running => RunVerdict::Failed,
        },
        JobResult::CannotRun { .. } => RunVerdict::Failed,
        JobResult::GateClosed { .. }
        | JobResult::DependencyFailed { .. }
        | JobResult::StillAlive { .. }
        | JobResult::NotStarted { .. } => RunVerdict::Outstanding,
    }
}
