//! What would run, in which order, and why.

use schemars::JsonSchema;
use serde::Serialize;

/// What will happen to an experiment's stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PlanAction {
    /// It runs.
    #[default]
    Run,
    /// Recorded evidence is still good.
    UpToDate,
    /// A gate or a person keeps it from running.
    Skip,
    /// Something that it needs is missing or failed.
    Blocked,
}

impl PlanAction {
    /// In words.
    pub fn word(self) -> &'static str {
        match self {
            Self::Run => "run",
            Self::UpToDate => "up to date",
            Self::Skip => "skip",
            Self::Blocked => "blocked",
        }
    }
}

/// One stage of one experiment.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, JsonSchema)]
pub struct PlanNode {
    /// A name that is unique in the plan: `E0801/full`.
    pub key: String,
    /// The experiment.
    pub id: String,
    /// The stage.
    pub stage: String,
    /// Its title; may be empty.
    pub title: String,
    /// What will happen.
    pub action: PlanAction,
    /// Why.
    pub why: String,
    /// The keys of the nodes that must succeed before; in order.
    pub needs: Vec<String>,
    /// What it asks for: `1 GPU, 4 h`; may be empty.
    pub resources: String,
}

/// A plan: nodes in an order in which they can run.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, JsonSchema)]
pub struct PlanView {
    /// The nodes.
    pub nodes: Vec<PlanNode>,
}
