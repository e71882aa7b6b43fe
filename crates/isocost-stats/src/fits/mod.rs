//! Scaling curves: quality as a function of the budget.

mod bands;
mod criteria;
mod family;
mod linear;
mod log_log;
mod select;
mod starts;
#[cfg(test)]
mod tests;
mod trf;
mod trust_region;

pub use bands::{Bands, bands};
pub use criteria::{Criterion, Quality};
pub use family::{Curve, Family};
pub use log_log::{LogLogSlope, log_log_slope};
pub use select::{Fit, Selection, Start, fit, select};
