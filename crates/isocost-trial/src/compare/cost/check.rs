//! The verdict on cost.

use isocost_stats::{Quartiles, StatsError, StatsResult, mean};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::cells::CostCells;
use crate::CostUnit;
use crate::compare::pair::{Pairing, Side};

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

/// What is asked of the costs of two arms.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CostTerms {
    /// The accepted relative difference of mean costs.
    pub tolerance: CostTolerance,
    /// The accepted relative difference in every single cell; `None` asks only for equal means.
    pub cells: Option<CostTolerance>,
    /// What cost must be counted in; `None` accepts any unit that both arms share.
    pub unit: Option<CostUnit>,
}

impl From<CostTolerance> for CostTerms {
    fn from(tolerance: CostTolerance) -> Self {
        Self { tolerance, ..Self::default() }
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
    /// The means agree, and single cells differ by more than was declared for them.
    UnequalCells {
        /// Share of the paired cells that do, in 0..1.
        share: f64,
        /// The largest relative difference of a cell, with its sign.
        largest: f64,
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
    /// Both arms count cost in another unit than the one that was declared.
    WrongUnit {
        /// What was declared.
        declared: CostUnit,
        /// What the table has.
        found: CostUnit,
    },
}

impl CostCheck {
    /// Compares the costs of both arms over the paired cells.
    pub fn of(pairing: &Pairing, terms: impl Into<CostTerms>) -> Self {
        let terms = terms.into();
        let (left, right) = (&pairing.left, &pairing.right);
        let missing = |side: &Side| side.costs.iter().filter(|cost| cost.is_none()).count();
        if missing(left) + missing(right) > 0 {
            return Self::NotMeasured { left: missing(left), right: missing(right), cells: left.costs.len() };
        }
        if left.units != right.units || left.units.len() > 1 {
            let units = |side: &Side| side.units.iter().cloned().collect();
            return Self::UnitMismatch { left: units(left), right: units(right) };
        }
        let found = left.units.iter().next();
        if let (Some(declared), Some(found)) = (terms.unit, found)
            && declared != *found
        {
            return Self::WrongUnit { declared, found: found.clone() };
        }
        let by = relative(mean_cost(left), mean_cost(right));
        if is_beyond(by, terms.tolerance) {
            return Self::Unequal { by, tolerance: terms.tolerance.get() };
        }
        let cells = terms.cells.and_then(|tolerance| CostCells::of(pairing, tolerance));
        match cells.filter(|cells| cells.share_differing > 0.0) {
            Some(cells) => Self::UnequalCells {
                share: cells.share_differing,
                largest: cells.largest,
                tolerance: cells.tolerance.get(),
            },
            None => Self::Equal { by },
        }
    }

    /// Whether the arms cost the same.
    pub fn is_equal(&self) -> bool {
        matches!(self, Self::Equal { .. })
    }
}

/// The last digits of two costs may differ by rounding alone.
pub(super) fn is_beyond(by: f64, tolerance: CostTolerance) -> bool {
    by.abs() > tolerance.get() + 1e-12
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
            Self::UnequalCells { share, largest, tolerance } => write!(
                f,
                "the arms cost the same on average, and {:.1} % of the cells differ by more than {:.2} %, the largest by {:.1} %",
                100.0 * share,
                percent(*tolerance),
                percent(*largest)
            ),
            Self::WrongUnit { declared, found } => {
                write!(f, "cost is declared in {declared}, and the table counts {found}")
            }
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

pub(in crate::compare) fn summary(side: &Side) -> Option<CostSummary> {
    let costs: Vec<f64> = side.costs.iter().copied().collect::<Option<_>>()?;
    let unit = side.units.iter().next().filter(|_| side.units.len() == 1)?;
    Some(CostSummary { unit: unit.clone(), mean: mean(&costs)?, spread: Quartiles::of(&costs).ok()? })
}

pub(super) fn mean_cost(side: &Side) -> f64 {
    let costs: Vec<f64> = side.costs.iter().flatten().copied().collect();
    mean(&costs).unwrap_or_default()
}

/// (left − right) / the larger of both; 0 where both are 0.
pub(super) fn relative(left: f64, right: f64) -> f64 {
    let larger = left.max(right);
    if larger > 0.0 { (left - right) / larger } else { 0.0 }
}
