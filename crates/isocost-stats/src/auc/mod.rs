//! Area under the ROC curve, exact in ties, with `DeLong` and bootstrap intervals.

mod bootstrap;
mod delong;
mod ranked;
#[cfg(test)]
mod tests;

pub use bootstrap::{Scheme, bootstrap, bootstrap_difference};
pub use delong::{AucScale, DeLong, DeLongDifference, delong, delong_paired};
pub use ranked::{Ranked, Resample, roc_auc};
