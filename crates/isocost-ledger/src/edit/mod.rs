//! Writing outcomes back into a ledger: only boxes, `results` fields and rows of the Results table change.
//!
//! Pure: edits are planned on a parsed ledger and applied to its text. Planning the same outcome again on the result
//! plans nothing.

mod apply;
mod plan;
mod results;
mod row;
#[cfg(test)]
mod tests;

pub use apply::{Edit, EditError, apply};
pub use plan::{ClaimChange, EntryChange, Tick, plan_claims, plan_edits};
pub use row::ResultRow;
