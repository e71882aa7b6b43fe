//! What is wrong with a ledger, found on its text alone.
//!
//! Parsed ledgers in, findings and looks out. Nothing here touches disk, clock or process.

mod draft;
mod finding;
mod kinds;

pub use finding::{Finding, Location, Severity};
pub use kinds::{Kind, find_kind, kinds};
