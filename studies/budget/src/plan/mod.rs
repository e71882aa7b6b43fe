//! Which resolution each second of a clip is looked at, so that the whole clip costs what a uniform look would.

mod band;
mod budget;
mod error;
mod exact;
mod order;
mod request;

pub use band::Band;
pub use budget::{Pixels, Plan, Triad};
pub use error::{PlanError, PlanResult};
pub use exact::ExactPlanner;
pub use order::{BaseAllocation, BaseRule, DistanceTo};
pub use request::Request;

#[cfg(test)]
mod tests;
