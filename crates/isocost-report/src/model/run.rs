//! Attempts and where experiments stand.

use schemars::JsonSchema;
use serde::Serialize;

/// How an attempt ended, or that it has not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RunOutcome {
    /// It exited with 0 and left what its contract asks for.
    Succeeded,
    /// It exited with another code or by a signal.
    Failed,
    /// It was stopped at its time limit.
    TimedOut,
    /// It exited with 0 but its artifacts or metrics do not fulfil the contract.
    ContractViolated,
    /// The runner or a person stopped it.
    Interrupted,
    /// It was not started.
    Skipped,
    /// A live process holds it.
    Running,
    /// Nothing has happened yet.
    #[default]
    Pending,
}

impl RunOutcome {
    /// In words.
    pub fn word(self) -> &'static str {
        match self {
            Self::Succeeded => "succeeded",
            Self::Failed => "failed",
            Self::TimedOut => "timed out",
            Self::ContractViolated => "contract violated",
            Self::Interrupted => "interrupted",
            Self::Skipped => "skipped",
            Self::Running => "running",
            Self::Pending => "pending",
        }
    }
}

/// A link to a log of an attempt.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, JsonSchema)]
pub struct LogLink {
    /// What is shown: `stdout.log`.
    pub text: String,
    /// Path relative to the report, not yet percent-encoded.
    pub path: String,
}

/// One attempt.
#[derive(Debug, Clone, PartialEq, Default, Serialize, JsonSchema)]
pub struct RunView {
    /// The experiment.
    pub id: String,
    /// The stage.
    pub stage: String,
    /// The attempt's name.
    pub attempt: String,
    /// How it ended.
    pub outcome: RunOutcome,
    /// When it started, as the caller writes times.
    pub started: String,
    /// How long it took.
    pub seconds: Option<f64>,
    /// Why it ended so or why it ran; may be empty.
    pub why: String,
    /// Its logs.
    pub logs: Vec<LogLink>,
    /// Its artifacts: paths relative to the report.
    pub artifacts: Vec<String>,
}

/// Where an experiment's stage stands.
#[derive(Debug, Clone, PartialEq, Default, Serialize, JsonSchema)]
pub struct StatusRow {
    /// The experiment.
    pub id: String,
    /// The stage.
    pub stage: String,
    /// Its title; may be empty.
    pub title: String,
    /// Its state.
    pub outcome: RunOutcome,
    /// The attempt that says so; empty if none.
    pub attempt: String,
    /// How long it took or has been running.
    pub seconds: Option<f64>,
    /// Why; may be empty.
    pub why: String,
}
