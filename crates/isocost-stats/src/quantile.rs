//! Quantiles of a sample.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::error::check_finite;
use crate::{StatsError, StatsResult};

/// Quantile of an ascending sample by linear interpolation (type 7 of Hyndman and Fan 1996, the default of `NumPy` and R).
///
/// `q` is clamped to `0..=1`; `None` for an empty sample.
pub fn quantile_of_sorted(ascending: &[f64], q: f64) -> Option<f64> {
    let last = ascending.len().checked_sub(1)?;
    let position = q.clamp(0.0, 1.0) * last as f64;
    let below = position.floor();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "0 <= below <= last, a usize"
    )]
    let index = (below as usize).min(last);
    let low = *ascending.get(index)?;
    let high = *ascending.get((index + 1).min(last))?;
    let fraction = position - below;
    // Written so that equal ends give exactly that value.
    Some(low + (high - low) * fraction)
}

/// Minimum, quartiles and maximum.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Quartiles {
    /// Smallest value.
    pub min: f64,
    /// First quartile.
    pub lower: f64,
    /// Median.
    pub median: f64,
    /// Third quartile.
    pub upper: f64,
    /// Largest value.
    pub max: f64,
}

impl Quartiles {
    /// Of a sample in any order; refuses an empty sample, NaN and infinities.
    pub fn of(values: &[f64]) -> StatsResult<Self> {
        check_finite(values)?;
        let mut ascending = values.to_vec();
        ascending.sort_by(f64::total_cmp);
        let at = |q| quantile_of_sorted(&ascending, q).ok_or(StatsError::Empty("quartiles"));
        Ok(Self { min: at(0.0)?, lower: at(0.25)?, median: at(0.5)?, upper: at(0.75)?, max: at(1.0)? })
    }
}
