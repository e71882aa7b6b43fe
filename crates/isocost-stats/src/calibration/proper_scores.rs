//! Brier score with Murphy's decomposition, and the log score.

use super::binning::Binning;
use super::reliability::{check_forecasts, reliability};
use crate::{StatsError, StatsResult, mean};

/// Mean squared distance of probability and outcome, in 0..=1; lower is better. Source: Brier (1950).
pub fn brier(probabilities: &[f64], outcomes: &[bool]) -> StatsResult<f64> {
    check_forecasts(probabilities, outcomes)?;
    let squares: Vec<f64> =
        probabilities.iter().zip(outcomes).map(|(p, y)| (p - f64::from(*y)).powi(2)).collect();
    mean(&squares).ok_or(StatsError::Empty("a Brier score needs probabilities"))
}

/// The Brier score taken apart: `brier = reliability − resolution + uncertainty + within_bins`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Murphy {
    /// The score itself.
    pub brier: f64,
    /// Σ (count / items) · (confidence − accuracy)²: how far promises are missed; 0 is best.
    pub reliability: f64,
    /// Σ (count / items) · (accuracy − base rate)²: how much the bins differ; more is better. 0 for a forecast that never varies.
    pub resolution: f64,
    /// base rate · (1 − base rate).
    pub uncertainty: f64,
    /// What is left because forecasts vary inside bins; 0 but for rounding if each bin holds one value.
    pub within_bins: f64,
}

/// Murphy's decomposition over bins. Source: Murphy (1973); the remainder as in Stephenson, Coelho and Jolliffe (2008).
///
/// Items in no bin (confidence 0 where bins are open on the left) are refused: they would be lost from three of the four terms.
pub fn murphy(probabilities: &[f64], outcomes: &[bool], binning: Binning) -> StatsResult<Murphy> {
    let brier = brier(probabilities, outcomes)?;
    let table = reliability(probabilities, outcomes, binning)?;
    if table.outside > 0 {
        return Err(StatsError::Degenerate("some probabilities are in no bin; take bins closed on the left"));
    }
    let items = table.items as f64;
    let base = outcomes.iter().filter(|outcome| **outcome).count() as f64 / items;
    let (mut reliability, mut resolution) = (0.0, 0.0);
    for bin in &table.bins {
        let weight = bin.count as f64 / items;
        reliability += weight * (bin.confidence - bin.accuracy).powi(2);
        resolution += weight * (bin.accuracy - base).powi(2);
    }
    let uncertainty = base * (1.0 - base);
    let within_bins = brier - (reliability - resolution + uncertainty);
    Ok(Murphy { brier, reliability, resolution, uncertainty, within_bins })
}

/// What becomes of probabilities 0 and 1 in the log score.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum Clip {
    /// Nothing: a certain forecast that was wrong is an error, not an infinite score.
    #[default]
    Refuse,
    /// Moved to `eps` and 1 − `eps`, as scikit-learn does with `eps` = 2⁻⁵².
    To(f64),
}

/// Mean −ln of the probability given to what happened, in nats; lower is better.
pub fn log_loss(probabilities: &[f64], outcomes: &[bool], clip: Clip) -> StatsResult<f64> {
    check_forecasts(probabilities, outcomes)?;
    if let Clip::To(eps) = clip
        && !(0.0..0.5).contains(&eps)
    {
        return Err(StatsError::OutOfRange { name: "eps", value: eps, range: "in 0..0.5" });
    }
    let losses: Vec<f64> = probabilities
        .iter()
        .zip(outcomes)
        .map(|(p, outcome)| {
            let p = match clip {
                Clip::Refuse => *p,
                Clip::To(eps) => p.clamp(eps, 1.0 - eps),
            };
            // log1p keeps small probabilities of the other outcome.
            if *outcome { -libm::log(p) } else { -libm::log1p(-p) }
        })
        .collect();
    match losses.iter().position(|loss| loss.is_infinite()) {
        Some(_) => Err(StatsError::Degenerate("a forecast of 0 or 1 was wrong: its log score is infinite")),
        None => mean(&losses).ok_or(StatsError::Empty("a log score needs probabilities")),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_certain_forecast_that_was_wrong_is_refused_unless_clipped() {
        assert!(matches!(log_loss(&[0.0], &[true], Clip::Refuse), Err(StatsError::Degenerate(_))));
        let clipped = log_loss(&[0.0], &[true], Clip::To(f64::EPSILON)).unwrap();
        assert!((clipped - 36.043_653_389_117_15).abs() < 1e-12);
        assert!(log_loss(&[0.5], &[true], Clip::To(0.7)).is_err());
    }

    #[test]
    fn a_forecast_that_never_varies_has_no_resolution() {
        let found = murphy(&[0.25; 4], &[true, false, false, false], Binning::default()).unwrap();
        assert!(found.resolution.abs() < 1e-15 && found.reliability.abs() < 1e-15);
        assert!((found.brier - found.uncertainty).abs() < 1e-15);
    }

    proptest! {
        #[test]
        fn the_terms_add_up_exactly_when_bins_hold_one_value(
            pairs in prop::collection::vec((0_u8..10, any::<bool>()), 1..60),
        ) {
            let (p, y): (Vec<f64>, Vec<bool>) = pairs.iter().map(|(p, y)| (f64::from(*p) / 10.0 + 0.05, *y)).unzip();
            let found = murphy(&p, &y, Binning::default()).unwrap();
            prop_assert!(found.within_bins.abs() < 1e-12);
        }
    }
}
