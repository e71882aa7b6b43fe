//! What a bootstrap leaves.

use rayon::prelude::*;

use crate::error::{check_finite, check_margin};
use crate::{Alpha, Interval, PValue, StatsError, StatsResult, Tail, quantile_of_sorted};

/// The bootstrap distribution of a mean.
#[derive(Debug, Clone, PartialEq)]
pub struct Replicates {
    estimate: f64,
    ascending: Vec<f64>,
}

impl Replicates {
    /// From an estimate and replicates in any order, however they were made. Refuses none, NaN and infinities.
    pub fn from_values(estimate: f64, replicates: Vec<f64>) -> StatsResult<Self> {
        if replicates.is_empty() {
            return Err(StatsError::Empty("a bootstrap distribution needs replicates"));
        }
        check_finite(&[estimate])?;
        check_finite(&replicates)?;
        Ok(Self::new(estimate, replicates))
    }

    /// From replicates in any order.
    pub(crate) fn new(estimate: f64, mut replicates: Vec<f64>) -> Self {
        replicates.par_sort_unstable_by(f64::total_cmp);
        Self { estimate, ascending: replicates }
    }

    /// The mean of the data themselves.
    pub fn estimate(&self) -> f64 {
        self.estimate
    }

    /// The replicated means, ascending.
    pub fn ascending(&self) -> &[f64] {
        &self.ascending
    }

    /// Standard deviation of the replicates: the bootstrap's standard error.
    pub fn standard_error(&self) -> f64 {
        crate::sample_variance(&self.ascending).unwrap_or_default().sqrt()
    }

    /// The central 1 − alpha of the replicates.
    pub fn interval(&self, alpha: Alpha) -> Interval {
        let at = |q| quantile_of_sorted(&self.ascending, q).unwrap_or(self.estimate);
        let half = alpha.get() / 2.0;
        Interval { low: at(half), high: at(1.0 - half), level: 1.0 - alpha.get() }
    }

    /// The basic interval, the percentile one mirrored at the estimate (Davison and Hinkley 1997, §5.2): 2θ̂ − q.
    pub fn basic(&self, alpha: Alpha) -> Interval {
        let Interval { low, high, level } = self.interval(alpha);
        Interval { low: 2.0 * self.estimate - high, high: 2.0 * self.estimate - low, level }
    }

    /// p against a margin by inverting the interval: `Greater` gives (1 + #{replicate ≤ margin}) / (B + 1), `Less` its mirror image, and
    /// `TwoSided` twice the smaller, at most 1. So a two-sided p is below alpha where, to the last replicate, the interval at 1 − alpha
    /// excludes the margin. Never 0; replicates equal to the margin count against the claim on both sides.
    pub fn p_against(&self, margin: f64, tail: Tail) -> StatsResult<PValue> {
        check_margin(margin)?;
        let total = self.ascending.len();
        let at_most = self.ascending.partition_point(|replicate| *replicate <= margin);
        let at_least = total - self.ascending.partition_point(|replicate| *replicate < margin);
        let share = |count: usize| (count + 1) as f64 / (total + 1) as f64;
        Ok(PValue::clamped(match tail {
            Tail::Greater => share(at_most),
            Tail::Less => share(at_least),
            Tail::TwoSided => 2.0 * share(at_most.min(at_least)),
        }))
    }
}

/// The least p that any test of symmetry can give for n items: all of one sign, 2⁻ⁿ a side. A bootstrap of fewer than about ten items can print
/// much less, because no resample of items that agree disagrees; hold its p against this one.
pub fn attainable_p(items: usize, tail: Tail) -> PValue {
    let sides = if tail == Tail::TwoSided { 2.0 } else { 1.0 };
    let halvings = i32::try_from(items.min(1_000)).unwrap_or(1_000);
    PValue::clamped(sides * 0.5_f64.powi(halvings))
}
