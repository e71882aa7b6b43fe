//! A metric against its cost.

use schemars::JsonSchema;
use serde::Serialize;

use super::Interval;

/// An arm at one budget.
#[derive(Debug, Clone, PartialEq, Default, Serialize, JsonSchema)]
pub struct ParetoPoint {
    /// The arm.
    pub arm: String,
    /// The budget, as written.
    pub budget: String,
    /// Measured mean cost.
    pub cost: f64,
    /// Mean of the metric.
    pub value: f64,
    /// Interval of the mean.
    pub interval: Option<Interval>,
    /// Whether no other point is at least as good for at most the cost.
    pub on_front: bool,
}

/// All points of one metric.
#[derive(Debug, Clone, PartialEq, Default, Serialize, JsonSchema)]
pub struct ParetoSeries {
    /// The metric's name.
    pub metric: String,
    /// The split's name.
    pub split: String,
    /// The unit of the costs.
    pub cost_unit: String,
    /// The points, in any order.
    pub points: Vec<ParetoPoint>,
}
