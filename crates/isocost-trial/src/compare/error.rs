//! Why two arms cannot be compared.

use isocost_stats::StatsError;

use super::Names;
use crate::{Arm, Metric, Split};

/// Why two arms cannot be compared.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum CompareError {
    /// A column has several values and the comparison does not say which is meant.
    #[error("{column} is not named and the table has several: {}", listed(.found))]
    Ambiguous {
        /// `metric`, `split` or `budget of ARM`.
        column: String,
        /// What the table has.
        found: Vec<String>,
    },
    /// The arm has no row there.
    #[error("arm `{arm}` has no rows for {wanted}; there {}", there(.found))]
    NoRows {
        /// The arm.
        arm: Arm,
        /// Metric, split and budget that were asked for.
        wanted: String,
        /// Arms that have rows there.
        found: Vec<String>,
    },
    /// The table has no row at all for the metric.
    #[error("there are no rows of metric `{0}`")]
    NoMetric(Metric),
    /// The table has no row at all for the split.
    #[error("there are no rows of split `{0}`")]
    NoSplit(Split),
    /// Nothing is left after pairing.
    #[error("`{left}` and `{right}` share no item with a value under every shared seed ({why})")]
    NothingPaired {
        /// The left arm.
        left: Arm,
        /// The right arm.
        right: Arm,
        /// What was left out.
        why: String,
    },
    /// The table has no such free column.
    #[error("the table has no free column `{column}`; there {}", free(.found))]
    NoColumn {
        /// What was asked for.
        column: String,
        /// The free columns.
        found: Vec<String>,
    },
    /// A free column says two things of one item.
    #[error("column `{column}` has several values for one item ({items}); an item belongs to one group")]
    TornColumn {
        /// The column.
        column: String,
        /// The items.
        items: Names,
    },
    /// The declared test does not fit these data.
    #[error("the {test} test does not fit: {why}")]
    Unfit {
        /// The test.
        test: &'static str,
        /// Why, and what would fit.
        why: String,
    },
    /// The statistics refuse the numbers.
    #[error(transparent)]
    Stats(#[from] StatsError),
}

fn listed(names: &[String]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

fn there(found: &[String]) -> String {
    match found {
        [] => "are none of any arm".to_owned(),
        [one] => format!("is only `{one}`"),
        several => format!("are {}", listed(several)),
    }
}

fn free(found: &[String]) -> String {
    match found {
        [] => "are none".to_owned(),
        [one] => format!("is only `{one}`"),
        several => format!("are {}", listed(several)),
    }
}
