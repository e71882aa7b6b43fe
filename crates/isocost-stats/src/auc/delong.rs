//! The variance of one or two areas without resampling.
//!
//! Sources: `DeLong`, `DeLong` and Clarke-Pearson (1988), "Comparing the areas under two or more correlated receiver operating
//! characteristic curves"; Sun and Xu (2014), "Fast implementation of `DeLong`'s algorithm": mid-ranks give all placements in O(n log n).

use super::bootstrap::check_same_labels;
use super::ranked::Ranked;
use crate::error::check_margin;
use crate::{Alpha, Interval, PValue, StatsError, StatsResult, Tail, mean, normal, sample_variance};

/// An area under the curve with `DeLong`'s standard error.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DeLong {
    /// The area, in 0..=1.
    pub auc: f64,
    /// Standard error; 0 if all placements are equal, as in perfect separation.
    pub se: f64,
}

/// The scale on which a normal interval is symmetric.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AucScale {
    /// The area itself, cut at 0 and 1: `DeLong`'s own interval.
    #[default]
    Linear,
    /// ln(a / (1 − a)), delta method: stays inside 0..1 and covers better near the ends. Source: Pepe (2003), section 5.2.
    Logit,
}

impl DeLong {
    /// The normal interval. An error if the standard error is 0 (perfect separation says nothing about new items: take an exact bound).
    pub fn interval(&self, scale: AucScale, alpha: Alpha) -> StatsResult<Interval> {
        self.check_se()?;
        let z = normal::quantile(1.0 - alpha.get() / 2.0)?;
        let level = 1.0 - alpha.get();
        let half = z * self.se;
        Ok(match scale {
            AucScale::Linear => {
                Interval { low: (self.auc - half).max(0.0), high: (self.auc + half).min(1.0), level }
            }
            AucScale::Logit => {
                let spread = self.auc * (1.0 - self.auc);
                let centre = libm::log(self.auc / (1.0 - self.auc));
                let back = |x: f64| 1.0 / (1.0 + libm::exp(-x));
                Interval { low: back(centre - half / spread), high: back(centre + half / spread), level }
            }
        })
    }

    /// p of the area against a margin such as 0.5, from the normal distribution.
    pub fn p_against(&self, margin: f64, tail: Tail) -> StatsResult<PValue> {
        self.check_se()?;
        check_margin(margin)?;
        Ok(normal_p((self.auc - margin) / self.se, tail))
    }

    fn check_se(&self) -> StatsResult<()> {
        if self.se > 0.0 {
            Ok(())
        } else {
            Err(StatsError::Degenerate(
                "DeLong's variance is 0: every item of a class has the same placement",
            ))
        }
    }
}

fn normal_p(z: f64, tail: Tail) -> PValue {
    PValue::clamped(match tail {
        Tail::TwoSided => 2.0 * normal::sf(z.abs()),
        Tail::Greater => normal::sf(z),
        Tail::Less => normal::cdf(z),
    })
}

/// `DeLong`'s standard error; needs two items of each class.
pub fn delong(ranked: &Ranked) -> StatsResult<DeLong> {
    let placements = Placements::of(ranked)?;
    let se = standard_error(&placements.of_positives, &placements.of_negatives);
    Ok(DeLong { auc: ranked.auc(), se })
}

/// Two scores of the same items compared.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DeLongDifference {
    /// AUC(a) − AUC(b).
    pub difference: f64,
    /// Its standard error, with the covariance of the two scores.
    pub se: f64,
    /// (difference − margin) / se.
    pub z: f64,
    /// p of the tail asked for.
    pub p: PValue,
    /// Normal interval of the difference, always two-sided.
    pub interval: Interval,
}

/// `DeLong`'s test that AUC(a) − AUC(b) equals the margin. An error if labels differ or the difference has no variance (as with two scores
/// of the same ranks).
pub fn delong_paired(
    a: &Ranked,
    b: &Ranked,
    margin: f64,
    tail: Tail,
    alpha: Alpha,
) -> StatsResult<DeLongDifference> {
    check_same_labels(a, b)?;
    check_margin(margin)?;
    let (first, second) = (Placements::of(a)?, Placements::of(b)?);
    let subtract = |x: &[f64], y: &[f64]| x.iter().zip(y).map(|(x, y)| x - y).collect::<Vec<f64>>();
    let positives = subtract(&first.of_positives, &second.of_positives);
    let negatives = subtract(&first.of_negatives, &second.of_negatives);
    // Differences below rounding are rank-equal scores.
    let se = standard_error(&positives, &negatives);
    if se <= 1e-15 {
        return Err(StatsError::Degenerate(
            "the two scores rank the items alike: their difference has no variance",
        ));
    }
    let difference = a.auc() - b.auc();
    let z = (difference - margin) / se;
    let half = normal::quantile(1.0 - alpha.get() / 2.0)? * se;
    let interval = Interval { low: difference - half, high: difference + half, level: 1.0 - alpha.get() };
    Ok(DeLongDifference { difference, se, z, p: normal_p(z, tail), interval })
}

/// Variance of the mean placement of positives plus that of negatives, under the root.
fn standard_error(positives: &[f64], negatives: &[f64]) -> f64 {
    let part = |values: &[f64]| sample_variance(values).unwrap_or_default() / values.len() as f64;
    (part(positives) + part(negatives)).sqrt()
}

/// For each item the share of the other class that it is ranked correctly against, in item order.
struct Placements {
    of_positives: Vec<f64>,
    of_negatives: Vec<f64>,
}

impl Placements {
    fn of(ranked: &Ranked) -> StatsResult<Self> {
        let found = ranked.positives().min(ranked.negatives());
        if found < 2 {
            return Err(StatsError::TooFew { what: "DeLong's variance, in each class,", needed: 2, found });
        }
        let (positives, negatives) = (ranked.positives() as f64, ranked.negatives() as f64);
        let (mut below, mut above) = (0.0, positives);
        let mut by_cell = Vec::with_capacity(2 * ranked.runs());
        for (negative, positive) in ranked.run_counts() {
            let (negative, positive) = (f64::from(negative), f64::from(positive));
            above -= positive;
            by_cell.push((above + positive / 2.0) / positives);
            by_cell.push((below + negative / 2.0) / negatives);
            below += negative;
        }
        let mut placements = Self { of_positives: Vec::new(), of_negatives: Vec::new() };
        for cell in ranked.cells() {
            let placement = by_cell.get(*cell as usize).copied().unwrap_or_default();
            let class =
                if cell % 2 == 1 { &mut placements.of_positives } else { &mut placements.of_negatives };
            class.push(placement);
        }
        debug_assert!(
            mean(&placements.of_positives).is_some_and(|found| (found - ranked.auc()).abs() < 1e-9)
        );
        Ok(placements)
    }
}
