//! Every quantity of the batch, in full precision.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A value, or why there is none.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Quantity<T> {
    /// It is defined.
    Known(T),
    /// It is not.
    Undefined {
        /// The reason.
        undefined: String,
    },
}

impl<T> Quantity<T> {
    pub(crate) fn none(reason: impl Into<String>) -> Self {
        Self::Undefined { undefined: reason.into() }
    }

    pub(crate) fn or(value: Option<T>, reason: &str) -> Self {
        value.map_or_else(|| Self::none(reason), Self::Known)
    }

    /// The value, if there is one.
    pub fn known(&self) -> Option<&T> {
        match self {
            Self::Known(value) => Some(value),
            Self::Undefined { .. } => None,
        }
    }

    /// The value, or the reason why there is none.
    pub fn get(&self) -> Result<&T, &str> {
        match self {
            Self::Known(value) => Ok(value),
            Self::Undefined { undefined } => Err(undefined),
        }
    }
}

/// Numbers of puzzles: A settled and correct, B settled and wrong, C unsettled and correct, D unsettled and wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[expect(non_snake_case, reason = "the study's names of the cells")]
#[serde(deny_unknown_fields)]
pub struct Cells {
    /// Settled and correct.
    pub A: u64,
    /// Settled and wrong.
    pub B: u64,
    /// Unsettled and correct.
    pub C: u64,
    /// Unsettled and wrong.
    pub D: u64,
}

/// A threshold on late drift and what it separates. A puzzle is settled strictly below it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Threshold {
    /// Otsu's threshold: the centre of a bin, possibly inside the lower group.
    pub tau: f64,
    /// Middle of the gap between both groups.
    pub gap_midpoint: f64,
    /// The four cells at `tau`.
    pub cells: Cells,
    /// The four cells at `gap_midpoint`.
    pub cells_at_midpoint: Cells,
    /// Median exponent of cell A.
    pub median_lambda_a: Quantity<f64>,
    /// Median exponent of cell D.
    pub median_lambda_d: Quantity<f64>,
}

/// One definition of late drift (log10).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Settling {
    /// Width of the values, `<f4` or `<f8`.
    pub dtype: String,
    /// Smallest.
    pub min: f64,
    /// Largest.
    pub max: f64,
    /// 45th percentile, or another that was asked for.
    pub strict_percentile: f64,
    /// The threshold.
    pub threshold: Quantity<Threshold>,
}

/// What is computed of every file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FileValues {
    /// Puzzles.
    pub n: u64,
    /// Puzzles with label 1.
    pub n_correct: u64,
    /// Puzzles with label 0.
    pub n_wrong: u64,
    /// Mean label.
    pub accuracy: f64,
    /// Chance that a correct puzzle has a smaller exponent than a wrong one.
    pub auc: Quantity<f64>,
    /// Median exponent of the wrong puzzles.
    pub median_lambda_wrong: Quantity<f64>,
    /// Median exponent of the correct puzzles.
    pub median_lambda_correct: Quantity<f64>,
    /// Late drift of the high level.
    #[serde(rename = "zH")]
    pub z_h: Quantity<Settling>,
    /// Late drift of the low level.
    #[serde(rename = "zL")]
    pub z_l: Quantity<Settling>,
    /// Late drift of both levels.
    pub combined: Quantity<Settling>,
    /// Settled wrong puzzles under the strict threshold.
    pub strict_settled_wrong: Quantity<u64>,
}

/// A bootstrap percentile interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Bootstrap {
    /// 2.5th percentile.
    pub low: f64,
    /// 97.5th percentile.
    pub high: f64,
    /// Resamples in which the statistic is defined.
    pub replicates: u64,
}

/// A share of the wrong puzzles.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Share {
    /// Settled wrong puzzles.
    pub events: Quantity<u64>,
    /// Wrong puzzles.
    pub of: u64,
    /// Their ratio.
    pub share: Quantity<f64>,
    /// One-sided 95 % upper bound (Clopper–Pearson).
    pub upper_bound: Quantity<f64>,
}

/// The TRM file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TrmValues {
    /// Settled wrong puzzles, by the threshold of the high level.
    pub settled_wrong: Share,
    /// Upper bound if there were none, as the original script prints it.
    pub bound_after_no_event: Quantity<f64>,
    /// Interval of the AUC.
    pub auc_interval: Quantity<Bootstrap>,
    /// Interval of the median exponent of wrong puzzles.
    pub median_wrong_interval: Quantity<Bootstrap>,
    /// Interval of the median exponent of correct puzzles.
    pub median_correct_interval: Quantity<Bootstrap>,
}

/// The HRM file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HrmValues {
    /// The strict threshold: a percentile of late drift of all puzzles.
    pub tau_strict: Quantity<f64>,
    /// Settled wrong puzzles under it.
    pub strict: Share,
    /// Interval of the share, the threshold held fixed.
    pub strict_interval: Quantity<Bootstrap>,
    /// Interval of the AUC.
    pub auc_interval: Quantity<Bootstrap>,
}

/// One file of the matched comparison.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SpectrumValues {
    /// What the report calls it.
    pub label: String,
    /// Its place, relative to the root: the key in `files`.
    pub path: String,
    /// Whether the file is there.
    pub found: bool,
}

/// The batch.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Values {
    /// `isocost/recursion-e1/1`.
    pub schema: String,
    /// Resamples of each interval.
    pub replicates: u64,
    /// Seed of the generator.
    pub seed: u64,
    /// The TRM file.
    pub trm: TrmValues,
    /// The HRM file.
    pub hrm: HrmValues,
    /// The matched comparison.
    pub spectrum: Vec<SpectrumValues>,
    /// Every file by its place relative to the root.
    pub files: BTreeMap<String, FileValues>,
    /// Where the data contradict what the original script prints as constants, and what else a reader should know.
    pub warnings: Vec<String>,
}
