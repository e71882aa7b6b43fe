//! How many items, or how large an effect, a paired comparison needs.
//!
//! Effects are distances of the true mean difference from the margin, in the tested direction: positive ones speak for the claim. Two-sided tests count
//! rejections on both sides. Designs: the paired t-test ([`paired_t`]), `McNemar`'s exact test ([`mcnemar`]), items and seeds crossed
//! ([`crossed`]), and any test at all by simulation from a pilot matrix ([`simulate`]).

mod chi;
mod crossed;
mod mcnemar;
mod paired_t;
mod search;
mod simulate;

pub use crossed::{VarianceComponents, crossed, crossed_effect, crossed_items};
pub use mcnemar::{Outcomes, mcnemar, mcnemar_effect, mcnemar_items};
pub use paired_t::{paired_t, paired_t_effect, paired_t_items};
pub use simulate::{SimulatedDesign, SimulatedPower, simulate};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Alpha, StatsError, StatsResult, Tail};

/// The chance of finding an effect that is there, strictly between 0 and 1.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "f64", into = "f64")]
#[schemars(extend("exclusiveMinimum" = 0, "exclusiveMaximum" = 1))]
pub struct Power(f64);

impl Power {
    /// The customary 0.8.
    pub const EIGHTY_PERCENT: Self = Self(0.8);

    /// Checks that the value is strictly between 0 and 1.
    pub fn new(value: f64) -> StatsResult<Self> {
        if value > 0.0 && value < 1.0 {
            Ok(Self(value))
        } else {
            Err(StatsError::OutOfRange { name: "power", value, range: "strictly between 0 and 1" })
        }
    }

    /// The chance.
    pub fn get(self) -> f64 {
        self.0
    }
}

impl TryFrom<f64> for Power {
    type Error = StatsError;
    fn try_from(value: f64) -> StatsResult<Self> {
        Self::new(value)
    }
}

impl From<Power> for f64 {
    fn from(power: Power) -> Self {
        power.0
    }
}

/// The test that is planned: its tail and its level.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlannedTest {
    /// The alternative.
    pub tail: Tail,
    /// The level.
    pub alpha: Alpha,
}

impl PlannedTest {
    /// Level of each side that rejects.
    fn side(self) -> f64 {
        if self.tail == Tail::TwoSided { self.alpha.get() / 2.0 } else { self.alpha.get() }
    }
}

fn positive(name: &'static str, value: f64) -> StatsResult<f64> {
    if value.is_finite() && value > 0.0 {
        Ok(value)
    } else {
        Err(StatsError::OutOfRange { name, value, range: "finite and greater than 0" })
    }
}
