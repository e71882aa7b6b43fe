//! Which visual setting each window of a long video is looked at, within a budget.

mod error;
mod exact;
mod greedy;
mod lagrangian;
mod model;
mod report;

pub use error::{WindowError, WindowResult};
pub use exact::solve as exact;
pub use greedy::solve as greedy;
pub use lagrangian::{Search, solve as lagrangian};
pub use model::{Dropping, Problem, TimeWindow, VisualConfig, split_anchor_budget};
pub use report::{Allocation, Report};

#[cfg(test)]
mod tests;
