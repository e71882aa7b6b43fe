//! How much of alpha is spent by when.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Alpha, PValue, StatsError, StatsResult, Tail, normal};

/// An alpha-spending function of Lan and `DeMets` (1983).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Spending {
    /// Like O'Brien and Fleming (1979): very little early, almost all at the end. 2 − 2Φ(z/√t) a side, z the quantile at 1 − alpha/2.
    #[default]
    ObrienFleming,
    /// Like Pocock (1977): about the same at every look. alpha·ln(1 + (e − 1)t).
    Pocock,
}

impl Spending {
    /// The part of alpha spent up to the fraction t of the information, clamped to `0..=1`. Two-sided: half of alpha is spent on each side.
    pub fn spent(self, fraction: f64, tail: Tail, alpha: Alpha) -> StatsResult<f64> {
        let sides = if tail == Tail::TwoSided { 2.0 } else { 1.0 };
        let t = fraction.clamp(0.0, 1.0);
        let one = alpha.get() / sides;
        let spent = match self {
            Self::ObrienFleming if t > 0.0 => {
                let z = -normal::quantile(one / 2.0)?;
                2.0 * normal::sf(z / t.sqrt())
            }
            Self::ObrienFleming => 0.0,
            Self::Pocock => one * ((std::f64::consts::E - 1.0) * t).ln_1p(),
        };
        Ok((sides * spent).min(alpha.get()))
    }
}

/// The level for look number `look` (from 1) where their number is not known beforehand: alpha·6/(π²·look²). All levels together sum to alpha, so
/// that by Bonferroni the chance of any false alarm is at most alpha, under any dependence.
pub fn unbounded_level(alpha: Alpha, look: u64) -> StatsResult<Alpha> {
    Alpha::new(alpha.get() / factor(look)?)
}

/// The p of look number `look` (from 1), adjusted so that it can be held against alpha itself: p·π²·look²/6, at most 1.
pub fn unbounded_adjusted(p: PValue, look: u64) -> StatsResult<PValue> {
    Ok(PValue::clamped(p.get() * factor(look)?))
}

fn factor(look: u64) -> StatsResult<f64> {
    if look == 0 {
        return Err(StatsError::OutOfRange { name: "look", value: 0.0, range: "at least 1" });
    }
    let look = look as f64;
    Ok(std::f64::consts::PI * std::f64::consts::PI / 6.0 * look * look)
}
