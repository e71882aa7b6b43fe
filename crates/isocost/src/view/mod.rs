//! From results to what `isocost-report` shows.

mod claims;
pub(crate) mod compare;
mod looks;
mod method;
mod report;
mod trial;

pub(crate) use claims::{claim, comparison, verdict};
pub(crate) use looks::{look_summary, looks, story, text_looks};
pub(crate) use method::methods;
pub(crate) use report::{comparisons, on_record, pareto, recorded_looks, runs};
pub(crate) use trial::{fronts, selftest_rows, trial_head, trial_rows};
