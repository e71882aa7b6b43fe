//! Outcome tables, equal cost, comparisons, looks and verdicts.

pub mod compare;
mod names;
pub mod table;

pub use compare::{Analysis, Comparison, CostTolerance, Selection, TestKind, TestPlan};
pub use names::{Arm, Budget, ClaimId, CostUnit, Family, ItemId, Metric, Seed, Split};
pub use table::{OutcomeRow, OutcomeTable, TableError, write_csv};
