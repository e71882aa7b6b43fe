//! What is shown: plain data that the command line fills.
//!
//! All numbers arrive computed. NaN and `None` both mean "not known" and are shown as a dash.

mod claim;
mod comparison;
mod finding;
mod look;
mod pareto;
mod report;
mod run;
mod trial;

pub use claim::{ClaimView, Interval, VerdictKind};
pub use comparison::{ComparisonView, CostVerdict};
pub use finding::{FindingCount, SeverityView};
pub use look::{LookKind, LookSummary, LookView};
pub use pareto::{ParetoPoint, ParetoSeries};
pub use report::{LedgerFacts, Report};
pub use run::{LogLink, RunOutcome, RunView, StatusRow};
pub use trial::{SelftestRowView, StandingTone, TrialRowView};
