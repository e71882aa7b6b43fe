//! Whether two arms cost the same, by what was measured on the paired cells.

use isocost_stats::{Quartiles, StatsError, StatsResult, mean};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::pair::{Pairing, Side};
use crate::CostUnit;

/// The accepted relative difference of mean costs, at least 0. The default is 1 %.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "f64", into = "f64")]
#[schemars(extend("minimum" = 0))]
pub struct CostTolerance(f64);

impl CostTolerance {
    /// Checks that the value is finite and at least 0.
    pub fn new(relative: f64) -> StatsResult<Self> {
        if relative.is_finite() && relative >= 0.0 {
            Ok(Self(relative))
        } else {
            Err(StatsError::OutOfRange {
                name: "cost tolerance",
                value: relative,
                range: "finite and at least 0",
            })
        }
    }

    /// The relative difference.
    pub fn get(self) -> f64 {
        self.0
    }
}

impl Default for CostTolerance {
    fn default() -> Self {
        Self(0.01)
    }
}

impl TryFrom<f64> for CostTolerance {
    type Error = StatsError;
    fn try_from(relative: f64) -> StatsResult<Self> {
        Self::new(relative)
    }
}

impl From<CostTolerance> for f64 {
    fn from(tolerance: CostTolerance) -> Self {
        tolerance.0
    }
}

/// What an arm spent per cell.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CostSummary {
    /// What is counted.
    pub unit: CostUnit,
    /// Mean over the paired cells.
    pub mean: f64,
    /// Spread over the paired cells.
    pub spread: Quartiles,
}

/// Whether the arms cost the same.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum CostCheck {
    /// The mean costs differ by no more than the tolerance.
    Equal {
        /// (left − right) / the larger of both; 0 where both cost nothing.
        by: f64,
    },
    /// They differ by more.
    Unequal {
        /// (left − right) / the larger of both.
        by: f64,
        /// What was accepted.
        tolerance: f64,
    },
    /// Some paired cells have no cost.
    NotMeasured {
        /// Cells of the left arm without cost.
        left: usize,
        /// Cells of the right arm without cost.
        right: usize,
        /// Number of cells of each arm.
        cells: usize,
    },
    /// Costs are counted in different units.
    UnitMismatch {
        /// Units of the left arm.
        left: Vec<CostUnit>,
        /// Units of the right arm.
        right: Vec<CostUnit>,
    },
}

impl CostCheck {
    /// Compares the mean cost of both arms over the paired cells.
    pub fn of(pairing: &Pairing, tolerance: CostTolerance) -> Self {
        let (left, right) = (&pairing.left, &pairing.right);
        let missing = |side: &Side| side.costs.iter().filter(|cost| cost.is_none()).count();
        if missing(left) + missing(right) > 0 {
            return Self::NotMeasured { left: missing(left), right: missing(right), cells: left.costs.len() };
        }
        if left.units != right.units || left.units.len() > 1 {
            let units = |side: &Side| side.units.iter().cloned().collect();
            return Self::UnitMismatch { left: units(left), right: units(right) };
        }
        let by = relative(mean_cost(left), mean_cost(right));
        // The last digits of two means may differ by rounding alone.
        if by.abs() <= tolerance.get() + 1e-12 {
            Self::Equal { by }
        } else {
            Self::Unequal { by, tolerance: tolerance.get() }
        }
    }
}

impl std::fmt::Display for CostCheck {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let percent = |by: f64| 100.0 * by.abs();
        let listed = |units: &[CostUnit]| units.iter().map(CostUnit::as_str).collect::<Vec<_>>().join(", ");
        match self {
            Self::Equal { by } => write!(f, "the arms cost the same, within {:.2} %", percent(*by)),
            Self::Unequal { by, tolerance } => write!(
                f,
                "the left arm costs {} than the right, by {:.2} % of the dearer; {:.2} % are accepted",
                if *by > 0.0 { "more" } else { "less" },
                percent(*by),
                percent(*tolerance)
            ),
            Self::NotMeasured { left, right, cells } => write!(
                f,
                "cost is not measured in {left} of {cells} cells of the left and {right} of {cells} cells of the right arm"
            ),
            Self::UnitMismatch { left, right } => {
                write!(f, "the left arm counts cost in {}, the right in {}", listed(left), listed(right))
            }
        }
    }
}

pub(super) fn summary(side: &Side) -> Option<CostSummary> {
    let costs: Vec<f64> = side.costs.iter().copied().collect::<Option<_>>()?;
    let unit = side.units.iter().next().filter(|_| side.units.len() == 1)?;
    Some(CostSummary { unit: unit.clone(), mean: mean(&costs)?, spread: Quartiles::of(&costs).ok()? })
}

fn mean_cost(side: &Side) -> f64 {
    let costs: Vec<f64> = side.costs.iter().flatten().copied().collect();
    mean(&costs).unwrap_or_default()
}

fn relative(left: f64, right: f64) -> f64 {
    let larger = left.max(right);
    if larger > 0.0 { (left - right) / larger } else { 0.0 }
}
