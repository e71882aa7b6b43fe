//! An asymptotic confidence sequence for values without bounds.

use super::bounded::p_of_log_e;
use crate::error::check_margin;
use crate::{Alpha, Interval, PValue, StatsError, StatsResult, Tail, normal};

/// What is fixed before the first look.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MixturePlan {
    /// The margin that the mean is tested against.
    pub margin: f64,
    /// The tested direction.
    pub tail: Tail,
    /// Level of the interval; also tunes the mixture.
    pub alpha: Alpha,
    /// The number of observations at which the interval is to be tightest, at least 1.
    pub planned: u64,
    /// Nothing is concluded before this many observations: the guarantee is asymptotic in it. At least 2; 30 or more is advised.
    pub first: u64,
}

/// The normal-mixture asymptotic confidence sequence of a mean, with its e-process.
///
/// Source: Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas (2024), "Time-uniform central limit theory and asymptotic confidence sequences",
/// theorem 2.2: x̄ ± s·√((tρ² + 1)/(t²ρ²)·ln((tρ² + 1)/alpha²)), ρ² = (−2·ln alpha + ln(1 − 2·ln alpha))/planned. The two-sided e-value inverts it:
/// exp(ρ²S²/(2(tρ² + 1)))/√(tρ² + 1) with S = Σ(x − margin)/s; one-sided it is mixed over the half-normal, which gives the factor
/// 2Φ(ρS/√(tρ² + 1)). s is the running sample deviation. Time and space O(1) an observation.
#[derive(Debug, Clone, PartialEq)]
pub struct NormalMixture {
    plan: MixturePlan,
    rho_squared: f64,
    count: u64,
    mean: f64,
    squares: f64,
    largest: f64,
    low: f64,
    high: f64,
}

impl NormalMixture {
    /// Refuses a margin that is not finite, `planned` of 0 and `first` below 2.
    pub fn new(plan: MixturePlan) -> StatsResult<Self> {
        check_margin(plan.margin)?;
        if plan.planned == 0 || plan.first < 2 {
            return Err(StatsError::OutOfRange {
                name: "planned or first number of observations",
                value: plan.planned.min(plan.first) as f64,
                range: "at least 1 and 2",
            });
        }
        let twice = -2.0 * libm::log(plan.alpha.get());
        let rho_squared = (twice + libm::log1p(twice)) / plan.planned as f64;
        let (low, high) = (f64::NEG_INFINITY, f64::INFINITY);
        Ok(Self { plan, rho_squared, count: 0, mean: 0.0, squares: 0.0, largest: 0.0, low, high })
    }

    /// Takes in one observation (Welford's update). NaN and infinities are errors and change nothing.
    pub fn observe(&mut self, value: f64) -> StatsResult<()> {
        if !value.is_finite() {
            return Err(StatsError::NotFinite {
                index: usize::try_from(self.count).unwrap_or(usize::MAX),
                value,
            });
        }
        self.count += 1;
        let off = value - self.mean;
        self.mean += off / self.count as f64;
        self.squares += off * (value - self.mean);
        if self.count >= self.plan.first && self.squares > 0.0 {
            self.look();
        }
        Ok(())
    }

    fn look(&mut self) {
        let t = self.count as f64;
        let deviation = (self.squares / (t - 1.0)).sqrt();
        let grown = t * self.rho_squared + 1.0;
        let half = deviation
            * (grown / (t * t * self.rho_squared)
                * (libm::log(grown) - 2.0 * libm::log(self.plan.alpha.get())))
            .sqrt();
        self.low = self.low.max(self.mean - half);
        self.high = self.high.min(self.mean + half);
        let sum = t * (self.mean - self.plan.margin) / deviation;
        let two_sided = self.rho_squared * sum * sum / (2.0 * grown) - 0.5 * libm::log(grown);
        let side = (self.rho_squared / grown).sqrt() * sum;
        let one_sided = |side: f64| two_sided + std::f64::consts::LN_2 + libm::log(normal::cdf(side));
        let log_e = match self.plan.tail {
            Tail::TwoSided => two_sided,
            Tail::Greater => one_sided(side),
            Tail::Less => one_sided(-side),
        };
        // NaN where a far tail underflows against a huge exponent: no evidence, and max ignores it.
        self.largest = self.largest.max(log_e);
    }

    /// Number of observations.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// Mean of the observations; `None` before the first.
    pub fn mean(&self) -> Option<f64> {
        (self.count > 0).then_some(self.mean)
    }

    /// The p-value so far: never grows, never 0, and 1 before `first` observations and while all are the same.
    pub fn p(&self) -> PValue {
        PValue::clamped(p_of_log_e(self.largest))
    }

    /// The two-sided interval so far; it never grows. `None` before `first` observations, while all are the same, and where it is empty.
    pub fn interval(&self) -> Option<Interval> {
        (self.low.is_finite() && self.low <= self.high).then_some(Interval {
            low: self.low,
            high: self.high,
            level: 1.0 - self.plan.alpha.get(),
        })
    }
}
