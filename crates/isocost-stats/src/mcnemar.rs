//! `McNemar`'s test of paired binary outcomes, exact.
//!
//! Only the discordant pairs speak: under the null hypothesis each is a win or a loss with probability ½.
//! Sources: `McNemar` (1947); the exact form is the binomial test; mid-p: Fagerland, Lydersen and Laake (2013), "The `McNemar` test for binary
//! matched-pairs data". Tolerance: 1e-10 relative against `SciPy`'s `binomtest`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::binomial;
use crate::error::check_finite;
use crate::ranks::same;
use crate::{PValue, StatsError, StatsResult, Tail};

/// Pairs on which the two arms differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Discordant {
    /// Pairs that only the tested arm got right.
    pub wins: u64,
    /// Pairs that only its opponent got right.
    pub losses: u64,
}

impl Discordant {
    /// Counts the signs of differences that are −c, 0 or c for one c > 0. Refuses NaN, infinities and any other value.
    pub fn from_differences(differences: &[f64]) -> StatsResult<Self> {
        check_finite(differences)?;
        let size = differences.iter().fold(0.0_f64, |size, d| size.max(d.abs()));
        if let Some(odd) = differences.iter().find(|d| **d != 0.0 && !same(d.abs(), size)) {
            return Err(StatsError::OutOfRange {
                name: "a difference of binary outcomes",
                value: *odd,
                range: "0 or the largest one but for its sign",
            });
        }
        let count = |wanted: fn(f64) -> bool| differences.iter().filter(|d| wanted(**d)).count() as u64;
        Ok(Self { wins: count(|d| d > 0.0), losses: count(|d| d < 0.0) })
    }

    /// Number of discordant pairs.
    pub fn total(self) -> u64 {
        self.wins.saturating_add(self.losses)
    }
}

/// How the observed count itself is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Weight {
    /// In full: the level is kept with certainty.
    #[default]
    Exact,
    /// By half: the level is kept on average, with more power.
    MidP,
}

/// A test of paired binary outcomes.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct McNemar {
    /// The discordant pairs.
    pub discordant: Discordant,
    /// p under the chosen tail.
    pub p: PValue,
    /// The smallest p that this many discordant pairs could have given.
    pub attainable_p: PValue,
}

/// Tests whether wins are as frequent as losses. `Tail::Greater` answers "more wins than losses".
///
/// Two-sided p is twice the smaller tail, at most 1; with [`Weight::MidP`] each tail counts half of the observed number. Without discordant
/// pairs p is 1.
pub fn test(discordant: Discordant, tail: Tail, weight: Weight) -> McNemar {
    let total = discordant.total();
    let p = tail_p(discordant, tail, weight);
    let sides = Discordant { wins: total, losses: 0 };
    let best = if tail == Tail::Less { Discordant { wins: 0, losses: total } } else { sides };
    McNemar { discordant, p: PValue::clamped(p), attainable_p: PValue::clamped(tail_p(best, tail, weight)) }
}

fn tail_p(discordant: Discordant, tail: Tail, weight: Weight) -> f64 {
    let Discordant { wins, losses } = discordant;
    let total = discordant.total();
    if total == 0 {
        return 1.0;
    }
    let least = |count: u64| {
        let full = binomial::sf_from(total, 0.5, count);
        match weight {
            Weight::Exact => full,
            Weight::MidP => full - 0.5 * binomial::pmf(total, 0.5, count),
        }
    };
    match tail {
        Tail::Greater => least(wins),
        Tail::Less => least(losses),
        Tail::TwoSided => 2.0 * least(wins.max(losses)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn p(wins: u64, losses: u64, tail: Tail, weight: Weight) -> f64 {
        test(Discordant { wins, losses }, tail, weight).p.get()
    }

    #[test]
    fn five_wins_to_none_cannot_give_less_than_a_sixteenth() {
        let result = test(Discordant { wins: 5, losses: 0 }, Tail::TwoSided, Weight::Exact);
        assert!((result.p.get() - 1.0 / 16.0).abs() < 1e-15);
        assert_eq!(result.p, result.attainable_p);
    }

    #[test]
    fn the_one_sided_mid_p_values_add_up_to_one() {
        for (wins, losses) in [(3, 7), (10, 10), (0, 4), (250, 200)] {
            let sum =
                p(wins, losses, Tail::Greater, Weight::MidP) + p(wins, losses, Tail::Less, Weight::MidP);
            assert!((sum - 1.0).abs() < 1e-12, "{sum}");
        }
    }

    #[test]
    fn a_balance_or_nothing_gives_one() {
        assert!((p(4, 4, Tail::TwoSided, Weight::Exact) - 1.0).abs() < 1e-15);
        assert!((p(0, 0, Tail::Greater, Weight::Exact) - 1.0).abs() < 1e-15);
    }

    #[test]
    fn differences_of_binary_outcomes_are_counted_and_others_refused() {
        let counted = Discordant::from_differences(&[0.5, 0.0, -0.5, 0.5, -0.0]).unwrap();
        assert_eq!(counted, Discordant { wins: 2, losses: 1 });
        assert!(Discordant::from_differences(&[0.5, 1.0]).is_err());
        assert!(Discordant::from_differences(&[f64::NAN]).is_err());
        assert_eq!(Discordant::from_differences(&[]).unwrap().total(), 0);
    }
}
