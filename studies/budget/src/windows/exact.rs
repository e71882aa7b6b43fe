//! The best allocation there is.
//!
//! The multiple-choice knapsack by linear relaxation and an expanding core: Sinha and Zoltners (1979) for the relaxation, Pisinger (1995) "A
//! minimal algorithm for the multiple-choice knapsack problem" for the core. Windows are added to the core in order of how little it would cost to
//! change their relaxed choice; partial solutions that are dominated, or whose relaxed bound is no better than a solution already known, are
//! dropped. Memory follows the core, not the budget.

use super::report::SLACK;
use super::{Dropping, Problem, Report, WindowError, WindowResult};

/// Partial solutions kept at most.
const MOST_STATES: usize = 20_000_000;

/// The allocation with the highest Σ weight · usefulness within the budget. Costs may be any numbers; among equals the first found stands.
///
/// Errors with [`WindowError::Infeasible`] where dropping is forbidden and the cheapest choice is too dear, and with [`WindowError::TooHard`] where
/// the bounds leave too many partial solutions (not seen on windows that share their settings).
pub fn solve(problem: &Problem, dropping: Dropping) -> WindowResult<Report> {
    let classes: Vec<Class> =
        (0..problem.windows.len()).map(|window| Class::of(problem, window, dropping)).collect();
    let least: f64 = classes.iter().filter_map(|class| class.options.first()).map(|option| option.cost).sum();
    if least > problem.budget + SLACK {
        return Err(WindowError::Infeasible { least, budget: problem.budget });
    }
    let relaxed = Relaxed::of(&classes, problem.budget);
    let chosen = Core::new(&classes, relaxed, problem.budget).search()?;
    let choices: Vec<Option<usize>> = classes
        .iter()
        .zip(&chosen)
        .map(|(class, option)| class.options.get(*option).and_then(|option| option.config))
        .collect();
    let total = choices.iter().enumerate().map(|(window, choice)| problem.cost(window, *choice)).sum();
    Ok(Report::new(problem, &choices, total))
}

#[derive(Debug, Clone, Copy)]
struct Choice {
    config: Option<usize>,
    cost: f64,
    worth: f64,
}

/// The options of one window that no other dominates, by cost, and those of them on the upper hull.
struct Class {
    options: Vec<Choice>,
    hull: Vec<usize>,
}

impl Class {
    fn of(problem: &Problem, window: usize, dropping: Dropping) -> Self {
        let drop = (dropping == Dropping::Allowed).then_some(None);
        let configs = (0..problem.configs.len()).map(Some);
        let mut options: Vec<Choice> = drop
            .into_iter()
            .chain(configs)
            .map(|config| Choice {
                config,
                cost: problem.cost(window, config),
                worth: problem.worth(window, config),
            })
            .collect();
        options.sort_by(|a, b| a.cost.total_cmp(&b.cost).then(b.worth.total_cmp(&a.worth)));
        let mut best = f64::NEG_INFINITY;
        options.retain(|option| {
            let better = option.worth > best;
            best = best.max(option.worth);
            better
        });
        let hull = hull(&options);
        Self { options, hull }
    }

    fn option(&self, index: usize) -> Choice {
        self.options.get(index).copied().unwrap_or(Choice { config: None, cost: 0.0, worth: 0.0 })
    }

    /// Worth per token from one option to another.
    fn slope(&self, from: usize, to: usize) -> f64 {
        let (from, to) = (self.option(from), self.option(to));
        (to.worth - from.worth) / (to.cost - from.cost)
    }
}

fn hull(options: &[Choice]) -> Vec<usize> {
    let mut hull: Vec<usize> = Vec::with_capacity(options.len());
    let slope = |from: usize, to: usize| match (options.get(from), options.get(to)) {
        (Some(from), Some(to)) => (to.worth - from.worth) / (to.cost - from.cost),
        _ => f64::NEG_INFINITY,
    };
    for next in 0..options.len() {
        while let [.., before, last] = *hull.as_slice()
            && slope(last, next) >= slope(before, last)
        {
            hull.pop();
        }
        hull.push(next);
    }
    hull
}

/// The solution of the linear relaxation, cut down to whole choices.
struct Relaxed {
    /// Option of each window.
    chosen: Vec<usize>,
    cost: f64,
    worth: f64,
    /// Worth of a token at the break.
    price: f64,
}

impl Relaxed {
    /// Buys the steps of all hulls in order of worth per token, until one does not fit.
    fn of(classes: &[Class], budget: f64) -> Self {
        let mut steps: Vec<(f64, usize, usize)> = Vec::new();
        for (window, class) in classes.iter().enumerate() {
            let pairs = class.hull.iter().zip(class.hull.iter().skip(1));
            steps.extend(pairs.map(|(from, to)| (class.slope(*from, *to), window, *to)));
        }
        steps.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        let mut chosen = vec![0; classes.len()];
        let first = |pick: fn(Choice) -> f64| classes.iter().map(|class| pick(class.option(0))).sum::<f64>();
        let (mut cost, mut worth) = (first(|option| option.cost), first(|option| option.worth));
        let mut price = 0.0;
        for (slope, window, to) in steps {
            let (Some(class), Some(now)) = (classes.get(window), chosen.get_mut(window)) else { continue };
            let (from, next) = (class.option(*now), class.option(to));
            if cost - from.cost + next.cost > budget + SLACK {
                price = slope;
                break;
            }
            cost += next.cost - from.cost;
            worth += next.worth - from.worth;
            *now = to;
        }
        Self { chosen, cost, worth, price }
    }
}

/// A partial solution, as a change of the relaxed one.
#[derive(Debug, Clone, Copy)]
struct State {
    cost: f64,
    worth: f64,
    /// Where its last change is written, 0 for none.
    change: u32,
}

#[derive(Debug, Clone, Copy)]
struct Change {
    window: u32,
    option: u32,
    before: u32,
}

struct Core<'c> {
    classes: &'c [Class],
    relaxed: Relaxed,
    budget: f64,
    states: Vec<State>,
    changes: Vec<Change>,
    best: State,
}

impl<'c> Core<'c> {
    fn new(classes: &'c [Class], relaxed: Relaxed, budget: f64) -> Self {
        let start = State { cost: relaxed.cost, worth: relaxed.worth, change: 0 };
        let none = Change { window: 0, option: 0, before: 0 };
        Self {
            classes,
            relaxed,
            budget: budget + SLACK,
            states: vec![start],
            changes: vec![none],
            best: start,
        }
    }

    fn search(mut self) -> WindowResult<Vec<usize>> {
        for (loss, window) in self.by_loss() {
            // No solution outside the core can win back what any change of the remaining windows loses.
            let bound = |state: &State| state.worth + (self.budget - state.cost) * self.relaxed.price - loss;
            if !self.states.iter().any(|state| bound(state) > self.best.worth) {
                break;
            }
            self.add(window)?;
        }
        let mut chosen = self.relaxed.chosen;
        let mut at = self.best.change;
        while at != 0 {
            let Some(change) = self.changes.get(at as usize) else { break };
            if let Some(option) = chosen.get_mut(change.window as usize) {
                *option = change.option as usize;
            }
            at = change.before;
        }
        Ok(chosen)
    }

    /// Windows in order of the least that a change of their choice loses at the break price.
    fn by_loss(&self) -> Vec<(f64, usize)> {
        let mut order: Vec<(f64, usize)> = Vec::new();
        for (window, class) in self.classes.iter().enumerate() {
            let now = self.relaxed.chosen.get(window).copied().unwrap_or(0);
            let others = (0..class.options.len()).filter(|option| *option != now);
            if let Some(loss) = others.map(|option| self.loss(class, now, option)).reduce(f64::min) {
                order.push((loss, window));
            }
        }
        order.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        order
    }

    fn loss(&self, class: &Class, now: usize, option: usize) -> f64 {
        let (now, option) = (class.option(now), class.option(option));
        (now.worth - option.worth) - self.relaxed.price * (now.cost - option.cost)
    }

    /// Every state with every option of one more window, without those that can no longer win.
    fn add(&mut self, window: usize) -> WindowResult<()> {
        let Some(class) = self.classes.get(window) else { return Ok(()) };
        let now = self.relaxed.chosen.get(window).copied().unwrap_or(0);
        let before = class.option(now);
        let mut next: Vec<(State, usize)> = Vec::with_capacity(self.states.len() * class.options.len());
        for (option, choice) in class.options.iter().enumerate() {
            for state in &self.states {
                let cost = state.cost + (choice.cost - before.cost);
                let worth = state.worth + (choice.worth - before.worth);
                let bound = worth + (self.budget - cost) * self.relaxed.price;
                if bound > self.best.worth {
                    next.push((State { cost, worth, change: state.change }, option));
                }
            }
        }
        next.sort_by(|(a, x), (b, y)| {
            a.cost.total_cmp(&b.cost).then(b.worth.total_cmp(&a.worth)).then(x.cmp(y))
        });
        for (state, option) in &mut next {
            if state.cost <= self.budget && state.worth > self.best.worth {
                state.change =
                    if *option == now { state.change } else { self.write(window, *option, state.change)? };
                self.best = *state;
                *option = now;
            }
        }
        let mut highest = f64::NEG_INFINITY;
        self.states.clear();
        for (mut state, option) in next {
            let bound = state.worth + (self.budget - state.cost) * self.relaxed.price;
            if state.worth <= highest || bound <= self.best.worth {
                continue;
            }
            highest = state.worth;
            if option != now {
                state.change = self.write(window, option, state.change)?;
            }
            self.states.push(state);
        }
        Ok(())
    }

    fn write(&mut self, window: usize, option: usize, before: u32) -> WindowResult<u32> {
        let too_hard = WindowError::TooHard { limit: MOST_STATES };
        let at = u32::try_from(self.changes.len()).map_err(|_| too_hard.clone())?;
        if self.changes.len() > MOST_STATES {
            return Err(too_hard);
        }
        let small = |number: usize| u32::try_from(number).map_err(|_| too_hard.clone());
        self.changes.push(Change { window: small(window)?, option: small(option)?, before });
        Ok(at)
    }
}
