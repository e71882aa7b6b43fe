use serde::{Deserialize, Serialize};

use super::ast::Rule;

/// One line of `required_metrics`: a file, and what must stand in it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Requirement {
    /// The line as typed.
    pub text: String,
    /// The file that the terms are read in, if the line names one.
    pub file: Option<String>,
    /// Names that the line is repeated over, such as `val` and `test` in "… on val/test". Usually empty.
    pub repeated_over: Vec<String>,
    /// What must hold, in order.
    pub terms: Vec<Term>,
    /// What the notes in parentheses add.
    pub note: Vec<Term>,
}

/// One part of a requirement.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Term {
    /// It can be evaluated.
    Rule(Rule),
    /// It cannot, and this is why. The text is kept.
    NotCheckable(String, Why),
}

/// Why a part of a requirement is not machine-checkable.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// Prose without a condition in it.
    Prose,
}

/// Reads one line of `required_metrics`, a `Metrics` cell or a `Checks` sentence. Never fails.
pub fn parse_requirement(text: &str) -> Requirement {
    Requirement {
        text: text.to_owned(),
        file: None,
        repeated_over: Vec::new(),
        terms: vec![Term::NotCheckable(text.to_owned(), Why::Prose)],
        note: Vec::new(),
    }
}
