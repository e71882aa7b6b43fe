//! A whole table at once: every arm against a baseline, at every budget, in every stratum, corrected together.

mod error;
mod family;
mod plan;
mod result;
mod run;
mod strata;

pub use error::TrialError;
pub use plan::TrialPlan;
pub use result::{Skipped, Standing, Stratum, Trial, TrialRow, TrialSettings};
pub use run::trial;

#[cfg(test)]
mod tests;
