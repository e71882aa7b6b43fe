//! Power of `McNemar`'s exact test.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{PlannedTest, Power, search};
use crate::mcnemar::{Discordant, Weight, test as run};
use crate::roots::solve;
use crate::{StatsError, StatsResult, Tail, binomial};

/// Numbers of discordant pairs less likely than this are left out.
const NEGLIGIBLE: f64 = 1e-14;

/// True shares of pairs that the tested arm wins and loses.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Outcomes {
    win: f64,
    loss: f64,
}

impl Outcomes {
    /// Refuses negative shares, none at all, and more than 1 together.
    pub fn new(win: f64, loss: f64) -> StatsResult<Self> {
        let together = win + loss;
        if win >= 0.0 && loss >= 0.0 && together > 0.0 && together <= 1.0 {
            Ok(Self { win, loss })
        } else {
            Err(StatsError::OutOfRange {
                name: "the shares of wins and losses together",
                value: together,
                range: "greater than 0 and at most 1, neither below 0",
            })
        }
    }
}

/// Power of the exact (or mid-p) test over n pairs, by going through all numbers of discordant pairs and of wins. `Tail::Greater` tests for more wins.
///
/// Exact to 1e-9. Time: about 12·√n steps of a bisection.
pub fn mcnemar(outcomes: Outcomes, n: u64, test: PlannedTest, weight: Weight) -> f64 {
    let discordant = (outcomes.win + outcomes.loss).min(1.0);
    let win = (outcomes.win / (outcomes.win + outcomes.loss)).clamp(0.0, 1.0);
    let spread = (n as f64 * discordant * (1.0 - discordant)).sqrt();
    let expected = n as f64 * discordant;
    let (first, last) = (floor(expected - 9.0 * spread - 20.0), floor(expected + 9.0 * spread + 20.0).min(n));
    let mut power = 0.0;
    for total in first..=last {
        let chance = binomial::pmf(n, discordant, total);
        if chance > NEGLIGIBLE {
            power += chance * given(total, win, test, weight);
        }
    }
    power.min(1.0)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped at 0; saturates")]
fn floor(value: f64) -> u64 {
    value.max(0.0) as u64
}

/// Power given the number of discordant pairs.
fn given(total: u64, win: f64, test: PlannedTest, weight: Weight) -> f64 {
    let Some(critical) = critical(total, test, weight) else { return 0.0 };
    let wins = binomial::sf_from(total, win, critical);
    let losses = binomial::sf_from(total, 1.0 - win, critical);
    match test.tail {
        Tail::Greater => wins,
        Tail::Less => losses,
        Tail::TwoSided => wins + losses,
    }
}

/// The smallest majority that is rejected; `None` if not even unanimity is.
fn critical(total: u64, test: PlannedTest, weight: Weight) -> Option<u64> {
    let tail = if test.tail == Tail::TwoSided { Tail::TwoSided } else { Tail::Greater };
    let rejects = |wins: u64| {
        let discordant = Discordant { wins, losses: total.saturating_sub(wins) };
        run(discordant, tail, weight).p.get() <= test.alpha.get()
    };
    if total == 0 || !rejects(total) {
        return None;
    }
    let (mut low, mut high) = (total / 2, total);
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if rejects(middle) {
            high = middle;
        } else {
            low = middle;
        }
    }
    Some(high)
}

/// The smallest excess of wins over losses, as a share of all pairs, that n pairs find with the wanted power, if the share `discordant` of pairs differs at all.
/// Undetermined where not even winning all of these is enough.
pub fn mcnemar_effect(
    power: Power,
    discordant: f64,
    n: u64,
    test: PlannedTest,
    weight: Weight,
) -> StatsResult<f64> {
    Outcomes::new(discordant, 0.0)?;
    let at = |excess: f64| {
        let outcomes = Outcomes {
            win: f64::midpoint(discordant, excess),
            loss: f64::midpoint(discordant, -excess).max(0.0),
        };
        let (win, loss) = if test.tail == Tail::Less {
            (outcomes.loss, outcomes.win)
        } else {
            (outcomes.win, outcomes.loss)
        };
        mcnemar(Outcomes { win, loss }, n, test, weight) - power.get()
    };
    if at(discordant) < 0.0 {
        return Err(StatsError::Undetermined("so few pairs differ that winning all of them is not enough"));
    }
    Ok(solve(0.0, discordant, 1e-6, at))
}

/// A number of pairs that finds these outcomes with the wanted power while one fewer does not. The power of an exact test falls a little at some numbers
/// on its way up; a slightly smaller number may reach it too.
pub fn mcnemar_items(
    outcomes: Outcomes,
    power: Power,
    test: PlannedTest,
    weight: Weight,
) -> StatsResult<u64> {
    let excess = outcomes.win - outcomes.loss;
    let reachable = match test.tail {
        Tail::Greater => excess > 0.0,
        Tail::Less => excess < 0.0,
        Tail::TwoSided => excess != 0.0,
    };
    if !reachable {
        return Err(StatsError::Undetermined("the outcomes have no effect in the tested direction"));
    }
    let found = search::count(1, power.get(), |n| Ok(mcnemar(outcomes, n as u64, test, weight)))?;
    Ok(found as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    const GREATER: PlannedTest = PlannedTest { tail: Tail::Greater, alpha: crate::Alpha::FIVE_PERCENT };

    /// Written another way: every number of wins and losses with its trinomial probability.
    fn brute_force(outcomes: Outcomes, n: u64, test: PlannedTest) -> f64 {
        let mut power = 0.0;
        for wins in 0..=n {
            for losses in 0..=n - wins {
                let p = run(Discordant { wins, losses }, test.tail, Weight::Exact).p.get();
                if p <= test.alpha.get() {
                    power += binomial::pmf(n, outcomes.win, wins)
                        * binomial::pmf(n - wins, outcomes.loss / (1.0 - outcomes.win), losses);
                }
            }
        }
        power
    }

    #[test]
    fn the_power_is_the_chance_of_all_outcomes_that_are_rejected() {
        for tail in [Tail::TwoSided, Tail::Greater, Tail::Less] {
            let test = PlannedTest { tail, ..GREATER };
            for (win, loss, n) in [(0.3, 0.1, 40), (0.1, 0.3, 25), (0.05, 0.05, 60), (0.4, 0.0, 12)] {
                let outcomes = Outcomes::new(win, loss).unwrap();
                let found = mcnemar(outcomes, n, test, Weight::Exact);
                assert!((found - brute_force(outcomes, n, test)).abs() < 1e-9);
            }
        }
    }

    #[test]
    fn the_least_effect_reaches_the_power_just_so_and_its_number_of_items_is_the_one_asked_about() {
        let effect = mcnemar_effect(Power::EIGHTY_PERCENT, 0.2, 402, GREATER, Weight::Exact).unwrap();
        let outcomes = Outcomes::new(0.1 + effect / 2.0, 0.1 - effect / 2.0).unwrap();
        assert!((mcnemar(outcomes, 402, GREATER, Weight::Exact) - 0.8).abs() < 1e-6);
        let n = mcnemar_items(outcomes, Power::EIGHTY_PERCENT, GREATER, Weight::Exact).unwrap();
        assert!((380..=403).contains(&n), "{n}");
        let less = PlannedTest { tail: Tail::Less, ..GREATER };
        let mirrored = mcnemar_effect(Power::EIGHTY_PERCENT, 0.2, 402, less, Weight::Exact).unwrap();
        assert!((mirrored - effect).abs() < 1e-9);
    }

    #[test]
    fn what_cannot_be_found_is_undetermined() {
        assert!(mcnemar_effect(Power::EIGHTY_PERCENT, 0.01, 50, GREATER, Weight::Exact).is_err());
        let even = Outcomes::new(0.1, 0.1).unwrap();
        assert!(mcnemar_items(even, Power::EIGHTY_PERCENT, GREATER, Weight::Exact).is_err());
        assert!(Outcomes::new(0.0, 0.0).is_err());
        assert!(Outcomes::new(0.7, 0.4).is_err());
        assert!(Outcomes::new(f64::NAN, 0.4).is_err());
    }
}
