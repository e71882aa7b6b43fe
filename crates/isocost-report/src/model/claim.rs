//! Claims and their verdicts.

use schemars::JsonSchema;
use serde::Serialize;

/// What the evidence says of a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum VerdictKind {
    /// The rule holds on valid evidence.
    Supported,
    /// The rule fails on valid evidence.
    Refuted,
    /// Valid evidence that decides neither way.
    Inconclusive,
    /// The evidence cannot be used: contract, budget, leak or tampering.
    Invalid,
    /// No evidence yet.
    #[default]
    Unproven,
}

impl VerdictKind {
    /// All verdicts, from best to least known.
    pub const ALL: [Self; 5] =
        [Self::Supported, Self::Refuted, Self::Inconclusive, Self::Invalid, Self::Unproven];

    /// The verdict as a word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Supported => "supported",
            Self::Refuted => "refuted",
            Self::Inconclusive => "inconclusive",
            Self::Invalid => "invalid",
            Self::Unproven => "unproven",
        }
    }

    /// A mark that tells verdicts apart without colour; one terminal column.
    pub fn mark(self) -> &'static str {
        match self {
            Self::Supported => "✓",
            Self::Refuted => "✗",
            Self::Inconclusive => "?",
            Self::Invalid => "!",
            Self::Unproven => "·",
        }
    }
}

/// An interval of an effect, in the metric's unit. An infinite end means one-sided.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, JsonSchema)]
pub struct Interval {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// One claim with its verdict.
#[derive(Debug, Clone, PartialEq, Default, Serialize, JsonSchema)]
pub struct ClaimView {
    /// `C0003`.
    pub id: String,
    /// Its wording.
    pub statement: String,
    /// The rule that decides it, as written; empty if it has none.
    pub rule: String,
    /// The verdict.
    pub verdict: VerdictKind,
    /// Why, one sentence each.
    pub reasons: Vec<String>,
    /// The effect, in the metric's unit.
    pub effect: Option<f64>,
    /// Its interval.
    pub interval: Option<Interval>,
    /// The interval's level, in 0..1.
    pub level: Option<f64>,
    /// The value that the rule compares the effect with.
    pub threshold: Option<f64>,
    /// The p-value against the threshold.
    pub p_raw: Option<f64>,
    /// The same, adjusted within the family.
    pub p_adjusted: Option<f64>,
    /// How the family was corrected and what it holds: `Holm, 4 comparisons`.
    pub family: Option<String>,
    /// How it was decided, one choice each: `test crossed (default)`.
    pub method: Vec<String>,
    /// Items compared.
    pub n_items: Option<u64>,
    /// Seeds compared.
    pub n_seeds: Option<u64>,
    /// Looks at the claim's split so far.
    pub looks_at_split: Option<u64>,
}
