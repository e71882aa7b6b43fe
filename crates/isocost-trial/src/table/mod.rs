//! Outcome tables: one row per item, seed, arm, budget, metric and split.

mod assemble;
mod beside;
mod block;
mod csv;
mod datum;
mod duplicates;
mod error;
mod header;
mod intern;
mod jsonl;
mod packed;
mod parquet;
mod pipeline;
mod places;
mod projection;
mod read;
mod row;
mod rows;
mod split;
mod store;
mod write;

pub use beside::{ArmOf, Seeds};
pub use error::{Column, TableError, TableProblem};
pub use header::{ColumnMap, Origin};
pub use projection::{FreeColumns, Projection};
pub use read::{TableFormat, TableReader};
pub use row::OutcomeRow;
pub use rows::TableBuilder;
pub use store::{OutcomeTable, RowView, TableSource};
pub use write::{to_csv, to_jsonl, write_csv, write_rows};

pub(crate) use intern::Symbol;

#[cfg(test)]
mod tests;
