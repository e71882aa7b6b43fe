//! The decision on a claim.

use isocost_ledger::rule::Outcome;
use isocost_stats::{Alpha, Interval, PValue};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{MethodTerm, Reason};
use crate::compare::Comparison;
use crate::{ClaimId, Family};

/// The decision on a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// The rule holds, and every threshold in it was passed beyond chance after correction for the family.
    Supported,
    /// The evidence excludes what is claimed.
    Refuted,
    /// The evidence neither shows nor excludes it.
    Inconclusive,
    /// The evidence may not be used: cost, leak, contract, or a claim that changed after its first look.
    Invalid,
    /// There is no evidence yet.
    Unproven,
}

impl Status {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Supported => "supported",
            Self::Refuted => "refuted",
            Self::Inconclusive => "inconclusive",
            Self::Invalid => "invalid",
            Self::Unproven => "unproven",
        }
    }
}

impl std::fmt::Display for Status {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.name())
    }
}

/// How often a protected split was looked at, this evaluation included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LookCount {
    /// By any claim, at the splits of this claim.
    pub at_split: usize,
    /// By this claim.
    pub by_claim: usize,
}

/// A claim decided.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Verdict {
    /// `isocost/verdict/1`.
    pub schema: String,
    /// The claim.
    pub claim: ClaimId,
    /// Its statement.
    pub statement: String,
    /// Its rule as written.
    pub rule: String,
    /// The decision.
    pub status: Status,
    /// Why, the most important first.
    pub reasons: Vec<Reason>,
    /// p of the claim as it stands; `None` where nothing is tested.
    pub p_raw: Option<PValue>,
    /// The same after the correction of the family, earlier looks of the family included.
    pub p_adjusted: Option<PValue>,
    /// The family.
    pub family: Family,
    /// Number of comparisons in it, earlier looks included.
    pub family_size: usize,
    /// What `p_adjusted` must be below.
    pub alpha: Alpha,
    /// Which test, unit, correction, tolerance and so on were used, and which of them the claim left at their defaults.
    #[serde(default)]
    pub method: Vec<MethodTerm>,
    /// Effect of the first comparison: left − right.
    pub effect: Option<f64>,
    /// Its interval.
    pub interval: Option<Interval>,
    /// Its paired items.
    pub n_items: Option<usize>,
    /// Its paired seeds that are replicates.
    pub n_seeds: Option<usize>,
    /// Looks.
    pub looks: LookCount,
    /// What the rule came to on the numbers alone.
    pub outcome: Outcome,
    /// Every comparison that the rule made.
    pub comparisons: Vec<Comparison>,
}

impl Verdict {
    /// Value of the field `schema`.
    pub const SCHEMA: &'static str = "isocost/verdict/1";
}
