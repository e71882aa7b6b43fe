//! Two arms on the same items and seeds: paired, at equal cost, with an interval.

pub(crate) mod column;
mod cost;
mod error;
mod pair;
mod replicate;
mod result;
mod select;
mod test;
mod unpaired;

pub use cost::{
    BudgetReport, CostCells, CostCheck, CostSummary, CostTerms, CostTolerance, Overspend, Remedy,
};
pub use error::CompareError;
pub(crate) use pair::{Cell, cells_of_arm};
pub use pair::{Pairing, Side};
pub use replicate::Replication;
pub use result::{Analysis, ArmSummary, Comparison, Note};
pub use select::Selection;
pub use test::{Bounds, TestKind, TestPlan, Undefined, UnitOfTest};
pub use unpaired::{Names, Unpaired};

#[cfg(test)]
mod tests;
