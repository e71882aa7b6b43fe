//! What is wrong with a ledger, found on its text alone.
//!
//! Parsed ledgers in, findings and looks out. Nothing here touches disk, clock or process.

mod draft;
mod context;
mod evaluation;
mod finding;
mod kinds;
mod looks;
mod run_dir;
mod words;

pub use finding::{Finding, Location, Severity};
pub use kinds::{Kind, find_kind, kinds};
pub use looks::{Arms, Look, LookCounts, LookKind, LookSummary, Rerun, Verdict, looks, summaries};
pub use run_dir::Stamp;
