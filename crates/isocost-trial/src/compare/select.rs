//! Which rows a comparison is about.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::CompareError;
use crate::table::{OutcomeTable, RowView};
use crate::{Arm, Budget, Metric, Seed, Split};

/// Which rows a comparison is about. What is `None` must be the only one in the table.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Selection {
    /// The arm whose advantage is asked for: delta is left − right.
    pub left: Arm,
    /// The arm it is compared with.
    pub right: Arm,
    /// The budget of both arms. An arm without any budget setting takes part at every budget.
    pub budget: Option<Budget>,
    /// The metric.
    pub metric: Option<Metric>,
    /// The split.
    pub split: Option<Split>,
    /// Only this seed; `None` for all.
    pub seed: Option<Seed>,
}

impl Selection {
    /// Two arms, everything else to be the only one in the table.
    pub fn arms(left: impl Into<Arm>, right: impl Into<Arm>) -> Self {
        Self { left: left.into(), right: right.into(), budget: None, metric: None, split: None, seed: None }
    }

    /// Fills in metric and split where the table has only one.
    pub(crate) fn resolved(&self, table: &OutcomeTable) -> Result<Self, CompareError> {
        let metric = match &self.metric {
            Some(metric) => metric.clone(),
            None => only("metric", table.distinct(|_| true, RowView::metric))?.into(),
        };
        let splits = table.distinct(|row| row.metric() == metric.as_str(), RowView::split);
        let split = match &self.split {
            Some(split) => split.clone(),
            None if splits.is_empty() => return Err(CompareError::NoMetric(metric)),
            None => only("split", splits)?.into(),
        };
        Ok(Self { metric: Some(metric), split: Some(split), ..self.clone() })
    }

    /// The words of a message: metric, split and budget.
    pub(super) fn place(&self) -> String {
        let named = [
            ("metric", self.metric.as_ref().map(Metric::as_str)),
            ("split", self.split.as_ref().map(Split::as_str)),
            ("budget", self.budget.as_ref().map(Budget::as_str)),
            ("seed", self.seed.as_ref().map(Seed::as_str)),
        ];
        let words = named.iter().filter_map(|(name, value)| value.map(|value| format!("{name} `{value}`")));
        words.collect::<Vec<_>>().join(", ")
    }
}

impl std::fmt::Display for Selection {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} − {}", self.left, self.right)?;
        let place = self.place();
        if place.is_empty() { Ok(()) } else { write!(f, " ({place})") }
    }
}

fn only(column: &str, found: Vec<&str>) -> Result<String, CompareError> {
    match found.as_slice() {
        [only] => Ok((*only).to_owned()),
        _ => Err(CompareError::Ambiguous {
            column: column.to_owned(),
            found: found.into_iter().map(str::to_owned).collect(),
        }),
    }
}

/// The budget under which an arm's rows are taken: the one asked for, none if the arm has no budget setting, or the only one it has.
pub(super) fn budget_of(
    table: &OutcomeTable,
    selection: &Selection,
    arm: &Arm,
) -> Result<Budget, CompareError> {
    let here = |row: &RowView<'_>| {
        selection.metric.as_ref().is_none_or(|metric| row.metric() == metric.as_str())
            && selection.split.as_ref().is_none_or(|split| row.split() == split.as_str())
    };
    let budgets = table.distinct(|row| here(row) && row.arm() == arm.as_str(), RowView::budget);
    let no_rows = || CompareError::NoRows {
        arm: arm.clone(),
        wanted: selection.place(),
        found: table.distinct(here, RowView::arm).into_iter().map(str::to_owned).collect(),
    };
    match (&selection.budget, budgets.as_slice()) {
        (_, []) => Err(no_rows()),
        (Some(wanted), found) if found.contains(&wanted.as_str()) => Ok(wanted.clone()),
        (Some(_), found) if found.contains(&"") => Ok(Budget::from("")),
        (Some(_), _) => Err(no_rows()),
        (None, [only]) => Ok((*only).into()),
        (None, _) => only(&format!("budget of `{arm}`"), budgets).map(Budget::from),
    }
}
