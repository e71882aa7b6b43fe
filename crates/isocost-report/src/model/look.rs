//! Looks at protected splits.

use schemars::JsonSchema;
use serde::Serialize;

use super::Interval;

/// What kind of evaluation a look was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LookKind {
    /// All items and all seeds that the claim asks for.
    #[default]
    Full,
    /// Fewer seeds or items.
    Quick,
    /// A search over settings.
    Sweep,
    /// Any other.
    Other,
}

impl LookKind {
    /// All kinds.
    pub const ALL: [Self; 4] = [Self::Full, Self::Quick, Self::Sweep, Self::Other];

    /// As a word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Quick => "quick",
            Self::Sweep => "sweep",
            Self::Other => "other",
        }
    }
}

/// One look.
#[derive(Debug, Clone, PartialEq, Default, Serialize, JsonSchema)]
pub struct LookView {
    /// Its number in time order, from 1.
    pub order: u64,
    /// When, as the caller writes times; empty if unknown.
    pub time: String,
    /// The experiment that looked: `E0980`.
    pub experiment: String,
    /// The claim it serves.
    pub claim: Option<String>,
    /// The split that was read.
    pub split: String,
    /// The run directory; empty if unknown.
    pub run: String,
    /// The seeds, as written: `0..9`.
    pub seeds: String,
    /// The effect that was read.
    pub delta: Option<f64>,
    /// The raw p-value that was read.
    pub p: Option<f64>,
    /// The p-value times the looks at this split up to here, at most 1.
    pub p_bonferroni: Option<f64>,
    /// The p-value adjusted by Holm over all looks at this split.
    pub p_holm: Option<f64>,
    /// What kind of evaluation it was.
    pub kind: LookKind,
    /// Looks at this split up to and including this one.
    pub cumulative: u64,
}

/// What all looks at one split mean for one claim.
#[derive(Debug, Clone, PartialEq, Default, Serialize, JsonSchema)]
pub struct LookSummary {
    /// The claim.
    pub claim: String,
    /// The split.
    pub split: String,
    /// The experiment that decided it; empty if none.
    pub decided_by: String,
    /// Full evaluations up to it.
    pub full: u64,
    /// Quick ones.
    pub quick: u64,
    /// Sweeps.
    pub sweeps: u64,
    /// Others.
    pub other: u64,
    /// The p-value as it was reported.
    pub p_raw: Option<f64>,
    /// Multiplied by the number of looks.
    pub p_bonferroni: Option<f64>,
    /// Adjusted by Holm.
    pub p_holm: Option<f64>,
    /// The effect as it was reported.
    pub effect: Option<f64>,
    /// Its interval.
    pub interval: Option<Interval>,
    /// The value claimed.
    pub threshold: Option<f64>,
    /// One-sided p-value against the value claimed.
    pub p_threshold: Option<f64>,
}

impl LookSummary {
    /// All looks.
    pub fn total(&self) -> u64 {
        self.full + self.quick + self.sweeps + self.other
    }
}
