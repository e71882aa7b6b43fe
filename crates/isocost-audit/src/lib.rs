//! What is wrong with a ledger, found on its text alone.
//!
//! Parsed ledgers in, findings and looks out. Nothing here touches disk, clock or process.

mod audit;
mod context;
mod detect;
mod draft;
mod evaluation;
mod finding;
mod kinds;
mod looks;
mod run_dir;
mod words;

pub use audit::{Audit, Census, Checkable, audit};
pub use finding::{Finding, Location, Severity};
pub use isocost_ledger::model::Stamp;
pub use kinds::{Kind, find_kind, kinds};
pub use looks::{Arms, Look, LookCounts, LookKind, LookSummary, Rerun, Verdict, looks, summaries};
