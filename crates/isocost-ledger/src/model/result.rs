//! Results as prose states them (spec §9).

use schemars::JsonSchema;
use serde::Serialize;

use super::{ArtifactSpec, Id};
use crate::text::{Span, Text};

/// A data split as it is named: kind and nominal size (`test402`; the number is not n).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
pub struct SplitName {
    /// `train`, `val`, `test`, `dev`.
    pub kind: String,
    /// The number in the name.
    pub nominal: Option<u32>,
}

/// What kind of run a statement speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RunKind {
    /// A smoke run.
    Smoke,
    /// A sweep over candidates.
    Sweep,
    /// A quick look with few seeds.
    Quick,
    /// The full run.
    Full,
    /// A rerun of an earlier one.
    Rerun,
    /// Quoted from elsewhere or earlier.
    Historical,
    /// A diagnostic that was not selected on validation.
    Diagnostic,
}

/// Where a statement's numbers come from.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, JsonSchema)]
pub struct Context {
    /// The split, where the text names one.
    pub split: Option<SplitName>,
    /// Seeds, where the text names them.
    pub seeds: Option<Vec<i64>>,
    /// The kind of run, where the text tells.
    pub run_kind: Option<RunKind>,
    /// The configuration selected: `best=…`.
    pub selected: Option<Text>,
}

/// One number with what it measures.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Measurement {
    /// What the number is of, as written: `anchored`, `uniform acc`, `Δ`, `p`.
    pub subject: String,
    /// The value.
    pub value: f64,
    /// Decimals printed; for an exponent form, the decimals of the value it stands for.
    pub decimals: u32,
    /// Printed after `≈`: rounded by hand.
    pub approximate: bool,
    /// Printed after `±`.
    pub spread: Option<f64>,
    /// The number, as written, with its subject.
    pub text: Text,
}

/// Two named means, their difference and its p, as far as they are stated together.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Comparison {
    /// The arm that Δ is positive for when it is better.
    pub left: Option<Measurement>,
    /// The other arm: the baseline.
    pub right: Option<Measurement>,
    /// Δ = left − right, as stated.
    pub delta: Option<Measurement>,
    /// The p-value, as stated.
    pub p: Option<Measurement>,
    /// All of it.
    pub span: Span,
}

/// One statement about one run.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Statement {
    /// Its context.
    pub context: Context,
    /// The artifacts it cites.
    pub artifacts: Vec<ArtifactSpec>,
    /// All numbers, those of comparisons included.
    pub measurements: Vec<Measurement>,
    /// Comparisons found.
    pub comparisons: Vec<Comparison>,
    /// Its text.
    pub text: Text,
}

/// What was decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Verb {
    /// Goes on to the next stage.
    Promoted,
    /// Does not.
    NotPromoted,
    /// Was not run because of an earlier decision.
    Skipped,
    /// Was not run.
    NotRun,
    /// A claim is said to be proven.
    Proven,
    /// A claim is said to be not proven.
    Unproven,
    /// A result was revised.
    Revised,
    /// No improvement.
    NoImprovement,
    /// The run failed.
    Failed,
}

/// A decision in prose, a title mark or a `decision` field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Decision {
    /// What.
    pub verb: Verb,
    /// The experiment it leads to, or that it follows from (`skipped: E0802 not promoted`).
    pub target: Option<Id>,
    /// The claim it speaks of.
    pub claim: Option<Id>,
    /// The words.
    pub text: Text,
}
