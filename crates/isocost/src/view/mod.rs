//! From results to what `isocost-report` shows.

mod looks;

pub(crate) use looks::{look_summary, looks, story};
