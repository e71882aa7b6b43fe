//! Looks: evaluations whose result on a protected split was read. `docs/looks.md` says what counts.

mod claim;
mod collect;
mod look;
mod summary;

pub use look::{Arms, Look, LookCounts, LookKind};
pub use summary::{LookSummary, Rerun, Verdict};

use isocost_ledger::model::Ledger;

use crate::context::Context;

/// Every evaluation on a protected split that the ledgers report, in time order; smoke runs are left out.
///
/// Order: the stamp of the run directory; evaluations without one come after those with one, in document order.
pub fn looks(ledgers: &[Ledger]) -> Vec<Look> {
    collect::looks(&Context::new(ledgers))
}

/// What the looks mean for each claim and split, by claim and split.
pub fn summaries(ledgers: &[Ledger]) -> Vec<LookSummary> {
    let context = Context::new(ledgers);
    let looks = collect::looks(&context);
    summary::summaries(&context, &looks)
}

pub(crate) use claim::{claim_in, declarations, threshold_in};
pub(crate) use collect::looks as looks_of;
pub(crate) use summary::summaries as summaries_of;
