//! Claims and plan items of companion documents and of a canonical ledger's `## Claims`.

use schemars::JsonSchema;
use serde::Serialize;

use super::{ArtifactSpec, Field, Id};
use crate::text::{Span, Text};

/// A statement that is to be decided.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Claim {
    /// Its id.
    pub id: Id,
    /// The statement.
    pub statement: Text,
    /// The character between the brackets of its box, and whether it is ticked.
    pub ticked: bool,
    /// Where that character stands.
    pub box_span: Span,
    /// The rule that decides it (`rule:` of a canonical ledger, `Proof rule` of a plan), as written.
    pub rule: Option<Text>,
    /// The experiments it rests on (`Experiments:`, or ids in `Evidence:`).
    pub experiments: Vec<Id>,
    /// Artifacts named as evidence.
    pub artifacts: Vec<ArtifactSpec>,
    /// All fields as written.
    pub fields: Vec<Field>,
    /// Earlier or later wordings, when several snapshots were read.
    pub history: Vec<ClaimVersion>,
    /// All of it.
    pub span: Span,
}

/// One wording of a claim in one snapshot of its document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ClaimVersion {
    /// The snapshot: a file name or a revision.
    pub source: String,
    /// The statement there.
    pub statement: String,
    /// The rule there.
    pub rule: Option<String>,
    /// The box there.
    pub ticked: bool,
}

/// What kind of plan item it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PlanItemKind {
    /// `P####`.
    Plan,
    /// `V####`.
    Verification,
    /// `M####`.
    Backlog,
}

/// A plan, verification or backlog item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PlanItem {
    /// Its id.
    pub id: Id,
    /// Its kind.
    pub kind: PlanItemKind,
    /// Its statement.
    pub statement: Text,
    /// Whether its box is ticked.
    pub ticked: bool,
    /// Where the box character stands.
    pub box_span: Span,
    /// Claims it links to.
    pub claims: Vec<Id>,
    /// All fields as written.
    pub fields: Vec<Field>,
    /// All of it.
    pub span: Span,
}
