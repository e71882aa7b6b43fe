//! Outcome tables, equal cost, comparisons, looks and verdicts.

mod names;
pub mod table;

pub use names::{Arm, Budget, ClaimId, CostUnit, Family, ItemId, Metric, Seed, Split};
pub use table::{OutcomeRow, OutcomeTable, TableError, write_csv};
