//! Whether two arms cost the same, by what was measured on the paired cells, and what to do where they do not.

mod cells;
mod check;
mod matching;
mod report;

pub use cells::CostCells;
pub use check::{CostCheck, CostSummary, CostTerms, CostTolerance};
pub use matching::Remedy;
pub use report::{BudgetReport, Overspend};

pub(super) use check::summary;
