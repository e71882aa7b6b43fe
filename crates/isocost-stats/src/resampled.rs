//! The bootstrap distribution of a statistic that may be undefined in a replicate.

use crate::error::check_margin;
use crate::{Alpha, Interval, PValue, StatsError, StatsResult, Tail, quantile_of_sorted, sample_variance};

/// A statistic and its bootstrap replicates.
///
/// A replicate in which the statistic does not exist (such as an AUC of one class) is left out and counted.
#[derive(Debug, Clone, PartialEq)]
pub struct Resampled {
    estimate: f64,
    ascending: Vec<f64>,
    undefined: usize,
}

impl Resampled {
    /// Sorts the defined replicates. An error if none is defined.
    pub(crate) fn new(estimate: f64, replicates: Vec<Option<f64>>) -> StatsResult<Self> {
        let total = replicates.len();
        let mut ascending: Vec<f64> =
            replicates.into_iter().flatten().filter(|value| value.is_finite()).collect();
        if ascending.is_empty() {
            return Err(StatsError::Degenerate("the statistic is undefined in every bootstrap replicate"));
        }
        ascending.sort_unstable_by(f64::total_cmp);
        let undefined = total - ascending.len();
        Ok(Self { estimate, ascending, undefined })
    }

    /// The statistic of the data themselves.
    pub fn estimate(&self) -> f64 {
        self.estimate
    }

    /// The defined replicates, ascending.
    pub fn ascending(&self) -> &[f64] {
        &self.ascending
    }

    /// How many replicates had no value.
    pub fn undefined(&self) -> usize {
        self.undefined
    }

    /// Standard deviation of the replicates: the bootstrap's standard error. 0 for a single replicate.
    pub fn standard_error(&self) -> f64 {
        sample_variance(&self.ascending).unwrap_or_default().sqrt()
    }

    /// The central 1 − alpha of the replicates (percentile interval, type-7 quantiles).
    pub fn interval(&self, alpha: Alpha) -> Interval {
        let at = |q| quantile_of_sorted(&self.ascending, q).unwrap_or(self.estimate);
        let half = alpha.get() / 2.0;
        Interval { low: at(half), high: at(1.0 - half), level: 1.0 - alpha.get() }
    }

    /// p against a margin by inverting the interval: `Greater` gives (1 + #{replicate ≤ margin}) / (B + 1), `Less` its mirror image,
    /// `TwoSided` twice the smaller, at most 1. Never 0; replicates equal to the margin count against the claim on both sides.
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
