//! Acceleration, for the `BCa` interval.

use super::Replicates;
use crate::error::check_finite;
use crate::{Alpha, Interval, StatsError, StatsResult, mean, normal, quantile_of_sorted, sum};

/// The acceleration of a statistic from its jackknife values θ₍ᵢ₎: Σ(θ̄ − θ₍ᵢ₎)³ / (6·(Σ(θ̄ − θ₍ᵢ₎)²)^{3/2}); 0 where they do not differ.
///
/// Source: Efron (1987), "Better bootstrap confidence intervals". Refuses NaN, infinities and fewer than two values.
pub fn acceleration(jackknife: &[f64]) -> StatsResult<f64> {
    check_finite(jackknife)?;
    let too_few = StatsError::TooFew { what: "a jackknife", needed: 2, found: jackknife.len() };
    let centre = mean(jackknife).filter(|_| jackknife.len() > 1).ok_or(too_few)?;
    let power =
        |exponent| sum(&jackknife.iter().map(|value| (centre - value).powi(exponent)).collect::<Vec<_>>());
    let scale = 6.0 * power(2).powf(1.5);
    Ok(if scale > 0.0 { power(3) / scale } else { 0.0 })
}

/// The acceleration of a mean, in closed form: its jackknife values are (Σx − xᵢ)/(n − 1).
pub fn acceleration_of_mean(values: &[f64]) -> StatsResult<f64> {
    let negated: Vec<f64> = values.iter().map(|value| -value).collect();
    acceleration(&negated)
}

impl Replicates {
    /// The bias-corrected and accelerated interval.
    ///
    /// Source: Efron (1987). The bias correction is the normal quantile of the share of replicates below the estimate, ties by half. Undetermined where
    /// all replicates lie on one side of the estimate. Agrees with `SciPy`'s `bootstrap(method="BCa")` on the same replicates to 1e-9.
    pub fn bca(&self, acceleration: f64, alpha: Alpha) -> StatsResult<Interval> {
        let below = self.ascending().partition_point(|replicate| *replicate < self.estimate());
        let at_most = self.ascending().partition_point(|replicate| *replicate <= self.estimate());
        let share = (below + at_most) as f64 / (2 * self.ascending().len()) as f64;
        let bias = normal::quantile(share)?;
        let undetermined = StatsError::Undetermined(
            "all replicates lie on one side of the estimate, so that its bias is unknown",
        );
        if !bias.is_finite() || !acceleration.is_finite() {
            return Err(undetermined);
        }
        let end = |z: f64| {
            let moved = bias + z;
            let stretch = 1.0 - acceleration * moved;
            // Past the pole of the correction there is no such quantile.
            if stretch <= 0.0 {
                return Err(undetermined.clone());
            }
            let q = normal::cdf(bias + moved / stretch);
            quantile_of_sorted(self.ascending(), q).ok_or_else(|| undetermined.clone())
        };
        let z = normal::quantile(alpha.get() / 2.0)?;
        Ok(Interval { low: end(z)?, high: end(-z)?, level: 1.0 - alpha.get() })
    }
}
