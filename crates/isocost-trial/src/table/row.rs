//! One outcome.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::store::RowView;
use crate::{Arm, Budget, CostUnit, ItemId, Metric, Seed, Split};

/// One outcome, as a program that writes a table states it: a row of CSV, or a line of JSON Lines.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct OutcomeRow {
    /// The item.
    pub item: ItemId,
    /// The seed; empty if there is none.
    pub seed: Seed,
    /// The arm.
    pub arm: Arm,
    /// The budget setting; empty if there is none.
    pub budget: Budget,
    /// What was spent on the item, finite and at least 0; `None` if not measured.
    pub cost: Option<f64>,
    /// What cost is counted in.
    pub cost_unit: CostUnit,
    /// The split.
    pub split: Split,
    /// The metric.
    pub metric: Metric,
    /// Its value, finite; `None` if there is none.
    pub value: Option<f64>,
    /// Further columns by name.
    #[serde(flatten)]
    pub extra: BTreeMap<String, String>,
}

impl From<RowView<'_>> for OutcomeRow {
    fn from(row: RowView<'_>) -> Self {
        Self {
            item: row.item().into(),
            seed: row.seed().into(),
            arm: row.arm().into(),
            budget: row.budget().into(),
            cost: row.cost(),
            cost_unit: row.cost_unit().into(),
            split: row.split().into(),
            metric: row.metric().into(),
            value: row.value(),
            extra: row.free_cells().map(|(name, text)| (name.to_owned(), text.to_owned())).collect(),
        }
    }
}
