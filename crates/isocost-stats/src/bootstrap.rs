//! The bootstrap: of a mean over items, over items and seeds crossed, over clusters of items, and of any statistic.
//!
//! Sources: Efron (1979); for two crossed factors the pigeonhole bootstrap, `McCullagh` (2000) "Resampling and exchangeable
//! arrays" and Owen (2007) "The pigeonhole bootstrap": rows and columns are resampled independently. It is never much too narrow for many
//! rows and columns (the interaction is counted three times), but with k levels of a factor that factor's variance is low by (k − 1)/k.
//!
//! # Few levels
//! A bootstrap knows only the levels it has seen. With two seeds half of all resamples hold one seed twice, the seeds' variance is half of what it
//! should be, and no replicate lies beyond the worse seed: an interval at 95 % then covers far less. With one seed or item it says nothing about
//! others at all. Five items that agree give a p of "never below the margin" at any number of replicates. Below about ten levels of either factor
//! use [`crate::crossed_t`], whose critical value grows as the levels get few, and for few items a test that says which p it can reach at all
//! ([`crate::signflip`], [`crate::wilcoxon`]). [`attainable_p`] is the least p that a test of symmetry could give for that many items.
//!
//! # Which interval
//! Percentile: simple, and what the crossed bootstrap offers. Basic: mirrored at the estimate. `BCa`: corrects median bias and skewness, second-order
//! accurate. Studentised: second-order accurate too, the best for means of skewed values; needs a standard error in every replicate.

mod bca;
mod clusters;
mod crossed;
pub(crate) mod draws;
mod grid;
mod replicates;
mod statistic;
mod studentised;
mod ternary;

pub use bca::{acceleration, acceleration_of_mean};
pub use clusters::clustered;
pub use crossed::{crossed, items};
pub use grid::Grid;
pub use replicates::{Replicates, attainable_p};
pub use statistic::{Resampled, Sample, jackknife, statistic};
pub use studentised::studentised;

use crate::{StatsError, StatsResult};

/// Replicates unless asked otherwise.
pub const DEFAULT_REPLICATES: u32 = 10_000;

/// How often to resample, and from which stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Resampling {
    /// Number of replicates, at least 1.
    pub replicates: u32,
    /// Seed of the random streams.
    pub seed: u64,
}

impl Default for Resampling {
    fn default() -> Self {
        Self { replicates: DEFAULT_REPLICATES, seed: 0 }
    }
}

impl Resampling {
    fn check(self) -> StatsResult<()> {
        if self.replicates == 0 {
            return Err(StatsError::OutOfRange { name: "replicates", value: 0.0, range: "at least 1" });
        }
        Ok(())
    }
}

/// One domain for each kind of resampling, so that one seed never draws the same numbers for two.
mod domain {
    pub(super) const CROSSED: u32 = 0xB007_0002;
    pub(super) const TERNARY: u32 = 0xB007_0003;
    pub(super) const CLUSTERS: u32 = 0xB007_0004;
    pub(super) const STATISTIC: u32 = 0xB007_0005;
    pub(super) const STUDENTISED: u32 = 0xB007_0006;
}

#[cfg(test)]
mod tests;
