//! Paired comparisons of two arms.

use schemars::JsonSchema;
use serde::Serialize;

/// Whether both arms cost the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CostVerdict {
    /// Within the declared tolerance.
    Equal,
    /// Beyond it: the comparison is invalid.
    Unequal,
    /// No measured costs.
    #[default]
    Unknown,
    /// The claim is about cost and does not ask for equality.
    NotRequired,
}

impl CostVerdict {
    /// In words.
    pub fn word(self) -> &'static str {
        match self {
            Self::Equal => "equal",
            Self::Unequal => "unequal",
            Self::Unknown => "not measured",
            Self::NotRequired => "not required",
        }
    }
}

/// One comparison: `left` minus `right` on the same items and seeds.
#[derive(Debug, Clone, PartialEq, Default, Serialize, JsonSchema)]
pub struct ComparisonView {
    /// The claim that it serves.
    pub claim: Option<String>,
    /// The arm whose gain is measured.
    pub left: String,
    /// The arm it is measured against.
    pub right: String,
    /// The metric's name.
    pub metric: String,
    /// The split's name.
    pub split: String,
    /// The budget, as written; empty if there is none.
    pub budget: String,
    /// Mean paired difference, in the metric's unit.
    pub delta: f64,
    /// Lower end of its interval.
    pub low: f64,
    /// Upper end of its interval.
    pub high: f64,
    /// What it is compared with.
    pub threshold: Option<f64>,
    /// p-value against the threshold.
    pub p: Option<f64>,
    /// Mean of the metric of `left`.
    pub left_mean: f64,
    /// Mean of the metric of `right`.
    pub right_mean: f64,
    /// Measured mean cost of `left`.
    pub left_cost: Option<f64>,
    /// Measured mean cost of `right`.
    pub right_cost: Option<f64>,
    /// The unit of both costs.
    pub cost_unit: String,
    /// Whether the costs are equal.
    pub cost_verdict: CostVerdict,
    /// Items × seeds that only one arm has, left out.
    pub unpaired: u64,
    /// What a reader must know before believing it.
    pub warnings: Vec<String>,
}
