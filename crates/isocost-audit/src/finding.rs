//! A finding: one thing that is wrong, where, why it matters, and what to do.

use isocost_ledger::model::Id;
use isocost_ledger::text::{Place, Span};
use schemars::JsonSchema;
use serde::Serialize;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// Probably not what was meant.
    Warning,
    /// A conclusion or a run rests on it.
    Error,
}

/// A place in one of the documents that were read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct Location {
    /// The document's name as given.
    pub file: String,
    /// Byte range.
    pub span: Span,
    /// Its start as line and column.
    pub place: Place,
    /// What to say under it when it is shown; may be empty.
    pub label: String,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Finding {
    /// The stable id of its kind: `IC001`…; never reused.
    pub code: &'static str,
    /// The kind's short name: `undefined-data-source`.
    pub name: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// The experiment or claim it is about.
    pub entry: Option<Id>,
    /// What is wrong, in one sentence.
    pub what: String,
    /// Why it matters, in one sentence.
    pub why: String,
    /// What to do.
    pub help: String,
    /// Where; the first is the main place, others are related.
    pub locations: Vec<Location>,
}
