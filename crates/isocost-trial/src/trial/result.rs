//! What a trial found.

use isocost_stats::{Alpha, PValue};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::claim::Reason;
use crate::compare::{Comparison, TestKind, UnitOfTest};
use crate::frontier::ArmPoint;
use crate::{Arm, Budget, Correction, Metric, Split};

/// What a comparison of a trial came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// The arm is better than the baseline, by more than the margin if there is one, beyond chance after correction.
    Better,
    /// It is worse than the baseline, likewise.
    Worse,
    /// It is within the margin of the baseline.
    Equivalent,
    /// The evidence shows neither.
    Open,
    /// The test has no answer on these data.
    Undefined,
    /// The comparison may not be used: unequal cost, a leak.
    Invalid,
}

impl Standing {
    /// The standing as a word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Better => "better",
            Self::Worse => "worse",
            Self::Equivalent => "equivalent",
            Self::Open => "not shown",
            Self::Undefined => "undefined",
            Self::Invalid => "invalid",
        }
    }
}

/// A part of the items.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Stratum {
    /// The free column.
    pub column: String,
    /// Its value; empty for items that have none.
    pub value: String,
}

/// One arm against the baseline.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TrialRow {
    /// The arm.
    pub arm: Arm,
    /// The budget; empty where neither has one.
    pub budget: Budget,
    /// The metric.
    pub metric: Metric,
    /// The split.
    pub split: Split,
    /// The stratum; `None` for all items.
    pub stratum: Option<Stratum>,
    /// The numbers.
    pub comparison: Comparison,
    /// p after correction over all rows of the trial; `None` where the test is undefined.
    pub p_adjusted: Option<PValue>,
    /// What it came to.
    pub standing: Standing,
    /// Why it may not be used, and what else a reader must know.
    pub reasons: Vec<String>,
}

/// A comparison that could not be made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Skipped {
    /// What it would have been.
    pub what: String,
    /// Why not.
    pub why: String,
}

/// How a trial was decided.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TrialSettings {
    /// What all others are compared with.
    pub baseline: Arm,
    /// The test.
    pub test: TestKind,
    /// What it generalises over.
    pub unit: UnitOfTest,
    /// What a small p of it says.
    pub says: String,
    /// How the rows are corrected together.
    pub correction: Correction,
    /// Why that is not the correction that was asked for, if it is not.
    pub correction_note: Option<String>,
    /// Rows that are corrected together.
    pub family_size: usize,
    /// What the adjusted p must be below.
    pub alpha: Alpha,
    /// What an arm must be better by.
    pub margin: f64,
    /// The accepted relative difference of mean costs; `None` if costs need not be equal.
    pub cost_tolerance: Option<f64>,
    /// Items left out by name.
    pub excluded: usize,
}

/// The points of one metric and split.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Frontier {
    /// The metric.
    pub metric: Metric,
    /// The split.
    pub split: Split,
    /// Every arm at every budget.
    pub points: Vec<ArmPoint>,
}

/// A trial.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Trial {
    /// `isocost/trial/1`.
    pub schema: String,
    /// How it was decided.
    pub settings: TrialSettings,
    /// Every comparison: by split, metric, arm and budget; all items first, then the strata.
    pub rows: Vec<TrialRow>,
    /// Comparisons that could not be made.
    pub skipped: Vec<Skipped>,
    /// Items that stand where they must not.
    pub leaks: Vec<Reason>,
    /// What each arm reaches for what it costs.
    pub frontiers: Vec<Frontier>,
}

impl Trial {
    /// Value of the field `schema`.
    pub const SCHEMA: &'static str = "isocost/trial/1";

    /// Rows of all items whose standing is this.
    pub fn count(&self, standing: Standing) -> usize {
        self.rows.iter().filter(|row| row.stratum.is_none() && row.standing == standing).count()
    }
}
