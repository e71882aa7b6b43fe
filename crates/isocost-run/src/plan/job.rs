//! Jobs and the graph that they form.

use std::collections::BTreeMap;
use std::time::Duration;

use isocost_ledger::model::{Id, Stage};
use isocost_ledger::rule::Requirement;
use schemars::JsonSchema;
use serde::Serialize;

use super::CommandSpec;
use crate::contract::ContractSpec;
use crate::ident::JobId;

/// Why one job comes after another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum EdgeKind {
    /// Declared with `needs`, or the command reads `ISOCOST_IN_…`.
    Need,
    /// The command reads what the other one writes.
    Input,
    /// A later stage of the same experiment.
    Stage,
    /// A gate reads the other one's evidence.
    Gate,
    /// Both stand in a section that is run in order. Waits for the other one's end, however it ends.
    Sequence,
}

impl EdgeKind {
    /// Whether the other job has to succeed, not only to end.
    pub fn is_hard(self) -> bool {
        self != Self::Sequence
    }

    /// The kind in a word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Need => "needs",
            Self::Input => "reads",
            Self::Stage => "stage",
            Self::Gate => "gate",
            Self::Sequence => "after",
        }
    }
}

/// A job that another one depends on, in the plan or recorded earlier.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Depends {
    /// The job.
    pub job: JobId,
    /// Why.
    pub kind: EdgeKind,
    /// In words: the path that is read, the rule of the gate.
    pub why: String,
}

/// What must hold before a job starts.
#[derive(Debug, Clone, PartialEq)]
pub struct GateSpec {
    /// The condition.
    pub requirement: Requirement,
    /// The field that it stands in.
    pub field: String,
}

/// What a job takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobResources {
    /// Local slots, at least 1.
    pub slots: u32,
    /// GPUs.
    pub gpus: u32,
    /// Time limit of an attempt.
    pub timeout: Option<Duration>,
    /// How often a failed attempt is tried again.
    pub retries: Option<u32>,
}

impl Default for JobResources {
    fn default() -> Self {
        Self { slots: 1, gpus: 0, timeout: None, retries: None }
    }
}

/// What is run as one: a stage of an experiment.
#[derive(Debug, Clone, PartialEq)]
pub struct Job {
    /// Its name.
    pub id: JobId,
    /// The entry's title.
    pub title: String,
    /// Name of the ledger's file.
    pub ledger: String,
    /// Line of the entry, from 1.
    pub line: u32,
    /// Whether the entry is ticked: it needs no more work.
    pub closed: bool,
    /// Why it cannot be run at all, where the ledger says so.
    pub blocked: Option<String>,
    /// Its commands in order.
    pub commands: Vec<CommandSpec>,
    /// Declared seeds.
    pub seeds: Vec<i64>,
    /// Experiments that it declares to need.
    pub needs: Vec<(Id, Option<Stage>)>,
    /// What it must leave.
    pub contract: ContractSpec,
    /// What must hold before it starts.
    pub gates: Vec<GateSpec>,
    /// What it takes.
    pub resources: JobResources,
    /// The section that it stands in, if that is run in order.
    pub sequence: Option<(usize, usize)>,
    /// What it depends on. Filled in by linking.
    pub depends: Vec<Depends>,
}

/// One dependency between two jobs of a plan.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edge {
    /// Index of the job that comes first.
    pub from: usize,
    /// Index of the job that waits.
    pub to: usize,
    /// Why.
    pub kind: EdgeKind,
    /// In words.
    pub why: String,
}

/// Jobs in an order in which they can run, and what they wait for.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Plan {
    /// The jobs: every one after all that it depends on; document order otherwise.
    pub jobs: Vec<Job>,
    /// The dependencies, sorted.
    pub edges: Vec<Edge>,
    /// Where each job is.
    pub(crate) by_id: BTreeMap<JobId, usize>,
}

impl Plan {
    /// Where a job is in the plan.
    pub fn position(&self, job: &JobId) -> Option<usize> {
        self.by_id.get(job).copied()
    }
}
