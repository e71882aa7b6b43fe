//! A price on tokens, found by bisection, and one round of repairs.
//!
//! Source: the listen-then-look reference, `listen_core` section 6.2; the method is Everett's (1963) generalized Lagrange multipliers for the
//! multiple-choice knapsack.

use super::report::SLACK;
use super::{Dropping, Problem, Report};

const TIE: f64 = 1e-12;
const CHEAPER: f64 = 1e-9;

/// How long the price is searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Search {
    /// Doublings of the first price until the total fits.
    pub doublings: u32,
    /// Bisections afterwards.
    pub bisections: u32,
}

impl Default for Search {
    fn default() -> Self {
        Self { doublings: 40, bisections: 60 }
    }
}

/// Allocates by the best price of a token, then buys single upgrades with what is left. `ok` says whether the budget is kept: where dropping is
/// forbidden and the cheapest choice is too dear, it is not.
pub fn solve(problem: &Problem, dropping: Dropping, search: Search) -> Report {
    let mut high = 1.0;
    let mut dear = Choices::at(problem, dropping, high);
    for _ in 0..search.doublings {
        if dear.cost <= problem.budget + SLACK {
            break;
        }
        high *= 2.0;
        dear = Choices::at(problem, dropping, high);
    }
    let mut best = dear;
    if best.cost > problem.budget + SLACK {
        best.utility = f64::NEG_INFINITY;
    }
    let mut low = 0.0;
    for _ in 0..search.bisections {
        let middle = f64::midpoint(low, high);
        let tried = Choices::at(problem, dropping, middle);
        if tried.cost > problem.budget + SLACK {
            low = middle;
            continue;
        }
        high = middle;
        let better = tried.utility > best.utility + CHEAPER;
        let same = (tried.utility - best.utility).abs() <= CHEAPER;
        if better || (same && tried.cost > best.cost + SLACK) {
            best = tried;
        }
    }
    repair(problem, &mut best);
    let total = best.chosen.iter().enumerate().map(|(window, choice)| problem.cost(window, *choice)).sum();
    Report::new(problem, &best.chosen, total)
}

struct Choices {
    chosen: Vec<Option<usize>>,
    cost: f64,
    utility: f64,
}

impl Choices {
    /// The best choice of each window where a token costs `price`.
    fn at(problem: &Problem, dropping: Dropping, price: f64) -> Self {
        let mut all = Self { chosen: Vec::with_capacity(problem.windows.len()), cost: 0.0, utility: 0.0 };
        for window in 0..problem.windows.len() {
            let choice = best_at(problem, dropping, price, window);
            all.cost += problem.cost(window, choice);
            all.utility += problem.worth(window, choice);
            all.chosen.push(choice);
        }
        all
    }
}

fn best_at(problem: &Problem, dropping: Dropping, price: f64, window: usize) -> Option<usize> {
    let mut best = if dropping == Dropping::Allowed { 0.0 } else { f64::NEG_INFINITY };
    let mut taken: Option<usize> = None;
    for (config, cost) in problem.costs_of(window).iter().enumerate() {
        let value = problem.worth(window, Some(config)) - price * cost;
        let cheaper = |taken| *cost < problem.cost(window, Some(taken)) - CHEAPER;
        if value > best + TIE || ((value - best).abs() <= TIE && taken.is_some_and(cheaper)) {
            (best, taken) = (value, Some(config));
        }
    }
    taken
}

struct Upgrade {
    ratio: f64,
    cost: f64,
    window: usize,
    config: usize,
}

/// The best single upgrade of each window, bought in order of what a token of it brings.
fn repair(problem: &Problem, best: &mut Choices) {
    let mut left = problem.budget - best.cost;
    let upgrades = best.chosen.iter().enumerate();
    let mut upgrades: Vec<Upgrade> =
        upgrades.filter_map(|(window, choice)| upgrade(problem, window, *choice)).collect();
    upgrades.sort_by(|a, b| {
        b.ratio
            .total_cmp(&a.ratio)
            .then(a.cost.total_cmp(&b.cost))
            .then((a.window, a.config).cmp(&(b.window, b.config)))
    });
    for upgrade in upgrades {
        if upgrade.cost <= left + CHEAPER {
            left -= upgrade.cost;
            if let Some(choice) = best.chosen.get_mut(upgrade.window) {
                *choice = Some(upgrade.config);
            }
        }
    }
}

fn upgrade(problem: &Problem, window: usize, choice: Option<usize>) -> Option<Upgrade> {
    let (cost, worth) = (problem.cost(window, choice), problem.worth(window, choice));
    let mut best: Option<Upgrade> = None;
    for config in 0..problem.configs.len() {
        let more_cost = problem.cost(window, Some(config)) - cost;
        let more_worth = problem.worth(window, Some(config)) - worth;
        if more_cost <= CHEAPER || more_worth <= TIE {
            continue;
        }
        let ratio = more_worth / more_cost;
        if best.as_ref().is_none_or(|best| ratio > best.ratio + TIE) {
            best = Some(Upgrade { ratio, cost: more_cost, window, config });
        }
    }
    best
}
