//! Outcome tables: one row per item, seed, arm, budget, metric and split.

mod build;
mod csv;
mod error;
mod intern;
mod jsonl;
mod read;
mod row;
mod store;
mod write;

pub use error::{Column, TableError, TableProblem};
pub use row::OutcomeRow;
pub use store::{OutcomeTable, RowView, TableSource};
pub use write::{to_csv, write_csv};

pub(crate) use intern::Symbol;

#[cfg(test)]
mod tests;
