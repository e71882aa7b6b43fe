//! Numbers with a meaning.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{StatsError, StatsResult};

/// A probability under a null hypothesis, in `0..=1`; never NaN.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "f64", into = "f64")]
#[schemars(extend("minimum" = 0, "maximum" = 1))]
pub struct PValue(f64);

impl PValue {
    /// No evidence against the null hypothesis.
    pub const ONE: Self = Self(1.0);

    /// Checks that the value is in `0..=1`.
    pub fn new(value: f64) -> StatsResult<Self> {
        if (0.0..=1.0).contains(&value) {
            Ok(Self(value))
        } else {
            Err(StatsError::OutOfRange { name: "p-value", value, range: "in 0..=1" })
        }
    }

    /// For values that are probabilities but for rounding in the last place.
    pub(crate) fn clamped(value: f64) -> Self {
        debug_assert!(!value.is_nan());
        Self(value.clamp(0.0, 1.0))
    }

    /// The probability.
    pub fn get(self) -> f64 {
        self.0
    }

    /// Total order; p-values are never NaN.
    pub fn order(self, other: Self) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0)
    }
}

impl TryFrom<f64> for PValue {
    type Error = StatsError;
    fn try_from(value: f64) -> StatsResult<Self> {
        Self::new(value)
    }
}

impl From<PValue> for f64 {
    fn from(p: PValue) -> Self {
        p.0
    }
}

impl std::fmt::Display for PValue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// An accepted rate of false alarms, strictly between 0 and 1.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "f64", into = "f64")]
#[schemars(extend("exclusiveMinimum" = 0, "exclusiveMaximum" = 1))]
pub struct Alpha(f64);

impl Alpha {
    /// The customary 0.05.
    pub const FIVE_PERCENT: Self = Self(0.05);

    /// Checks that the value is strictly between 0 and 1.
    pub fn new(value: f64) -> StatsResult<Self> {
        if value > 0.0 && value < 1.0 {
            Ok(Self(value))
        } else {
            Err(StatsError::OutOfRange { name: "alpha", value, range: "strictly between 0 and 1" })
        }
    }

    /// The rate.
    pub fn get(self) -> f64 {
        self.0
    }
}

impl Default for Alpha {
    fn default() -> Self {
        Self::FIVE_PERCENT
    }
}

impl TryFrom<f64> for Alpha {
    type Error = StatsError;
    fn try_from(value: f64) -> StatsResult<Self> {
        Self::new(value)
    }
}

impl From<Alpha> for f64 {
    fn from(alpha: Alpha) -> Self {
        alpha.0
    }
}

/// A two-sided confidence interval, `low <= high`, both in the unit of the estimate.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Interval {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Nominal coverage, such as 0.95.
    pub level: f64,
}

impl Interval {
    /// Whether the value lies in the closed interval.
    pub fn contains(&self, value: f64) -> bool {
        self.low <= value && value <= self.high
    }
}

/// The alternative hypothesis about an effect and a margin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Tail {
    /// The effect differs from the margin.
    #[default]
    TwoSided,
    /// The effect is greater than the margin (null: at most the margin).
    Greater,
    /// The effect is less than the margin (null: at least the margin).
    Less,
}
