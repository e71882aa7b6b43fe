//! The statistics of the four reference systems, with their defects, so that their numbers can be checked.
//!
//! Nothing here should decide a claim. Beside each function stands what it does wrong and what to use instead. All draws come from `NumPy`'s
//! generators, so results equal the reference's to rounding (mostly to the last bit) and depend on the order of the values.

mod grounding;
mod grounding_regret;
mod listening;
mod pairwise;
mod routing;
#[cfg(test)]
mod tests;

pub use grounding::{
    PairedBootstrap, PooledBootstrap, hierarchical_mean_interval, mean_interval, paired_bootstrap,
    pooled_bootstrap, quantile_interval,
};
pub use grounding_regret::{PolicyInterval, regret_bootstrap};
pub use listening::{bootstrap_mean, p_boot};
pub use pairwise::{pairwise_mean, pairwise_sum};
pub use routing::{Summary, batched_ece, floor_percentile, ordinal_spearman, padded_pearson, summary};

use crate::{Alpha, StatsError, StatsResult};

/// An estimate and a percentile interval.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct MeanInterval {
    /// The statistic of the data themselves.
    pub estimate: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl MeanInterval {
    fn of(estimate: f64, mut replicates: Vec<f64>, alpha: Alpha) -> Self {
        replicates.sort_unstable_by(f64::total_cmp);
        let half = alpha.get() / 2.0;
        let end = |q| quantile(&replicates, q).unwrap_or(estimate);
        Self { estimate, low: end(half), high: end(1.0 - half) }
    }
}

/// `numpy.quantile`: from the nearer of the two neighbours.
fn quantile(ascending: &[f64], q: f64) -> Option<f64> {
    let last = ascending.len().checked_sub(1)?;
    let position = q.clamp(0.0, 1.0) * last as f64;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "0 <= position <= last, a usize"
    )]
    let index = (position.floor() as usize).min(last);
    let t = position - index as f64;
    let low = *ascending.get(index)?;
    let high = *ascending.get((index + 1).min(last))?;
    let width = high - low;
    Some(if t < 0.5 { low + width * t } else { high - width * (1.0 - t) })
}

fn check_replicates(replicates: u32) -> StatsResult<()> {
    if replicates > 0 {
        Ok(())
    } else {
        Err(StatsError::OutOfRange { name: "replicates", value: 0.0, range: "at least 1" })
    }
}
