//! The outcome table: one row an image, seed, arm and budget.

use std::collections::BTreeMap;

use isocost_study_budget::Cascade;
use isocost_trial::OutcomeRow;

use crate::replicate::ArmRun;
use crate::{ItemId, Split, StudyResult};

/// Name of the table.
pub(crate) const FILE: &str = "outcomes.csv";

/// The rows. `budget` is the share of a full look; `cost` is in tokens; `value` of `accuracy` is 1 for a right answer and
/// 0 for a wrong one.
pub(crate) fn rows(
    runs: &[ArmRun],
    items: &[ItemId],
    split: Split,
    prices: Cascade,
) -> StudyResult<Vec<OutcomeRow>> {
    let mut rows = Vec::with_capacity(runs.len() * items.len());
    for run in runs {
        for ((item, path), right) in items.iter().zip(&run.paths).zip(&run.right) {
            rows.push(OutcomeRow {
                item: item.to_string().into(),
                seed: run.seed.to_string().into(),
                arm: run.arm.name().into(),
                budget: run.budget.to_string().into(),
                cost: Some(path.tokens(prices)?.get() as f64),
                cost_unit: "tokens".into(),
                split: split.to_string().into(),
                metric: "accuracy".into(),
                value: Some(if *right { 1.0 } else { 0.0 }),
                extra: BTreeMap::new(),
            });
        }
    }
    Ok(rows)
}
