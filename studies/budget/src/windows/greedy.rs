//! Everything as dear as possible, then down by weight until it fits.
//!
//! Source: the listen-then-look reference, `listen_core` section 6.1.

use super::{Dropping, Problem, Report};

/// Starts with every window at the dearest setting and lowers the least important ones, step by step, until the total fits; then drops them if
/// that is allowed. The reported total is the running one, so that it equals the reference's to the last bit. Never fails: `ok` says whether
/// the budget is kept.
pub fn solve(problem: &Problem, dropping: Dropping) -> Report {
    let dearest = problem.configs.len().saturating_sub(1);
    let mut choices = vec![Some(dearest); problem.windows.len()];
    let mut total: f64 = (0..choices.len()).map(|window| problem.cost(window, Some(dearest))).sum();
    let mut order: Vec<usize> = (0..choices.len()).collect();
    let weight = |window: usize| problem.weights.get(window).copied().unwrap_or(0.0);
    order.sort_by(|&a, &b| weight(a).total_cmp(&weight(b)).then(a.cmp(&b)));
    for &window in &order {
        let Some(choice) = choices.get_mut(window) else { continue };
        while total > problem.budget
            && let Some(config @ 1..) = *choice
        {
            *choice = Some(config - 1);
            total = total - problem.cost(window, Some(config)) + problem.cost(window, Some(config - 1));
        }
    }
    if dropping == Dropping::Allowed {
        for &window in &order {
            if total <= problem.budget {
                break;
            }
            if let Some(choice) = choices.get_mut(window) {
                total -= problem.cost(window, *choice);
                *choice = None;
            }
        }
    }
    Report::new(problem, &choices, total)
}
