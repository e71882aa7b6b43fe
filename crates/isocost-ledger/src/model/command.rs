//! Commands as a ledger gives them.

use schemars::JsonSchema;
use serde::Serialize;

use crate::shell::Analysis;
use crate::text::Text;

/// A step of the way from smoke to full.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Does it run at all: few items, little training.
    Smoke,
    /// Selection on a validation split.
    Validation,
    /// A cheap look at the evaluation split: few seeds.
    Quick,
    /// The run that counts.
    Full,
}

impl Stage {
    /// All stages in order.
    pub const ALL: [Stage; 4] = [Stage::Smoke, Stage::Validation, Stage::Quick, Stage::Full];

    /// The stage's name as it is written in ledgers and paths.
    pub fn name(self) -> &'static str {
        match self {
            Self::Smoke => "smoke",
            Self::Validation => "validation",
            Self::Quick => "quick",
            Self::Full => "full",
        }
    }

    /// The stage of that name (`val` is `validation`); case is ignored.
    pub fn from_name(name: &str) -> Option<Self> {
        match name.to_ascii_lowercase().as_str() {
            "smoke" => Some(Self::Smoke),
            "validation" | "val" => Some(Self::Validation),
            "quick" => Some(Self::Quick),
            "full" => Some(Self::Full),
            _ => None,
        }
    }
}

/// How a command's stage was decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum StageSource {
    /// The field's note says so: `command (smoke)`.
    Note,
    /// The field or column says so: `Smoke cmd`.
    FieldName,
    /// A `--smoke` flag or the output directory's suffix.
    Command,
    /// The entry's title: `val402 sweep`, `quick test402`, `full test402`.
    Title,
    /// Nothing says so; taken as full.
    Default,
}

/// One command: a code span, a fenced command, or a table cell.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Command {
    /// The command, verbatim, without back-quotes.
    pub text: Text,
    /// Its stage.
    pub stage: Stage,
    /// How that was decided.
    pub stage_source: StageSource,
    /// The field or column it stands in: `command`, `Full cmd`, `1GPU script`.
    pub field: String,
    /// The label above it, or the comment line before it in a fence.
    pub label: Option<Text>,
    /// The note of its field.
    pub note: Option<Text>,
    /// Prose after the code span: preconditions, follow-ups.
    pub trailing: Option<Text>,
    /// Position among the entry's commands, from 0.
    pub ordinal: usize,
    /// What the shell would make of it.
    pub shell: Analysis,
}
