//! Two arms on the same items and seeds: paired, at equal cost, with an interval.

mod cost;
mod error;
mod fit;
mod pair;
mod replicate;
mod result;
mod select;
mod unpaired;

pub use cost::{CostCheck, CostSummary, CostTolerance};
pub use error::CompareError;
pub use fit::{TestKind, TestPlan, UnitOfTest};
pub use pair::{Pairing, Side};
pub use replicate::Replication;
pub use result::{Analysis, ArmSummary, Comparison, Note};
pub use select::Selection;
pub use unpaired::{Names, Unpaired};

#[cfg(test)]
mod tests;
