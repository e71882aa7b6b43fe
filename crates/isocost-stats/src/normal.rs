//! The standard normal distribution.
//!
//! Tolerance: relative error below 1e-9 against `SciPy` `norm` for `cdf` and `sf` down to 1e-300, and for `quantile`.

use statrs::function::erf;

use crate::{StatsError, StatsResult};

/// P(Z ≤ x). NaN gives NaN.
pub fn cdf(x: f64) -> f64 {
    0.5 * erf::erfc(-x / std::f64::consts::SQRT_2)
}

/// P(Z > x), precise in the upper tail. NaN gives NaN.
pub fn sf(x: f64) -> f64 {
    0.5 * erf::erfc(x / std::f64::consts::SQRT_2)
}

/// The x with P(Z ≤ x) = `probability`; infinite at 0 and 1.
pub fn quantile(probability: f64) -> StatsResult<f64> {
    if (0.0..=1.0).contains(&probability) {
        Ok(-std::f64::consts::SQRT_2 * erf::erfc_inv(2.0 * probability))
    } else {
        Err(StatsError::OutOfRange { name: "probability", value: probability, range: "in 0..=1" })
    }
}
