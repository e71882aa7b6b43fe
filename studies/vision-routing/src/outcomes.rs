//! The outcome table: one row an image, seed, arm and budget.

use isocost_study_budget::Cascade;

use crate::replicate::ArmRun;
use crate::{ItemId, Split, StudyError, StudyResult};

/// Name of the table.
pub(crate) const FILE: &str = "outcomes.csv";

const HEADER: [&str; 9] = ["item", "seed", "arm", "budget", "cost", "cost_unit", "split", "metric", "value"];

/// The table as CSV. `budget` is the share of a full look; `cost` is in tokens; `value` of `accuracy` is 1 for a right
/// answer and 0 for a wrong one.
pub(crate) fn table(
    runs: &[ArmRun],
    items: &[ItemId],
    split: Split,
    prices: Cascade,
) -> StudyResult<Vec<u8>> {
    let failed = |source: csv::Error| StudyError::Table { file: FILE, source };
    let mut writer = csv::WriterBuilder::new().from_writer(Vec::new());
    writer.write_record(HEADER).map_err(failed)?;
    let split = split.to_string();
    for run in runs {
        let (seed, budget) = (run.seed.to_string(), run.budget.to_string());
        for ((item, path), right) in items.iter().zip(&run.paths).zip(&run.right) {
            let (item, cost) = (item.to_string(), path.tokens(prices)?.to_string());
            let value = if *right { "1" } else { "0" };
            let record = [&item, &seed, run.arm.name(), &budget, &cost, "tokens", &split, "accuracy", value];
            writer.write_record(record).map_err(failed)?;
        }
    }
    writer.into_inner().map_err(|error| failed(error.into_error().into()))
}
