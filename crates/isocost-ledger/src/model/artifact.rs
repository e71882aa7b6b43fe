//! Files that an experiment must leave, has left, or reads.

use schemars::JsonSchema;
use serde::Serialize;

use super::Id;
use crate::text::Text;

/// What an artifact's path is (spec §1.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ArtifactKind {
    /// A literal file path.
    File,
    /// A literal path with a trailing slash, or a bare directory.
    Directory,
    /// Holds `*` or `?`.
    Glob,
    /// Holds `{a,b}`.
    BraceSet,
    /// Holds `<name>`, `${NAME}` or `$(…)`: not to be matched against files.
    Template,
    /// Holds `...`: the directory named just before it. `resolved` says which, where that is known.
    Elision,
}

/// One artifact as a ledger names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ArtifactSpec {
    /// The path as written, without the code span's back-quotes.
    pub path: Text,
    /// What it is.
    pub kind: ArtifactKind,
    /// For an elision: the path with the elided directory filled in.
    pub resolved: Option<String>,
    /// The note in parentheses after it: `reused`.
    pub note: Option<Text>,
    /// The experiment whose id stands in the path.
    pub owner: Option<Id>,
    /// The label before it: `diagnose`, `Train scores`.
    pub label: Option<Text>,
}

impl ArtifactSpec {
    /// The path to compare or match: elisions filled in, no leading `./`.
    pub fn effective_path(&self) -> &str {
        let path = self.resolved.as_deref().unwrap_or(&self.path.raw);
        path.strip_prefix("./").unwrap_or(path)
    }
}
