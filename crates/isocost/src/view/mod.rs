//! From results to what `isocost-report` shows.

mod claims;
mod looks;

pub(crate) use claims::{claim, comparison, verdict};
pub(crate) use looks::{look_summary, looks, story};
