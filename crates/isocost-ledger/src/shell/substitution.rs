use std::ops::Range;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::word;

/// A command substitution.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Substitution {
    /// As typed, `$(` and `)` included.
    pub text: String,
    /// What it is for.
    pub kind: SubstitutionKind,
    /// Bytes of the command text.
    pub span: Range<usize>,
}

/// What a command substitution is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SubstitutionKind {
    /// `$(date …)`: the value is known only once the command ran.
    Date,
    /// `$(ls -t GLOB | head -n 1)`: depends on the times of files.
    NewestFile(String),
    /// `$(ls GLOB | head -n 1)`, `$(ls GLOB | tail -n 1)`: depends on which files there are.
    SomeFile(String),
    /// Anything else.
    Other,
}

/// What the substitution `text` is for. `text` includes its brackets.
pub(super) fn classify(text: &str) -> SubstitutionKind {
    let inner = text
        .strip_prefix("$(")
        .and_then(|rest| rest.strip_suffix(')'))
        .or_else(|| text.strip_prefix('`').and_then(|rest| rest.strip_suffix('`')))
        .unwrap_or(text)
        .trim();
    let stages: Vec<&str> = inner.split('|').map(str::trim).collect();
    let words: Vec<&str> = stages.first().map_or_else(Vec::new, |first| first.split_whitespace().collect());
    match words.as_slice() {
        ["date", ..] => SubstitutionKind::Date,
        ["ls", args @ ..] => {
            let by_time =
                args.iter().any(|arg| arg.starts_with('-') && !arg.starts_with("--") && arg.contains('t'));
            let picks = stages
                .iter()
                .skip(1)
                .any(|stage| matches!(stage.split_whitespace().next(), Some("head" | "tail" | "sed")));
            let Some(file) = args.iter().rev().find(|arg| !arg.starts_with('-') && !arg.starts_with("2>"))
            else {
                return SubstitutionKind::Other;
            };
            let file = word::scan(file).text;
            match (by_time, picks) {
                (true, true) => SubstitutionKind::NewestFile(file),
                (false, true) => SubstitutionKind::SomeFile(file),
                _ => SubstitutionKind::Other,
            }
        }
        _ => SubstitutionKind::Other,
    }
}
