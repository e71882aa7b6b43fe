//! Correlation of two variables measured on the same items.
//!
//! Sources: Pearson with Fisher's z interval (Fisher 1921); Spearman (1904); Kendall's tau-b (1945) by Knight's (1966) O(n log n) count;
//! standard errors of the rank correlations on the z scale by Bonett and Wright (2000): root of (1 + r²/2)/(n − 3) for Spearman and of
//! 0.437/(n − 4) for Kendall. Tolerance: 1e-10 relative against `SciPy`'s `pearsonr`, `spearmanr` and `kendalltau`.

mod kendall;
mod resampled;

pub use resampled::{bca, resample};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::error::check_finite;
use crate::ranks::average_ranks;
use crate::ttest::p_of_t;
use crate::{Alpha, Interval, PValue, StatsError, StatsResult, Tail, mean, normal, sum};

/// Which correlation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Coefficient {
    /// Of the values.
    Pearson,
    /// Of the average ranks.
    Spearman,
    /// Kendall's tau-b: concordant less discordant pairs, over the geometric mean of the pairs not tied in either variable.
    Kendall,
}

/// A correlation with its test against 0.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Correlation {
    /// Which one.
    pub coefficient: Coefficient,
    /// Number of pairs.
    pub n: usize,
    /// In `-1..=1`.
    pub estimate: f64,
    /// p of "no association" under the chosen tail.
    pub p: PValue,
    /// Two-sided interval at 1 − alpha by Fisher's z; `None` for too few pairs (four for Pearson and Spearman, five for Kendall)
    /// and for a perfect correlation, of which z is infinite.
    pub interval: Option<Interval>,
}

/// The coefficient alone, for at least two pairs; `None` where a variable is constant. NaN gives `None` too.
pub fn estimate(coefficient: Coefficient, x: &[f64], y: &[f64]) -> Option<f64> {
    let estimate = match coefficient {
        Coefficient::Pearson => pearson_of(x, y),
        Coefficient::Spearman => pearson_of(&average_ranks(x).0, &average_ranks(y).0),
        Coefficient::Kendall => kendall::Pairs::count(x, y).tau(),
    };
    estimate.filter(|r| r.is_finite())
}

/// Correlates at least three pairs and tests against 0.
///
/// p: Pearson and Spearman by Student's t of r·√((n − 2)/(1 − r²)) with n − 2 degrees of freedom; Kendall exactly up to 50 pairs without
/// ties, else by the normal approximation with the variance corrected for ties. A perfect correlation has no t; its p is that of a permutation test,
/// 1/n! a side, and never 0. A constant variable is an error.
pub fn correlate(
    coefficient: Coefficient,
    x: &[f64],
    y: &[f64],
    tail: Tail,
    alpha: Alpha,
) -> StatsResult<Correlation> {
    if x.len() != y.len() {
        return Err(StatsError::Shape { rows: 2, columns: x.len(), found: x.len() + y.len() });
    }
    check_finite(x)?;
    check_finite(y)?;
    let n = x.len();
    if n < 3 {
        return Err(StatsError::TooFew { what: "a correlation", needed: 3, found: n });
    }
    let estimate = estimate(coefficient, x, y)
        .ok_or(StatsError::Undetermined("a variable that does not vary correlates with nothing"))?;
    let p = match coefficient {
        Coefficient::Kendall => kendall::Pairs::count(x, y).p(tail),
        _ => p_of_r(estimate, n, tail)?,
    };
    Ok(Correlation { coefficient, n, estimate, p, interval: interval(coefficient, estimate, n, alpha)? })
}

fn pearson_of(x: &[f64], y: &[f64]) -> Option<f64> {
    let (dx, dy) = (centred(x)?, centred(y)?);
    let product = |a: &[f64], b: &[f64]| sum(&a.iter().zip(b).map(|(a, b)| a * b).collect::<Vec<f64>>());
    let scale = product(&dx, &dx).sqrt() * product(&dy, &dy).sqrt();
    Some((product(&dx, &dy) / scale).clamp(-1.0, 1.0))
}

/// Deviations from the mean, scaled by the largest; `None` where they are rounding errors only.
fn centred(values: &[f64]) -> Option<Vec<f64>> {
    let centre = mean(values)?;
    let largest = values.iter().fold(0.0_f64, |largest, v| largest.max(v.abs()));
    let deviations: Vec<f64> = values.iter().map(|v| v - centre).collect();
    let spread = deviations.iter().fold(0.0_f64, |spread, d| spread.max(d.abs()));
    (spread > 4.0 * f64::EPSILON * largest).then(|| deviations.iter().map(|d| d / spread).collect())
}

fn p_of_r(r: f64, n: usize, tail: Tail) -> StatsResult<PValue> {
    let rest = (1.0 - r) * (1.0 + r);
    if rest <= 4.0 * f64::EPSILON {
        return Ok(p_of_order(r, n, tail));
    }
    let df = (n - 2) as f64;
    p_of_t(r * (df / rest).sqrt(), df, tail)
}

/// One order out of n! agrees completely.
fn p_of_order(r: f64, n: usize, tail: Tail) -> PValue {
    let one = (1..=n).fold(1.0_f64, |p, k| (p / k as f64).max(f64::MIN_POSITIVE));
    PValue::clamped(match tail {
        Tail::TwoSided => 2.0 * one,
        Tail::Greater if r > 0.0 => one,
        Tail::Less if r < 0.0 => one,
        Tail::Greater | Tail::Less => 1.0,
    })
}

fn interval(coefficient: Coefficient, r: f64, n: usize, alpha: Alpha) -> StatsResult<Option<Interval>> {
    let lost = if coefficient == Coefficient::Kendall { 4 } else { 3 };
    if n <= lost || r.abs() >= 1.0 - f64::EPSILON {
        return Ok(None);
    }
    let rest = (n - lost) as f64;
    let variance = match coefficient {
        Coefficient::Pearson => 1.0 / rest,
        Coefficient::Spearman => (1.0 + r * r / 2.0) / rest,
        Coefficient::Kendall => 0.437 / rest,
    };
    let half = -normal::quantile(alpha.get() / 2.0)? * variance.sqrt();
    let z = r.atanh();
    Ok(Some(Interval { low: (z - half).tanh(), high: (z + half).tanh(), level: 1.0 - alpha.get() }))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ALL: [Coefficient; 3] = [Coefficient::Pearson, Coefficient::Spearman, Coefficient::Kendall];

    #[test]
    fn a_perfect_order_has_the_p_of_one_permutation_and_no_interval() {
        let x = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0];
        for coefficient in ALL {
            let result = correlate(coefficient, &x, &x, Tail::TwoSided, Alpha::FIVE_PERCENT).unwrap();
            assert!((result.estimate - 1.0).abs() < 1e-15);
            assert!((result.p.get() - 2.0 / 720.0).abs() < 1e-12, "{result:?}");
            assert_eq!(result.interval, None);
        }
    }

    #[test]
    fn a_constant_variable_unequal_lengths_and_nan_are_errors() {
        for coefficient in ALL {
            let run =
                |x: &[f64], y: &[f64]| correlate(coefficient, x, y, Tail::TwoSided, Alpha::FIVE_PERCENT);
            assert!(matches!(run(&[0.1; 4], &[1.0, 2.0, 3.0, 4.0]), Err(StatsError::Undetermined(_))));
            assert!(matches!(run(&[1.0, 2.0, 3.0], &[1.0, 2.0]), Err(StatsError::Shape { .. })));
            assert!(matches!(run(&[1.0, 2.0], &[1.0, 2.0]), Err(StatsError::TooFew { .. })));
            assert!(run(&[1.0, f64::NAN, 2.0], &[1.0, 2.0, 3.0]).is_err());
        }
    }

    proptest! {
        #[test]
        fn the_fast_tau_is_the_one_over_all_pairs(
            pairs in prop::collection::vec((-4_i8..=4, -4_i8..=4), 3..25),
        ) {
            let x: Vec<f64> = pairs.iter().map(|p| f64::from(p.0)).collect();
            let y: Vec<f64> = pairs.iter().map(|p| f64::from(p.1)).collect();
            let (mut score, mut free_x, mut free_y) = (0.0, 0.0, 0.0);
            for i in 0..x.len() {
                for j in 0..i {
                    let sign = |d: f64| if d == 0.0 { 0.0 } else { d.signum() };
                    let (a, b) = (sign(x[i] - x[j]), sign(y[i] - y[j]));
                    score += a * b;
                    free_x += a * a;
                    free_y += b * b;
                }
            }
            let found = estimate(Coefficient::Kendall, &x, &y);
            if free_x > 0.0 && free_y > 0.0 {
                let expected: f64 = score / (f64::sqrt(free_x) * f64::sqrt(free_y));
                prop_assert!((found.unwrap() - expected).abs() < 1e-12);
            } else {
                prop_assert!(found.is_none());
            }
        }

        #[test]
        fn a_growing_change_of_scale_leaves_rank_correlations_alone(
            pairs in prop::collection::vec((-1.0..1.0_f64, -1.0..1.0_f64), 3..30),
        ) {
            let x: Vec<f64> = pairs.iter().map(|p| p.0).collect();
            let y: Vec<f64> = pairs.iter().map(|p| p.1).collect();
            let bent: Vec<f64> = y.iter().map(|v| v * v * v + 2.0 * v).collect();
            for coefficient in [Coefficient::Spearman, Coefficient::Kendall] {
                prop_assert_eq!(estimate(coefficient, &x, &y), estimate(coefficient, &x, &bent));
            }
        }
    }
}
