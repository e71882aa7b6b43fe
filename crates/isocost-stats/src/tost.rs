//! Equivalence: is the effect inside a band that was fixed beforehand?
//!
//! Two one-sided tests at alpha each (Schuirmann 1987): the effect is above the low end and below the high end. Equivalence at alpha is the same as
//! an interval at 1 − 2·alpha inside the band, and p is the larger of the two.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::bootstrap::{Grid, Replicates};
use crate::error::check_margin;
use crate::{Alpha, Interval, PValue, StatsError, StatsResult, Tail, crossed_t, ttest};

/// The effects that count as no difference: from `low` to `high`, in the unit of the effect.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Band {
    low: f64,
    high: f64,
}

impl Band {
    /// Refuses NaN, infinities and `low >= high`.
    pub fn new(low: f64, high: f64) -> StatsResult<Self> {
        check_margin(low)?;
        check_margin(high)?;
        if low < high {
            Ok(Self { low, high })
        } else {
            Err(StatsError::OutOfRange {
                name: "the high end of a band",
                value: high,
                range: "above its low end",
            })
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
}

/// A test of equivalence.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Equivalence {
    /// The estimated effect.
    pub estimate: f64,
    /// p of "the effect is above the low end"; `None` where the test is undefined.
    pub above_low: Option<PValue>,
    /// p of "the effect is below the high end".
    pub below_high: Option<PValue>,
    /// The larger of both: p of "the effect is inside the band". `None` where either is undefined.
    pub p: Option<PValue>,
    /// Two-sided interval at 1 − 2·alpha; for an alpha of ½ or more it is reported at 1 − alpha.
    pub interval: Interval,
}

/// Twice alpha, for the interval that belongs to two one-sided tests.
fn doubled(alpha: Alpha) -> Alpha {
    Alpha::new(2.0 * alpha.get()).unwrap_or(alpha)
}

fn combine(
    estimate: f64,
    interval: Interval,
    above_low: Option<PValue>,
    below_high: Option<PValue>,
) -> Equivalence {
    let larger = |(a, b): (PValue, PValue)| if a.get() >= b.get() { a } else { b };
    Equivalence { estimate, above_low, below_high, p: above_low.zip(below_high).map(larger), interval }
}

/// By paired t-tests of differences; needs at least two. Equal differences: undefined inside the band, 1 outside, see [`ttest::paired`].
pub fn paired(differences: &[f64], band: Band, alpha: Alpha) -> StatsResult<Equivalence> {
    let above = ttest::paired(differences, band.low, Tail::Greater, doubled(alpha))?;
    let below = ttest::paired(differences, band.high, Tail::Less, doubled(alpha))?;
    Ok(combine(above.mean, above.interval, above.p, below.p))
}

/// By two-way t-tests of items × seeds, see [`crossed_t::paired`].
pub fn crossed(grid: &Grid, band: Band, alpha: Alpha) -> StatsResult<Equivalence> {
    let test = crossed_t::paired(grid, band.low, Tail::Greater, doubled(alpha))?;
    Ok(combine(test.mean, test.interval, test.p, test.p_against(band.high, Tail::Less)?))
}

/// From the replicates of any bootstrap, see [`Replicates::p_against`].
pub fn replicates(replicates: &Replicates, band: Band, alpha: Alpha) -> StatsResult<Equivalence> {
    Ok(combine(
        replicates.estimate(),
        replicates.interval(doubled(alpha)),
        Some(replicates.p_against(band.low, Tail::Greater)?),
        Some(replicates.p_against(band.high, Tail::Less)?),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bootstrap::{self, Resampling};

    const VALUES: [f64; 8] = [0.01, -0.02, 0.03, 0.0, -0.01, 0.02, 0.005, -0.015];

    #[test]
    fn equivalence_at_alpha_is_an_interval_inside_the_band() {
        let alpha = Alpha::FIVE_PERCENT;
        let interval = paired(&VALUES, Band::new(-1.0, 1.0).unwrap(), alpha).unwrap().interval;
        for (low, high) in [(interval.low, 1.0), (-1.0, interval.high)] {
            let p = paired(&VALUES, Band::new(low, high).unwrap(), alpha).unwrap().p.unwrap().get();
            assert!((p - 0.05).abs() < 1e-9, "{p}");
        }
    }

    #[test]
    fn every_way_finds_small_differences_equivalent_in_a_wide_band_only() {
        let grid = Grid::new(8, 1, VALUES.to_vec()).unwrap();
        let resampled = bootstrap::items(&VALUES, Resampling::default()).unwrap();
        for (band, equivalent) in [((-0.1, 0.1), true), ((0.0, 0.004), false)] {
            let band = Band::new(band.0, band.1).unwrap();
            let alpha = Alpha::FIVE_PERCENT;
            for result in [
                paired(&VALUES, band, alpha),
                crossed(&grid, band, alpha),
                replicates(&resampled, band, alpha),
            ] {
                assert_eq!(result.unwrap().p.unwrap().get() < 0.05, equivalent);
            }
        }
    }

    #[test]
    fn equal_differences_inside_the_band_prove_nothing() {
        let result = paired(&[0.0; 5], Band::new(-0.1, 0.1).unwrap(), Alpha::FIVE_PERCENT).unwrap();
        assert_eq!(result.p, None);
        assert!(Band::new(0.1, 0.1).is_err());
        assert!(Band::new(f64::NAN, 0.1).is_err());
    }
}
