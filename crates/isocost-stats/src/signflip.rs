//! The sign-flip permutation test of paired differences.
//!
//! Under the null hypothesis the differences from the margin are symmetric about 0, so that each sign is a coin toss.
//! Source: Fisher (1935), "The Design of Experiments"; Phipson and Smyth (2010) for the Monte-Carlo p, which is never 0.

pub(crate) mod table;

use rayon::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::error::{check_finite, check_margin};
use crate::{PValue, StatsError, StatsResult, Stream, Tail, mean, sum};
use table::SignedSums;

/// Up to this many differences that are not 0 all sign patterns are counted.
pub const EXACT_LIMIT: usize = 32;
/// Random sign patterns where there are more.
pub const RANDOM_FLIPS: u32 = 99_999;

const DOMAIN: u32 = 0x5167_0001;

/// How the sign patterns were gone through.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Enumeration {
    /// All of them.
    Exact,
    /// A random sample, with the observed one added: p = (b + 1) / (B + 1).
    Random {
        /// B.
        flips: u64,
    },
}

/// A sign-flip test of a mean difference against a margin.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SignFlip {
    /// Number of differences.
    pub n: usize,
    /// Number of differences that are not the margin.
    pub informative: usize,
    /// Mean difference.
    pub mean: f64,
    /// p under the chosen tail.
    pub p: PValue,
    /// The smallest p that this many informative differences could have given.
    pub attainable_p: PValue,
    /// Exact or sampled.
    pub enumeration: Enumeration,
}

/// Tests paired differences against a margin.
///
/// Patterns whose sum ties with the observed one (to 1e-12 of the sum of sizes) count as at least as extreme. Differences equal to the
/// margin carry no sign and change nothing. `seed` matters only beyond [`EXACT_LIMIT`].
pub fn test(differences: &[f64], margin: f64, tail: Tail, seed: u64) -> StatsResult<SignFlip> {
    check_finite(differences)?;
    check_margin(margin)?;
    let mean = mean(differences).ok_or(StatsError::Empty("a sign-flip test needs differences"))?;
    let shifted: Vec<f64> =
        differences.iter().map(|d| orient(d - margin, tail)).filter(|d| *d != 0.0).collect();
    let (p, enumeration) = if shifted.len() <= EXACT_LIMIT {
        (exact(&shifted, tail), Enumeration::Exact)
    } else {
        (sampled(&shifted, tail, seed), Enumeration::Random { flips: RANDOM_FLIPS.into() })
    };
    let attainable_p = attainable(shifted.len(), tail, enumeration);
    Ok(SignFlip { n: differences.len(), informative: shifted.len(), mean, p, attainable_p, enumeration })
}

/// Turns a test of "less" into one of "greater".
fn orient(value: f64, tail: Tail) -> f64 {
    if tail == Tail::Less { -value } else { value }
}

fn attainable(informative: usize, tail: Tail, enumeration: Enumeration) -> PValue {
    let patterns = 2.0_f64.powi(i32::try_from(informative.min(1000)).unwrap_or(1000));
    let sides = if tail == Tail::TwoSided { 2.0 } else { 1.0 };
    let least = match enumeration {
        Enumeration::Exact => 0.0,
        Enumeration::Random { flips } => 1.0 / (flips + 1) as f64,
    };
    PValue::clamped((sides / patterns).max(least))
}

/// The sum that a pattern must reach: the observed one, less a tolerance for ties.
fn target(values: &[f64], tail: Tail) -> f64 {
    let observed = sum(values);
    let sizes: Vec<f64> = values.iter().map(|value| value.abs()).collect();
    let tolerance = 1e-12 * sum(&sizes);
    if tail == Tail::TwoSided { observed.abs() - tolerance } else { observed - tolerance }
}

/// Counts all patterns by meeting in the middle: sums of each half, sorted, and one walk over both.
fn exact(values: &[f64], tail: Tail) -> PValue {
    let target = target(values, tail);
    if tail == Tail::TwoSided && target <= 0.0 {
        return PValue::ONE;
    }
    let (left, right) = values.split_at(values.len() / 2);
    let (mut left, mut right) = (sums(left), sums(right));
    left.sort_by(f64::total_cmp);
    right.sort_by(f64::total_cmp);
    let mut count = 0_usize;
    let mut above = right.len();
    for low in &left {
        // As the left sum grows, more of the right sums reach the target.
        while above > 0 && right.get(above - 1).is_some_and(|high| low + high >= target) {
            above -= 1;
        }
        count += right.len() - above;
    }
    let one_side = count as f64 / (left.len() as f64 * right.len() as f64);
    // Flipping every sign mirrors the distribution, so that both tails hold the same number.
    PValue::clamped(if tail == Tail::TwoSided { 2.0 * one_side } else { one_side })
}

/// The 2ⁿ signed sums of at most `EXACT_LIMIT / 2` values.
fn sums(values: &[f64]) -> Vec<f64> {
    let mut sums = vec![0.0];
    for value in values {
        sums = sums.iter().flat_map(|sum| [sum - value, sum + value]).collect();
    }
    sums
}

fn sampled(values: &[f64], tail: Tail, seed: u64) -> PValue {
    let target = target(values, tail);
    let sums = SignedSums::new(values);
    let count = (0..RANDOM_FLIPS)
        .into_par_iter()
        .with_min_len(256)
        .map_init(
            || vec![0; sums.words()],
            |signs, flip| {
                Stream::new(seed, DOMAIN, flip.into()).fill(signs);
                let flipped = sums.flipped(signs);
                if tail == Tail::TwoSided { flipped.abs() >= target } else { flipped >= target }
            },
        )
        .filter(|reached| *reached)
        .count();
    PValue::clamped((count + 1) as f64 / f64::from(RANDOM_FLIPS + 1))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn p(differences: &[f64], margin: f64, tail: Tail) -> f64 {
        test(differences, margin, tail, 1).unwrap().p.get()
    }

    /// Written another way: every pattern of bits, one sum each.
    fn brute_force(differences: &[f64], tail: Tail) -> f64 {
        let observed: f64 = differences.iter().sum();
        let n = differences.len();
        let reached = (0..1_u32 << n).filter(|pattern| {
            let total: f64 = differences
                .iter()
                .enumerate()
                .map(|(i, d)| if pattern >> i & 1 == 1 { -d } else { *d })
                .sum();
            match tail {
                Tail::TwoSided => total.abs() >= observed.abs() - 1e-9,
                Tail::Greater => total >= observed - 1e-9,
                Tail::Less => total <= observed + 1e-9,
            }
        });
        reached.count() as f64 / f64::from(1_u32 << n)
    }

    #[test]
    fn three_seeds_that_agree_cannot_give_less_than_a_quarter() {
        let result = test(&[0.1, 0.2, 0.3], 0.0, Tail::TwoSided, 0).unwrap();
        assert!((result.p.get() - 0.25).abs() < 1e-15);
        assert_eq!(result.p, result.attainable_p);
        assert_eq!(result.enumeration, Enumeration::Exact);
    }

    #[test]
    fn differences_of_zero_change_nothing() {
        let with = test(&[0.1, 0.0, 0.2, -0.05, 0.0], 0.0, Tail::Greater, 0).unwrap();
        let without = test(&[0.1, 0.2, -0.05], 0.0, Tail::Greater, 0).unwrap();
        assert_eq!((with.p, with.informative), (without.p, 3));
        assert_eq!(p(&[0.0, 0.0], 0.0, Tail::TwoSided).to_bits(), 1.0_f64.to_bits());
    }

    #[test]
    fn the_sampled_value_is_near_the_exact_one_and_never_zero() {
        let values: Vec<f64> = (0..20).map(|i| f64::from(i) * 0.1 - 0.7).collect();
        let oriented: Vec<f64> = values.iter().copied().filter(|v| *v != 0.0).collect();
        let (exact, sampled) =
            (exact(&oriented, Tail::Greater).get(), sampled(&oriented, Tail::Greater, 3).get());
        assert!((exact - sampled).abs() < 0.005, "{exact} {sampled}");
        assert!(p(&[1.0; 60], 0.0, Tail::Greater) > 0.0);
    }

    proptest! {
        #[test]
        fn meeting_in_the_middle_counts_what_going_through_all_counts(
            values in prop::collection::vec((-8_i8..=8).prop_map(|v| f64::from(v) / 8.0), 1..11),
        ) {
            for tail in [Tail::TwoSided, Tail::Greater, Tail::Less] {
                prop_assert!((p(&values, 0.0, tail) - brute_force(&values, tail)).abs() < 1e-12);
            }
        }

        #[test]
        fn negated_differences_swap_the_tails(values in prop::collection::vec(-1.0..1.0_f64, 1..15)) {
            let negated: Vec<f64> = values.iter().map(|v| -v).collect();
            prop_assert!((p(&values, 0.0, Tail::Greater) - p(&negated, 0.0, Tail::Less)).abs() < 1e-12);
        }
    }
}
