//! The bootstraps of the grounding experiments, on `NumPy`'s legacy stream.

use super::{MeanInterval, check_replicates, pairwise_mean, quantile};
use crate::error::{check_finite, check_lengths};
use crate::generators::numpy::RandomState;
use crate::{Alpha, StatsError, StatsResult};

/// A paired comparison.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PairedBootstrap {
    /// Mean of a − b and its percentile interval.
    pub difference: MeanInterval,
    /// min(1, 2 min(P(≥ 0), P(≤ 0))) over the replicates; can be 0.
    pub p: f64,
    /// P(≤ 0), the reports' p for "a is greater"; can be 0.
    pub p_greater: f64,
    /// P(≥ 0), the reports' p for "a is less"; can be 0.
    pub p_less: f64,
}

/// `paired_bootstrap` of the grounding reports: one row of n indices a replicate.
///
/// Defects: p can be exactly 0 (use `bootstrap::items(…).p_against`); no values give a difference of 0 with p = 1. Pairs by position.
pub fn paired_bootstrap(
    a: &[f64],
    b: &[f64],
    replicates: u32,
    seed: u32,
    alpha: Alpha,
) -> StatsResult<PairedBootstrap> {
    check_lengths("two arms on the same items", a.len(), b.len())?;
    let differences: Vec<f64> = a.iter().zip(b).map(|(a, b)| a - b).collect();
    if differences.is_empty() {
        let difference = MeanInterval::default();
        return Ok(PairedBootstrap { difference, p: 1.0, p_greater: 1.0, p_less: 1.0 });
    }
    let means = resample(&differences, replicates, seed, pairwise_mean)?;
    let [p_greater, p_less] = shares(&means);
    Ok(PairedBootstrap {
        difference: MeanInterval::of(pairwise_mean(&differences), means, alpha),
        p: (2.0 * p_greater.min(p_less)).min(1.0),
        p_greater,
        p_less,
    })
}

/// P(≤ 0) and P(≥ 0).
fn shares(replicates: &[f64]) -> [f64; 2] {
    let share = |count: usize| count as f64 / replicates.len() as f64;
    [
        share(replicates.iter().filter(|mean| **mean <= 0.0).count()),
        share(replicates.iter().filter(|mean| **mean >= 0.0).count()),
    ]
}

/// Mean and percentile interval. No values give zeros (a defect: use `bootstrap::items`).
pub fn mean_interval(values: &[f64], replicates: u32, seed: u32, alpha: Alpha) -> StatsResult<MeanInterval> {
    if values.is_empty() {
        return Ok(MeanInterval::default());
    }
    let means = resample(values, replicates, seed, pairwise_mean)?;
    Ok(MeanInterval::of(pairwise_mean(values), means, alpha))
}

/// A quantile and its percentile interval, such as the P95 of a latency. No values give zeros.
pub fn quantile_interval(
    values: &[f64],
    q: f64,
    replicates: u32,
    seed: u32,
    alpha: Alpha,
) -> StatsResult<MeanInterval> {
    if !(0.0..=1.0).contains(&q) {
        return Err(StatsError::OutOfRange { name: "q", value: q, range: "in 0..=1" });
    }
    if values.is_empty() {
        return Ok(MeanInterval::default());
    }
    let at = |values: &[f64]| {
        let mut ascending = values.to_vec();
        ascending.sort_unstable_by(f64::total_cmp);
        quantile(&ascending, q).unwrap_or_default()
    };
    let quantiles = resample(values, replicates, seed, at)?;
    Ok(MeanInterval::of(at(values), quantiles, alpha))
}

/// Mean over seeds of each sample, then [`mean_interval`] over samples. One list of samples per seed; samples with a NaN in any seed are dropped.
///
/// Defects: seeds are not resampled (use `bootstrap::crossed`), what is dropped is not said, and nothing gives zeros.
pub fn hierarchical_mean_interval(
    by_seed: &[Vec<f64>],
    replicates: u32,
    seed: u32,
    alpha: Alpha,
) -> StatsResult<MeanInterval> {
    let samples = by_seed.first().map_or(0, Vec::len);
    for row in by_seed {
        check_lengths("samples of the seeds", samples, row.len())?;
    }
    let mean = |sample: usize| {
        let values = by_seed.iter().filter_map(|row| row.get(sample));
        values.fold(0.0, |total, value| total + value) / by_seed.len() as f64
    };
    let means: Vec<f64> = (0..samples).map(mean).filter(|mean| !mean.is_nan()).collect();
    mean_interval(&means, replicates, seed, alpha)
}

/// A comparison pooled over seeds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PooledBootstrap {
    /// Mean of the seeds' mean differences, and its interval.
    pub difference: MeanInterval,
    /// As [`PairedBootstrap::p`].
    pub p_two_sided: f64,
    /// P(≤ 0).
    pub p_one_sided: f64,
}

/// The "power" test of the counterfactuals: resamples seeds and, within each drawn seed anew, its samples.
///
/// Defect: where the seeds see the same samples this treats them as different ones, so p falls with every seed added. Use
/// `bootstrap::crossed`, which draws the samples once for all seeds.
pub fn pooled_bootstrap(
    differences_by_seed: &[Vec<f64>],
    replicates: u32,
    seed: u32,
    alpha: Alpha,
) -> StatsResult<PooledBootstrap> {
    check_replicates(replicates)?;
    if differences_by_seed.is_empty() || differences_by_seed.iter().any(Vec::is_empty) {
        return Err(StatsError::Empty("a pooled bootstrap needs seeds with samples"));
    }
    for row in differences_by_seed {
        check_finite(row)?;
    }
    let point: Vec<f64> = differences_by_seed.iter().map(|row| pairwise_mean(row)).collect();
    let mut state = RandomState::new(seed);
    let mut means = Vec::with_capacity(replicates as usize);
    for _ in 0..replicates {
        // All seeds are drawn before the samples of the first.
        let drawn = draw(&mut state, differences_by_seed.len())?;
        let mut seeds = Vec::with_capacity(drawn.len());
        for row in drawn.iter().filter_map(|index| differences_by_seed.get(*index)) {
            let samples = draw(&mut state, row.len())?;
            seeds.push(pairwise_mean(&take(row, &samples)));
        }
        means.push(pairwise_mean(&seeds));
    }
    let [at_most, at_least] = shares(&means);
    Ok(PooledBootstrap {
        difference: MeanInterval::of(pairwise_mean(&point), means, alpha),
        p_two_sided: (2.0 * at_most.min(at_least)).min(1.0),
        p_one_sided: at_most,
    })
}

/// `randint(0, n, n)`.
pub(super) fn draw(state: &mut RandomState, n: usize) -> StatsResult<Vec<usize>> {
    let bound = i64::try_from(n).unwrap_or(i64::MAX);
    (0..n).map(|_| state.randint(0, bound).map(|index| usize::try_from(index).unwrap_or_default())).collect()
}

pub(super) fn take(values: &[f64], indices: &[usize]) -> Vec<f64> {
    indices.iter().filter_map(|index| values.get(*index).copied()).collect()
}

fn resample(
    values: &[f64],
    replicates: u32,
    seed: u32,
    statistic: impl Fn(&[f64]) -> f64,
) -> StatsResult<Vec<f64>> {
    check_replicates(replicates)?;
    check_finite(values)?;
    let mut state = RandomState::new(seed);
    (0..replicates).map(|_| Ok(statistic(&take(values, &draw(&mut state, values.len())?)))).collect()
}
