//! A confidence sequence in closed form.

use super::bounded::{Bounds, PlugIn};
use crate::{Alpha, Interval, StatsResult};

/// No weight is above this.
const MOST: f64 = 0.5;

/// The predictable plug-in empirical-Bernstein confidence sequence for the mean of bounded observations.
///
/// Source: Waudby-Smith and Ramdas (2024), theorem 2: (Σλᵢxᵢ ± (ln(2/alpha) + Σ 4(xᵢ − μ̂ᵢ₋₁)²·ψ(λᵢ))) / Σλᵢ with ψ(λ) = (−ln(1 − λ) − λ)/4,
/// on the unit scale, intersected over time. Usually a little wider than [`super::BettingSequence`]; time and space O(1) an observation.
#[derive(Debug, Clone, PartialEq)]
pub struct BernsteinSequence {
    bounds: Bounds,
    alpha: Alpha,
    plug_in: PlugIn,
    weight: f64,
    weighted: f64,
    spread: f64,
    low: f64,
    high: f64,
}

impl BernsteinSequence {
    /// Before any observation the interval is the whole range.
    pub fn new(bounds: Bounds, alpha: Alpha) -> Self {
        let plug_in = PlugIn::default();
        Self { bounds, alpha, plug_in, weight: 0.0, weighted: 0.0, spread: 0.0, low: 0.0, high: 1.0 }
    }

    /// Takes in one observation. Outside the bounds (or NaN) it is an error and changes nothing.
    pub fn observe(&mut self, value: f64) -> StatsResult<()> {
        let unit = self.bounds.to_unit("an observation", value)?;
        let log_inverse = libm::log(2.0 / self.alpha.get());
        let weight = self.plug_in.bet(log_inverse).min(MOST);
        self.spread += (unit - self.plug_in.mean()).powi(2) * (-libm::log1p(-weight) - weight);
        self.weight += weight;
        self.weighted += weight * unit;
        self.plug_in.observe(unit);
        let (centre, half) = (self.weighted / self.weight, (log_inverse + self.spread) / self.weight);
        self.low = self.low.max(centre - half);
        self.high = self.high.min(centre + half);
        Ok(())
    }

    /// Number of observations.
    pub fn count(&self) -> u64 {
        self.plug_in.count()
    }

    /// The interval so far; it never grows. `None` where it is empty: then the observations do not have one mean.
    pub fn interval(&self) -> Option<Interval> {
        (self.low <= self.high).then(|| Interval {
            low: self.bounds.value_of_unit(self.low),
            high: self.bounds.value_of_unit(self.high),
            level: 1.0 - self.alpha.get(),
        })
    }
}
