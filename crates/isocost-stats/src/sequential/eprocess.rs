//! A test by betting.

use super::bounded::{Bounds, PlugIn, log_sum, p_of_log_e};
use crate::{Alpha, PValue, StatsResult, Tail};

/// No bet risks more than this share of the capital.
const MOST: f64 = 0.5;

/// A test of the mean of bounded observations against a margin, valid at every sample size at once.
///
/// Source: Waudby-Smith and Ramdas (2024), "Estimating means of bounded random variables by betting", the hedged capital process with
/// predictable plug-in bets, each truncated at half of the capital. One gambler bets that the mean is above the margin, another that it is below;
/// a one-sided test follows one of them, a two-sided test both with half of the capital each. Under the null hypothesis the
/// capital is a supermartingale that starts at 1 (an e-value): by Ville's inequality it ever reaches 1/alpha with probability at most alpha, so
/// that p = 1 / (largest capital so far) may be read after each observation. Time and space O(1) an observation.
#[derive(Debug, Clone, PartialEq)]
pub struct EProcess {
    bounds: Bounds,
    margin: f64,
    tail: Tail,
    log_inverse_level: f64,
    plug_in: PlugIn,
    log_above: f64,
    log_below: f64,
    largest: f64,
}

impl EProcess {
    /// Alpha tunes the bets only: the process is valid at every level. Refuses a margin outside the bounds.
    pub fn new(bounds: Bounds, margin: f64, tail: Tail, alpha: Alpha) -> StatsResult<Self> {
        let sides = if tail == Tail::TwoSided { 2.0 } else { 1.0 };
        Ok(Self {
            bounds,
            margin: bounds.to_unit("margin", margin)?,
            tail,
            log_inverse_level: libm::log(sides / alpha.get()),
            plug_in: PlugIn::default(),
            log_above: 0.0,
            log_below: 0.0,
            largest: 0.0,
        })
    }

    /// Bets, then learns. An observation outside the bounds (or NaN) is an error and changes nothing.
    pub fn observe(&mut self, value: f64) -> StatsResult<()> {
        let unit = self.bounds.to_unit("an observation", value)?;
        let (above, below) = growth(self.plug_in.bet(self.log_inverse_level), unit, self.margin);
        self.log_above += above;
        self.log_below += below;
        self.plug_in.observe(unit);
        self.largest = self.largest.max(self.log_e());
        Ok(())
    }

    /// Number of observations.
    pub fn count(&self) -> u64 {
        self.plug_in.count()
    }

    /// Natural logarithm of the e-value now. E-values of independent data multiply.
    pub fn log_e(&self) -> f64 {
        match self.tail {
            Tail::Greater => self.log_above,
            Tail::Less => self.log_below,
            Tail::TwoSided => log_sum(self.log_above, self.log_below) - std::f64::consts::LN_2,
        }
    }

    /// The p-value so far: never grows, never 0, and 1 before the first observation.
    pub fn p(&self) -> PValue {
        PValue::clamped(p_of_log_e(self.largest))
    }
}

/// Growth of the logarithms of both capitals at one observation, all on the unit scale.
pub(super) fn growth(bet: f64, unit: f64, margin: f64) -> (f64, f64) {
    let off = unit - margin;
    // At a margin on a bound the bet in that direction has no limit but its own.
    let up = if margin > 0.0 { bet.min(MOST / margin) } else { bet };
    let down = if margin < 1.0 { bet.min(MOST / (1.0 - margin)) } else { bet };
    (libm::log1p(up * off), libm::log1p(-down * off))
}
