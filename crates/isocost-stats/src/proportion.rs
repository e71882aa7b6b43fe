//! Intervals for a proportion.
//!
//! Sources: Clopper and Pearson (1934); Wilson (1927), with Newcombe's (1998) form of the continuity correction.
//! Tolerance: 1e-9 against `SciPy`'s `binomtest(...).proportion_ci`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::binomial::regularised;
use crate::roots::solve;
use crate::{Alpha, Interval, StatsError, StatsResult, normal};

/// Successes out of trials.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Count {
    successes: u64,
    trials: u64,
}

impl Count {
    /// Refuses no trials and more successes than trials.
    pub fn new(successes: u64, trials: u64) -> StatsResult<Self> {
        if trials == 0 {
            return Err(StatsError::Empty("a proportion needs trials"));
        }
        if successes > trials {
            return Err(StatsError::OutOfRange {
                name: "successes",
                value: successes as f64,
                range: "at most the number of trials",
            });
        }
        Ok(Self { successes, trials })
    }

    /// The proportion.
    pub fn estimate(self) -> f64 {
        self.successes as f64 / self.trials as f64
    }
}

/// Which ends of an interval are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Sides {
    /// Both, alpha/2 beyond each.
    #[default]
    Both,
    /// The lower end, alpha below it; the upper end is 1.
    Lower,
    /// The upper end, alpha above it; the lower end is 0. With no success in n trials it is about 3/n at 5 % ("rule of three").
    Upper,
}

/// Whether a normal approximation allows for counts being whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Continuity {
    /// No correction.
    #[default]
    Plain,
    /// Half a count towards the mean.
    Corrected,
}

fn beyond(alpha: Alpha, sides: Sides) -> f64 {
    if sides == Sides::Both { alpha.get() / 2.0 } else { alpha.get() }
}

fn ends(low: f64, high: f64, alpha: Alpha, sides: Sides) -> Interval {
    let level = 1.0 - alpha.get();
    match sides {
        Sides::Both => Interval { low, high, level },
        Sides::Lower => Interval { low, high: 1.0, level },
        Sides::Upper => Interval { low: 0.0, high, level },
    }
}

/// The exact interval of Clopper and Pearson: covers with at least its level, whatever the truth. Its lower end is 0 without successes, its upper end
/// 1 without failures.
pub fn clopper_pearson(count: Count, alpha: Alpha, sides: Sides) -> Interval {
    let (x, n) = (count.successes as f64, count.trials as f64);
    let tail = beyond(alpha, sides);
    let low = if count.successes == 0 { 0.0 } else { beta_quantile(x, n - x + 1.0, tail) };
    // The mirror image: the upper end of successes is one less the lower end of failures.
    let high = if count.successes == count.trials { 1.0 } else { 1.0 - beta_quantile(n - x, x + 1.0, tail) };
    ends(low, high, alpha, sides)
}

/// The x with `I_x(a, b)` = probability.
fn beta_quantile(a: f64, b: f64, probability: f64) -> f64 {
    solve(0.0, 1.0, 1e-12, |x| regularised(a, b, x) - probability)
}

/// Wilson's score interval, from inverting the normal test of a proportion.
pub fn wilson(count: Count, alpha: Alpha, sides: Sides, continuity: Continuity) -> StatsResult<Interval> {
    let (n, share) = (count.trials as f64, count.estimate());
    let z = -normal::quantile(beyond(alpha, sides))?;
    let square = z * z;
    let wide = 2.0 * (n + square);
    let centre = 2.0 * n * share + square;
    let (shift, low_root, high_root) = match continuity {
        Continuity::Plain => {
            let root = z * (square + 4.0 * n * share * (1.0 - share)).sqrt();
            (0.0, root, root)
        }
        Continuity::Corrected => {
            let root = |sign: f64| {
                let inside = square - sign * 2.0 - 1.0 / n + 4.0 * share * (n * (1.0 - share) + sign);
                z * inside.max(0.0).sqrt()
            };
            (1.0, root(1.0), root(-1.0))
        }
    };
    let low = if count.successes == 0 { 0.0 } else { ((centre - shift - low_root) / wide).max(0.0) };
    let high =
        if count.successes == count.trials { 1.0 } else { ((centre + shift + high_root) / wide).min(1.0) };
    Ok(ends(low, high, alpha, sides))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALPHA: Alpha = Alpha::FIVE_PERCENT;

    #[test]
    fn no_events_leave_three_out_of_n_possible() {
        let none = clopper_pearson(Count::new(0, 300).unwrap(), ALPHA, Sides::Upper);
        assert!((none.high - (1.0 - 0.05_f64.powf(1.0 / 300.0))).abs() < 1e-12, "{none:?}");
        assert!(none.low <= 0.0);
        let all = clopper_pearson(Count::new(300, 300).unwrap(), ALPHA, Sides::Lower);
        assert!((all.low + none.high - 1.0).abs() < 1e-12);
    }

    #[test]
    fn the_exact_ends_have_the_tails_that_they_promise() {
        for (x, n) in [(1, 7), (21, 3894), (50, 100), (199, 200)] {
            let interval = clopper_pearson(Count::new(x, n).unwrap(), ALPHA, Sides::Both);
            assert!((crate::binomial::sf_from(n, interval.low, x) / 0.025 - 1.0).abs() < 1e-9);
            assert!((crate::binomial::cdf(n, interval.high, x) / 0.025 - 1.0).abs() < 1e-9);
        }
    }

    #[test]
    fn impossible_counts_are_refused() {
        assert!(Count::new(0, 0).is_err());
        assert!(Count::new(3, 2).is_err());
    }

    #[test]
    fn correcting_for_continuity_only_widens() {
        for (x, n) in [(0, 10), (3, 10), (10, 10), (77, 402)] {
            let count = Count::new(x, n).unwrap();
            let plain = wilson(count, ALPHA, Sides::Both, Continuity::Plain).unwrap();
            let corrected = wilson(count, ALPHA, Sides::Both, Continuity::Corrected).unwrap();
            assert!(corrected.low <= plain.low && corrected.high >= plain.high);
        }
    }
}
