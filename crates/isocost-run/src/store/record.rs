//! What is written down about an attempt.

use std::collections::BTreeMap;

use isocost_ledger::model::{Id, Stage};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::contract::ContractReport;
use crate::ident::{AttemptNo, AttemptRef, Digest, JobId, stage_name};

/// The version that this program writes.
pub const ATTEMPT_SCHEMA: &str = "isocost/attempt/1";

/// How far an attempt came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AttemptOutcome {
    /// Its end is not recorded. Whether it still runs is told by the lock on its log, not by this word.
    Running,
    /// All commands exited with 0 and the contract holds.
    Succeeded,
    /// A command failed or could not be started.
    Failed,
    /// All commands exited with 0, but the contract does not hold.
    ContractViolated,
    /// It was stopped at its time limit.
    TimedOut,
    /// It was stopped by the user, or its runner died.
    Interrupted,
}

impl AttemptOutcome {
    /// The outcome in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Succeeded => "succeeded",
            Self::Failed => "failed",
            Self::ContractViolated => "contract violated",
            Self::TimedOut => "timed out",
            Self::Interrupted => "interrupted",
        }
    }
}

/// `attempt.json`: one execution of an experiment's stage.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AttemptRecord {
    /// `isocost/attempt/1`.
    pub schema: String,
    /// The experiment's id.
    pub experiment: String,
    /// `smoke`, `validation`, `quick` or `full`.
    #[serde(with = "stage_name")]
    #[schemars(with = "String")]
    pub stage: Stage,
    /// The how-manieth attempt of this stage, from 1.
    pub attempt: AttemptNo,
    /// How it ended, or `running` until then.
    pub outcome: AttemptOutcome,
    /// Why, in words, where it did not succeed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The ledger, relative to the project's root.
    pub ledger: String,
    /// When it started, RFC 3339.
    #[schemars(with = "String")]
    pub started: Timestamp,
    /// When it ended, RFC 3339; absent while it runs or if its runner died.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub ended: Option<Timestamp>,
    /// The commands in order.
    pub commands: Vec<CommandRecord>,
    /// Declared seeds.
    pub seeds: Vec<i64>,
    /// Files that it reads, as far as the commands' text tells.
    pub inputs: Vec<InputRecord>,
    /// The attempts whose artifacts it was given: `E0001@smoke#002`.
    pub needs: Vec<String>,
    /// BLAKE3 over commands, inputs, seeds, stage, needs and the environment that counts: equal keys need no second run.
    pub key: Digest,
    /// Files that it left.
    pub outputs: Vec<OutputRecord>,
    /// Whether it left what it had to leave.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contract: Option<ContractReport>,
    /// The source's revision.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub git: Option<GitRecord>,
    /// The part of the environment that tends to matter, and what isocost added.
    pub environment: BTreeMap<String, String>,
    /// Names of the environment variables that are part of the key.
    pub key_environment: Vec<String>,
    /// The machine.
    pub host: String,
    /// The gates that a person had opened by hand, as written: they were not asked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub opened_gates: Vec<String>,
    /// GPU numbers it was given.
    pub devices: Vec<String>,
    /// Process id of the runner.
    pub runner: u32,
}

impl AttemptRecord {
    /// The job.
    pub fn job(&self) -> JobId {
        JobId { experiment: Id(self.experiment.clone()), stage: self.stage }
    }

    /// The attempt's name.
    pub fn reference(&self) -> AttemptRef {
        AttemptRef { job: self.job(), attempt: self.attempt }
    }
}

/// What plans, gates and reports need of an attempt's record. The rest is read from `attempt.json` when it is asked for
/// ([`super::read_record`]).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AttemptSummary {
    /// The experiment's id.
    pub experiment: String,
    /// The stage.
    #[serde(with = "stage_name")]
    pub stage: Stage,
    /// The how-manieth attempt of this stage, from 1.
    pub attempt: AttemptNo,
    /// How it ended, or `Running` until then.
    pub outcome: AttemptOutcome,
    /// Why, in words, where it did not succeed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// When it started.
    pub started: Timestamp,
    /// When it ended; `None` while it runs or if its runner died.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<Timestamp>,
    /// Equal keys need no second run.
    pub key: Digest,
    /// Files that it left.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outputs: Vec<OutputRecord>,
    /// Whether it left what it had to leave.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contract: Option<ContractReport>,
}

impl AttemptSummary {
    /// The job.
    pub fn job(&self) -> JobId {
        JobId { experiment: Id(self.experiment.clone()), stage: self.stage }
    }

    /// The attempt's name.
    pub fn reference(&self) -> AttemptRef {
        AttemptRef { job: self.job(), attempt: self.attempt }
    }

    /// Seconds from start to end; `None` where the end is not recorded.
    pub fn seconds(&self) -> Option<f64> {
        Some(self.ended?.duration_since(self.started).as_secs_f64())
    }
}

impl From<AttemptRecord> for AttemptSummary {
    fn from(record: AttemptRecord) -> Self {
        Self {
            experiment: record.experiment,
            stage: record.stage,
            attempt: record.attempt,
            outcome: record.outcome,
            reason: record.reason,
            started: record.started,
            ended: record.ended,
            key: record.key,
            outputs: record.outputs,
            contract: record.contract,
        }
    }
}

/// One command of an attempt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CommandRecord {
    /// As the ledger has it.
    pub written: String,
    /// As it was handed to the shell: recorded files in place of globs, the attempt's start in place of dates.
    /// Absent where the attempt ended before this command's turn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resolved: Option<String>,
    /// Its exit code, where it exited.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exit: Option<i32>,
    /// The signal that ended it, where one did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signal: Option<i32>,
}

/// A file or directory that an attempt reads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InputRecord {
    /// As the ledger has it.
    pub written: String,
    /// What it was resolved to, relative to the project's root.
    pub path: String,
    /// The attempt that left it, where it was taken from a record: `E0001@full#001`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// BLAKE3 of its content; of a directory: of its files' paths and contents (sizes and times, where they are many).
    pub blake3: Digest,
}

/// A file that an attempt left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OutputRecord {
    /// Relative to the project's root, or `artifacts/…` relative to the attempt's directory.
    pub path: String,
    /// Size in bytes.
    pub bytes: u64,
    /// BLAKE3 of its content.
    pub blake3: Digest,
}

/// The state of the source at the start of the run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GitRecord {
    /// The commit.
    pub revision: String,
    /// Whether tracked files differ from it.
    pub dirty: bool,
}
