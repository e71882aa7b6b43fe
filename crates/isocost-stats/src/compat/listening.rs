//! The bootstrap of the long-video reports, on `NumPy`'s `default_rng`.

use super::{MeanInterval, check_replicates, pairwise_mean};
use crate::error::check_finite;
use crate::generators::numpy::Generator;
use crate::{Alpha, StatsResult};

/// Mean and percentile interval; no values give zeros (a defect: use `bootstrap::items`).
pub fn bootstrap_mean(values: &[f64], replicates: u32, seed: u64, alpha: Alpha) -> StatsResult<MeanInterval> {
    if values.is_empty() {
        return Ok(MeanInterval::default());
    }
    Ok(MeanInterval::of(pairwise_mean(values), means(values, replicates, seed)?, alpha))
}

/// The reports' `p_boot` = 2 min(share of means ≤ 0, share of means ≥ 0). Not a probability.
///
/// Defects, kept: differences all positive give exactly 0.0; differences all zero give **2.0**; no values give 1.0. Use
/// `bootstrap::items(…).p_against`.
pub fn p_boot(values: &[f64], replicates: u32, seed: u64) -> StatsResult<f64> {
    if values.is_empty() {
        return Ok(1.0);
    }
    let means = means(values, replicates, seed)?;
    let share = |count: usize| count as f64 / means.len() as f64;
    let at_most = share(means.iter().filter(|mean| **mean <= 0.0).count());
    let at_least = share(means.iter().filter(|mean| **mean >= 0.0).count());
    Ok(2.0 * at_most.min(at_least))
}

fn means(values: &[f64], replicates: u32, seed: u64) -> StatsResult<Vec<f64>> {
    check_replicates(replicates)?;
    check_finite(values)?;
    let mut generator = Generator::new(seed);
    let bound = values.len() as u64;
    let mut drawn = Vec::with_capacity(values.len());
    let mut mean = || {
        drawn.clear();
        let indices = (0..bound).map(|_| usize::try_from(generator.below(bound)).unwrap_or_default());
        drawn.extend(indices.filter_map(|index| values.get(index).copied()));
        pairwise_mean(&drawn)
    };
    Ok((0..replicates).map(|_| mean()).collect())
}
