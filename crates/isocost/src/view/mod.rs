//! From results to what `isocost-report` shows.

mod claims;
pub(crate) mod compare;
mod looks;
mod report;

pub(crate) use claims::{claim, comparison, verdict};
pub(crate) use looks::{look_summary, looks, story, text_looks};
pub(crate) use report::{comparisons, on_record, pareto, recorded_looks, runs};
