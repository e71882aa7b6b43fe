//! Why a table is no trial.

use crate::compare::CompareError;
use crate::{Arm, Metric, Split};

/// Why a table is no trial.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum TrialError {
    /// There are no rows.
    #[error("the table has no rows")]
    Empty,
    /// Nothing says what the others are compared with.
    #[error("which arm is the baseline? name one of {}", listed(.0))]
    NoBaseline(Vec<Arm>),
    /// The table does not have the arm.
    #[error("the table has no arm `{arm}`; there are {}", listed(.found))]
    NoSuchArm {
        /// What was asked for.
        arm: Arm,
        /// The arms.
        found: Vec<Arm>,
    },
    /// One arm alone.
    #[error("the table has only the arm `{0}`: there is nothing to compare it with")]
    OneArm(Arm),
    /// The table does not have the metric.
    #[error("there are no rows of metric `{0}`")]
    NoMetric(Metric),
    /// The table does not have the split.
    #[error("there are no rows of split `{0}`")]
    NoSplit(Split),
    /// The declared method does not go together.
    #[error("{0}")]
    Method(String),
    /// Arms cannot be compared for a reason that concerns the whole trial.
    #[error(transparent)]
    Compare(#[from] CompareError),
}

fn listed(arms: &[Arm]) -> String {
    arms.iter().map(|arm| format!("`{arm}`")).collect::<Vec<_>>().join(", ")
}
