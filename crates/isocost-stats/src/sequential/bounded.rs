//! Bounded observations and the bets that past ones suggest.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::error::check_margin;
use crate::{StatsError, StatsResult};

/// The range that every observation is known to lie in before it is seen, ends included.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Bounds {
    low: f64,
    high: f64,
}

impl Bounds {
    /// Differences of two values in `0..=1`.
    pub const DIFFERENCE: Self = Self { low: -1.0, high: 1.0 };

    /// Refuses NaN, infinities, `low >= high` and a width that overflows.
    pub fn new(low: f64, high: f64) -> StatsResult<Self> {
        check_margin(low)?;
        check_margin(high)?;
        if low < high && (high - low).is_finite() {
            Ok(Self { low, high })
        } else {
            Err(StatsError::OutOfRange { name: "the upper bound", value: high, range: "above the lower one" })
        }
    }

    /// Lower end.
    pub fn low(self) -> f64 {
        self.low
    }

    /// Upper end.
    pub fn high(self) -> f64 {
        self.high
    }

    /// The value on the scale where the range is `0..=1`; refuses values outside, and NaN.
    pub(super) fn to_unit(self, name: &'static str, value: f64) -> StatsResult<f64> {
        if value >= self.low && value <= self.high {
            Ok(((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0))
        } else {
            Err(StatsError::OutOfRange { name, value, range: "inside the declared bounds" })
        }
    }

    pub(super) fn value_of_unit(self, unit: f64) -> f64 {
        (self.low + unit * (self.high - self.low)).clamp(self.low, self.high)
    }
}

/// The running estimates of Waudby-Smith and Ramdas (2024), eq. (15): shrunk towards mean ½ and variance ¼, and always one step behind.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct PlugIn {
    count: u64,
    sum: f64,
    squares: f64,
}

impl PlugIn {
    pub(super) fn count(&self) -> u64 {
        self.count
    }

    /// Estimated mean from the observations so far.
    pub(super) fn mean(&self) -> f64 {
        (0.5 + self.sum) / (self.count as f64 + 1.0)
    }

    /// The untruncated bet on the next observation: √(2·ln(1/level) / (σ̂²·t·ln(1 + t))).
    pub(super) fn bet(&self, log_inverse_level: f64) -> f64 {
        let t = self.count as f64 + 1.0;
        let variance = (0.25 + self.squares) / t;
        (2.0 * log_inverse_level / (variance * t * libm::log(1.0 + t))).sqrt()
    }

    pub(super) fn observe(&mut self, unit: f64) {
        self.count = self.count.saturating_add(1);
        self.sum += unit;
        self.squares += (unit - self.mean()).powi(2);
    }
}

/// ln(eᵃ + eᵇ).
pub(super) fn log_sum(a: f64, b: f64) -> f64 {
    let (small, large) = if a < b { (a, b) } else { (b, a) };
    if large == f64::NEG_INFINITY { large } else { large + libm::log1p(libm::exp(small - large)) }
}

/// A p-value from the largest ln e: never 0.
pub(super) fn p_of_log_e(largest: f64) -> f64 {
    libm::exp(-largest).clamp(f64::MIN_POSITIVE, 1.0)
}
