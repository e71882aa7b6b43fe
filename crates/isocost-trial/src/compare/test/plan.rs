//! A test and its settings.

use isocost_stats::bootstrap::Resampling;
use isocost_stats::{Alpha, StatsError, StatsResult};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::TestKind;

/// The values that a metric can take, declared before looking.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Bounds {
    low: f64,
    high: f64,
}

impl Bounds {
    /// Refuses ends that are not finite, or not in ascending order.
    pub fn new(low: f64, high: f64) -> StatsResult<Self> {
        if low.is_finite() && high.is_finite() && low < high {
            Ok(Self { low, high })
        } else {
            Err(StatsError::OutOfRange {
                name: "the upper bound",
                value: high,
                range: "finite and above the lower one",
            })
        }
    }

    /// Lower end.
    pub fn low(self) -> f64 {
        self.low
    }

    /// Upper end.
    pub fn high(self) -> f64 {
        self.high
    }

    /// Whether the closed interval holds the value.
    pub fn contains(self, value: f64) -> bool {
        self.low <= value && value <= self.high
    }
}

impl Default for Bounds {
    /// From 0 to 1, as a rate or a score.
    fn default() -> Self {
        Self { low: 0.0, high: 1.0 }
    }
}

impl std::fmt::Display for Bounds {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}, {}", self.low, self.high)
    }
}

/// A test and its settings.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TestPlan {
    /// The test.
    pub kind: TestKind,
    /// The level of intervals is 1 − alpha.
    pub alpha: Alpha,
    /// Replicates and seed of the bootstrap and of sampled sign flips.
    pub resampling: Resampling,
    /// The free column that names each item's cluster; only [`TestKind::Cluster`] reads it.
    pub cluster: Option<String>,
    /// The free column whose values order the items in time; only [`TestKind::AlwaysValid`] reads it. Within one value, and without such a
    /// column, items are ordered by a hash of their id.
    pub order: Option<String>,
    /// What the metric can be; only [`TestKind::AlwaysValid`] reads it.
    pub bounds: Bounds,
}
