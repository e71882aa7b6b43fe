//! What is wrong with a ledger, found on its text alone.
//!
//! Parsed ledgers in, findings and looks out. Nothing here touches disk, clock or process.

mod finding;

pub use finding::{Finding, Location, Severity};
