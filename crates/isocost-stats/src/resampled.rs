//! Replicates of a statistic that may be undefined in some of them.

use crate::bootstrap::{Replicates, Resampled};
use crate::{StatsError, StatsResult};

/// Leaves out and counts the undefined (`None`, NaN, infinite); an error if nothing is left.
pub(crate) fn resampled(estimate: f64, found: Vec<Option<f64>>) -> StatsResult<Resampled> {
    let total = found.len();
    let defined: Vec<f64> = found.into_iter().flatten().filter(|value| value.is_finite()).collect();
    if defined.is_empty() {
        return Err(StatsError::Undetermined("the statistic is undefined on every resample"));
    }
    let undefined = u32::try_from(total - defined.len()).unwrap_or(u32::MAX);
    Ok(Resampled { replicates: Replicates::new(estimate, defined), undefined })
}
