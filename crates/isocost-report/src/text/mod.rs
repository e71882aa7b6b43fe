//! Tables for terminals, aligned by display width.

mod layout;
mod paint;
mod wrap;

use isocost_audit::Finding;

pub use layout::{Layout, Width};
pub use paint::Paint;

use crate::model::{
    ClaimView, ComparisonView, FindingCount, LookSummary, LookView, ParetoSeries, RunView, SelftestRowView,
    StatusRow, TrialRowView,
};
use crate::tables;

/// The verdict table: one row a claim, with reasons.
pub fn verdicts(claims: &[ClaimView], layout: Layout) -> String {
    layout::render(&tables::verdicts(claims), layout)
}

/// One row a comparison.
pub fn comparisons(comparisons: &[ComparisonView], layout: Layout) -> String {
    layout::render(&tables::comparisons(comparisons), layout)
}

/// One row a look, in the order given.
pub fn looks(looks: &[LookView], layout: Layout) -> String {
    layout::render(&tables::looks(looks), layout)
}

/// One row a claim: what its looks mean.
pub fn look_summaries(summaries: &[LookSummary], layout: Layout) -> String {
    layout::render(&tables::look_summaries(summaries), layout)
}

/// One row an attempt.
pub fn runs(runs: &[RunView], layout: Layout) -> String {
    layout::render(&tables::runs(runs), layout)
}

/// One row an experiment's stage.
pub fn status(rows: &[StatusRow], layout: Layout) -> String {
    layout::render(&tables::status(rows), layout)
}

/// One row a kind of finding.
pub fn findings(findings: &[Finding], layout: Layout) -> String {
    layout::render(&tables::findings(&FindingCount::tally(findings)), layout)
}

/// One row an arm at a budget.
pub fn pareto(series: &ParetoSeries, layout: Layout) -> String {
    layout::render(&tables::pareto(series), layout)
}

/// One row a comparison of a trial.
pub fn trial(rows: &[TrialRowView], layout: Layout) -> String {
    layout::render(&tables::trial(rows), layout)
}

/// What a reader must know of a trial's rows; only the head where there is nothing.
pub fn trial_notes(rows: &[TrialRowView], layout: Layout) -> String {
    layout::render(&tables::trial_notes(rows), layout)
}

/// One row a method in a world of a self-test.
pub fn selftest(rows: &[SelftestRowView], layout: Layout) -> String {
    layout::render(&tables::selftest(rows), layout)
}
