//! Wilcoxon's signed-rank test of paired differences.
//!
//! The sizes of the differences from the margin are ranked, ties by average rank; W⁺ is the sum of the ranks of the positive ones. Under the null
//! hypothesis the differences are symmetric about the margin and every sign is a coin toss.
//! Sources: Wilcoxon (1945); Pratt (1959) for zeros; Cureton (1967) for the normal approximation with Pratt's zeros; Hodges and Lehmann (1963)
//! for the estimate and its interval. Tolerance: 1e-10 relative against `SciPy`'s `wilcoxon`.

mod null;
mod walsh;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::error::{check_finite, check_margin};
use crate::proportion::Continuity;
use crate::ranks::average_ranks;
use crate::{Alpha, Interval, PValue, StatsError, StatsResult, Tail, normal};

/// Up to this many differences that are not the margin the distribution of W⁺ is exact.
pub const EXACT_LIMIT: usize = 50;

/// What is done with differences equal to the margin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Zeros {
    /// Left out before ranking (Wilcoxon; `zero_method="wilcox"`).
    #[default]
    Drop,
    /// Ranked with the others, then left out (Pratt; `zero_method="pratt"`).
    Pratt,
}

/// The null distribution of W⁺.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum NullDistribution {
    /// Exact up to [`EXACT_LIMIT`], else normal without correction.
    #[default]
    Auto,
    /// All sign patterns, given the observed ranks: with ties too, where `SciPy` uses the normal approximation or a permutation test.
    Exact,
    /// Normal with the variance corrected for ties.
    Normal(Continuity),
}

/// A signed-rank test.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Wilcoxon {
    /// Number of differences.
    pub n: usize,
    /// Number of differences that are not the margin.
    pub informative: usize,
    /// Sum of the ranks of differences above the margin.
    pub w_plus: f64,
    /// Sum of the ranks of differences below the margin.
    pub w_minus: f64,
    /// Whether p is exact.
    pub exact: bool,
    /// p under the chosen tail; 1 without informative differences.
    pub p: PValue,
    /// The smallest p that this many informative differences could have given, were all of one sign.
    pub attainable_p: PValue,
    /// The Hodges–Lehmann estimate: median of the means of all pairs of differences, each with itself included.
    pub estimate: f64,
    /// Two-sided interval of the estimate at 1 − alpha or a little more; `None` where so few differences cannot give that level.
    pub interval: Option<Interval>,
}

/// Tests paired differences against a margin, by shifting them.
///
/// The interval goes by the distribution of W⁺ without ties (exact up to [`EXACT_LIMIT`] differences), which is conservative with ties.
/// `NullDistribution::Exact` beyond the limit is refused. Time: n log n, and 64·n for estimate and interval.
pub fn test(
    differences: &[f64],
    margin: f64,
    tail: Tail,
    zeros: Zeros,
    distribution: NullDistribution,
    alpha: Alpha,
) -> StatsResult<Wilcoxon> {
    check_finite(differences)?;
    check_margin(margin)?;
    if differences.is_empty() {
        return Err(StatsError::Empty("a signed-rank test needs differences"));
    }
    let ranked = Ranked::new(differences, margin, zeros);
    let informative = ranked.ranks.len();
    let exact = match distribution {
        NullDistribution::Auto => informative <= EXACT_LIMIT,
        NullDistribution::Exact if informative > EXACT_LIMIT => {
            return Err(StatsError::OutOfRange {
                name: "number of differences of an exact signed-rank test",
                value: informative as f64,
                range: "at most 50",
            });
        }
        NullDistribution::Exact => true,
        NullDistribution::Normal(_) => false,
    };
    let continuity = match distribution {
        NullDistribution::Normal(continuity) => continuity,
        _ => Continuity::Plain,
    };
    let p_of = |w_plus: f64| {
        if exact {
            null::exact_p(&ranked.ranks, w_plus, tail)
        } else {
            ranked.normal_p(w_plus, tail, continuity)
        }
    };
    let most = if tail == Tail::Less { 0.0 } else { ranked.ranks.iter().sum() };
    let ascending = walsh::sorted(differences);
    Ok(Wilcoxon {
        n: differences.len(),
        informative,
        w_plus: ranked.w_plus,
        w_minus: ranked.w_minus,
        exact,
        p: p_of(ranked.w_plus),
        attainable_p: p_of(most),
        estimate: walsh::median(&ascending),
        interval: interval(&ascending, alpha)?,
    })
}

/// Ranks of the informative differences, and what the normal approximation needs.
struct Ranked {
    ranks: Vec<f64>,
    w_plus: f64,
    w_minus: f64,
    mean: f64,
    variance: f64,
}

impl Ranked {
    fn new(differences: &[f64], margin: f64, zeros: Zeros) -> Self {
        let mut shifted: Vec<f64> = differences.iter().map(|d| d - margin).collect();
        if zeros == Zeros::Drop {
            shifted.retain(|d| *d != 0.0);
        }
        let sizes: Vec<f64> = shifted.iter().map(|d| d.abs()).collect();
        let (all, groups) = average_ranks(&sizes);
        let signed = || shifted.iter().zip(&all).filter(|(d, _)| **d != 0.0);
        let w_plus = signed().filter(|(d, _)| **d > 0.0).map(|(_, rank)| rank).sum();
        let w_minus = signed().filter(|(d, _)| **d < 0.0).map(|(_, rank)| rank).sum();
        let ranks: Vec<f64> = signed().map(|(_, rank)| *rank).collect();
        let count = all.len() as f64;
        let zero_count = (all.len() - ranks.len()) as f64;
        // Zeros, where they are ranked, are the first group.
        let skipped = usize::from(zero_count > 0.0);
        let ties: f64 = groups.iter().skip(skipped).map(|size| cube_less_self(*size as f64)).sum();
        let squares = |n: f64| n * (n + 1.0) * (2.0 * n + 1.0);
        Self {
            w_plus,
            w_minus,
            ranks,
            mean: (count * (count + 1.0) - zero_count * (zero_count + 1.0)) / 4.0,
            variance: (squares(count) - squares(zero_count) - ties / 2.0) / 24.0,
        }
    }

    fn normal_p(&self, w_plus: f64, tail: Tail, continuity: Continuity) -> PValue {
        if self.variance <= 0.0 {
            return PValue::ONE;
        }
        let off = w_plus - self.mean;
        let half = match (continuity, tail) {
            (Continuity::Plain, _) => 0.0,
            (Continuity::Corrected, Tail::Greater) => 0.5,
            (Continuity::Corrected, Tail::Less) => -0.5,
            (Continuity::Corrected, Tail::TwoSided) if off == 0.0 => 0.0,
            (Continuity::Corrected, Tail::TwoSided) => 0.5_f64.copysign(off),
        };
        let z = (off - half) / self.variance.sqrt();
        PValue::clamped(match tail {
            Tail::Greater => normal::sf(z),
            Tail::Less => normal::cdf(z),
            Tail::TwoSided => 2.0 * normal::sf(z.abs()),
        })
    }
}

fn cube_less_self(size: f64) -> f64 {
    size * size * size - size
}

/// The order statistics of the Walsh averages at the quantiles of W⁺.
fn interval(ascending: &[f64], alpha: Alpha) -> StatsResult<Option<Interval>> {
    let n = ascending.len() as f64;
    let pairs = walsh::count(ascending.len());
    let outside = if ascending.len() <= EXACT_LIMIT {
        null::outside(ascending.len(), alpha.get() / 2.0)
    } else {
        let deviation = (n * (n + 1.0) * (2.0 * n + 1.0) / 24.0).sqrt();
        let quantile = n * (n + 1.0) / 4.0 + normal::quantile(alpha.get() / 2.0)? * deviation;
        walsh::floor(quantile)
    };
    // `outside` of the lowest averages lie below the interval: the next one is its end.
    Ok((outside > 0 && 2 * outside <= pairs).then(|| Interval {
        low: walsh::nth(ascending, outside - 1),
        high: walsh::nth(ascending, pairs - outside),
        level: 1.0 - alpha.get(),
    }))
}

#[cfg(test)]
mod tests;
