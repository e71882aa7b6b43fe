//! Selective prediction: the error rate among the items that are answered, against the share that is answered.

use crate::error::{check_finite, check_lengths};
use crate::{StatsError, StatsResult};

/// Answer every item whose confidence is at least the threshold.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OperatingPoint {
    /// The lowest confidence that is answered.
    pub threshold: f64,
    /// Share of items answered, in 0..=1.
    pub coverage: f64,
    /// Mean loss of the answered items.
    pub risk: f64,
}

/// The risk–coverage curve: one point per distinct confidence, coverage rising. Items of equal confidence enter together.
#[derive(Debug, Clone, PartialEq)]
pub struct RiskCoverage {
    /// The points.
    pub points: Vec<OperatingPoint>,
    /// Area of the curve for the best possible order of the same losses.
    best_area: f64,
}

/// The curve of confidences (any finite scale, higher = surer) and losses (0/1 errors or any finite loss).
///
/// Source: El-Yaniv and Wiener (2010).
pub fn risk_coverage(confidences: &[f64], losses: &[f64]) -> StatsResult<RiskCoverage> {
    check_lengths("confidences and losses", confidences.len(), losses.len())?;
    if confidences.is_empty() {
        return Err(StatsError::Empty("a risk-coverage curve needs confidences"));
    }
    check_finite(confidences)?;
    check_finite(losses)?;
    let points =
        curve(confidences.iter().map(|confidence| confidence + 0.0).zip(losses.iter().copied()).collect());
    // The best order answers small losses first; equal losses are in any order alike, so they need not be grouped.
    let mut ascending = losses.to_vec();
    ascending.sort_by(f64::total_cmp);
    let ranks = (0..ascending.len()).map(|rank| -(rank as f64));
    let best_area = area(&curve(ranks.zip(ascending).collect()));
    Ok(RiskCoverage { points, best_area })
}

fn curve(mut pairs: Vec<(f64, f64)>) -> Vec<OperatingPoint> {
    // Losses are sorted too, so that the sums do not depend on the order of the items.
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.total_cmp(&b.1)));
    let items = pairs.len() as f64;
    let (mut answered, mut loss) = (0_usize, 0.0);
    let mut points = Vec::new();
    for run in pairs.chunk_by(|a, b| a.0.total_cmp(&b.0).is_eq()) {
        answered += run.len();
        loss += run.iter().map(|(_, loss)| loss).sum::<f64>();
        points.push(OperatingPoint {
            threshold: run.first().map_or(f64::NAN, |(confidence, _)| *confidence),
            coverage: answered as f64 / items,
            risk: loss / answered as f64,
        });
    }
    points
}

fn area(points: &[OperatingPoint]) -> f64 {
    let mut before = 0.0;
    let step = |point: &OperatingPoint| {
        let width = point.coverage - before;
        before = point.coverage;
        width * point.risk
    };
    points.iter().map(step).sum()
}

impl RiskCoverage {
    /// Area under the curve by steps: Σ (coverageₖ − coverageₖ₋₁) · riskₖ. Without ties the mean of the n selective risks, as in Geifman, Uziel and
    /// El-Yaniv (2019); tied items share the risk of the point where they enter, so the result does not depend on the order of items.
    pub fn aurc(&self) -> f64 {
        area(&self.points)
    }

    /// Excess over the best possible order of the same losses: 0 is a perfect ranking. Same source.
    pub fn excess_aurc(&self) -> f64 {
        self.aurc() - self.best_area
    }

    /// The first point that answers at least this share, in 0..=1.
    pub fn at_coverage(&self, coverage: f64) -> StatsResult<OperatingPoint> {
        if !(0.0..=1.0).contains(&coverage) {
            return Err(StatsError::OutOfRange { name: "coverage", value: coverage, range: "in 0..=1" });
        }
        let reached = self.points.iter().find(|point| point.coverage >= coverage);
        reached.or(self.points.last()).copied().ok_or(StatsError::Empty("a risk-coverage curve needs points"))
    }

    /// The point with the largest coverage whose risk is at most this; `None` if there is none. Risk need not rise with coverage.
    pub fn at_risk(&self, risk: f64) -> StatsResult<Option<OperatingPoint>> {
        crate::error::check_margin(risk)?;
        Ok(self.points.iter().rev().find(|point| point.risk <= risk).copied())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_area_without_ties_is_the_mean_of_the_selective_risks() {
        let curve = risk_coverage(&[0.9, 0.8, 0.7, 0.6], &[0.0, 1.0, 0.0, 1.0]).unwrap();
        let by_hand = (0.0 + 1.0 / 2.0 + 1.0 / 3.0 + 2.0 / 4.0) / 4.0;
        assert!((curve.aurc() - by_hand).abs() < 1e-15);
        let best_by_hand = (0.0 + 0.0 + 1.0 / 3.0 + 2.0 / 4.0) / 4.0;
        assert!((curve.excess_aurc() - (by_hand - best_by_hand)).abs() < 1e-15);
    }

    #[test]
    fn operating_points_are_read_at_a_coverage_or_a_risk() {
        let curve = risk_coverage(&[0.9, 0.8, 0.8, 0.6], &[0.0, 1.0, 0.0, 1.0]).unwrap();
        assert_eq!(curve.at_coverage(0.5).unwrap().coverage.to_bits(), 0.75_f64.to_bits());
        assert_eq!(curve.at_risk(0.4).unwrap().unwrap().threshold.to_bits(), 0.8_f64.to_bits());
        assert_eq!(risk_coverage(&[0.5], &[1.0]).unwrap().at_risk(0.5), Ok(None));
        assert!(curve.at_coverage(1.1).is_err() && curve.at_coverage(f64::NAN).is_err());
    }

    proptest! {
        #[test]
        fn a_constant_confidence_has_the_overall_risk_as_area(losses in prop::collection::vec(0.0..1.0, 1..30)) {
            let curve = risk_coverage(&vec![0.5; losses.len()], &losses).unwrap();
            let mean = losses.iter().sum::<f64>() / losses.len() as f64;
            prop_assert!((curve.aurc() - mean).abs() < 1e-12);
            prop_assert!(curve.excess_aurc() >= -1e-12);
        }
    }
}
