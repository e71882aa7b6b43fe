//! Regret of a policy from means.

use super::policy::{Policy, first_best};
use super::scores::Means;
use crate::error::check_lengths;
use crate::{StatsError, StatsResult};

/// Where best and worst candidate differ by no more than this, a budget decides nothing.
pub const DEGENERATE_RANGE: f64 = 1e-12;

/// Regret at one budget.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RegretRow {
    /// The best candidate, the first of equals.
    pub oracle: usize,
    /// Its mean.
    pub best: f64,
    /// The mean of the worst candidate.
    pub worst: f64,
    /// The candidate that the policy takes.
    pub chosen: usize,
    /// Its mean.
    pub achieved: f64,
}

impl RegretRow {
    /// best − achieved, never negative.
    pub fn regret(&self) -> f64 {
        self.best - self.achieved
    }

    /// Regret over the range of candidates, in 0..=1; `None` where all candidates tie: nothing could be lost, and nothing is shown.
    pub fn normalised(&self) -> Option<f64> {
        let range = self.best - self.worst;
        (range > DEGENERATE_RANGE).then(|| self.regret() / range)
    }

    /// The grounding reports' regret / max(range, 1e-12): 0 where all candidates tie.
    pub fn normalised_compat(&self) -> f64 {
        self.regret() / (self.best - self.worst).max(DEGENERATE_RANGE)
    }
}

/// Regret over all budgets.
#[derive(Debug, Clone, PartialEq)]
pub struct Regret {
    /// One row a budget.
    pub rows: Vec<RegretRow>,
}

impl Regret {
    /// Mean over all budgets.
    pub fn mean(&self) -> f64 {
        self.over_budgets(RegretRow::regret)
    }

    /// Mean of the normalised regret over the budgets where candidates differ; `None` if they tie at all of them.
    pub fn mean_normalised(&self) -> Option<f64> {
        let defined: Vec<f64> = self.rows.iter().filter_map(RegretRow::normalised).collect();
        (!defined.is_empty()).then(|| defined.iter().sum::<f64>() / defined.len() as f64)
    }

    /// The grounding reports' mean, degenerate budgets counting as 0.
    pub fn mean_normalised_compat(&self) -> f64 {
        self.over_budgets(RegretRow::normalised_compat)
    }

    /// Positions of the budgets where all candidates tie.
    pub fn degenerate_budgets(&self) -> Vec<usize> {
        self.rows.iter().enumerate().filter(|(_, row)| row.normalised().is_none()).map(|(i, _)| i).collect()
    }

    /// The candidates that are best at some budget where candidates differ, ascending. With fewer than two a constant policy is optimal and
    /// low regret shows no skill.
    pub fn distinct_oracles(&self) -> Vec<usize> {
        let informative = self.rows.iter().filter(|row| row.normalised().is_some());
        let mut oracles: Vec<usize> = informative.map(|row| row.oracle).collect();
        oracles.sort_unstable();
        oracles.dedup();
        oracles
    }

    fn over_budgets(&self, value: impl Fn(&RegretRow) -> f64) -> f64 {
        self.rows.iter().map(value).sum::<f64>() / self.rows.len() as f64
    }
}

/// Regret of a policy against the best candidate of each budget. An error if the policy has another number of budgets or names no candidate.
pub fn regret(means: &Means, policy: &Policy) -> StatsResult<Regret> {
    check_lengths("choices of a policy and budgets", policy.choices().len(), means.budgets())?;
    let rows = policy.choices().iter().enumerate().map(|(budget, chosen)| {
        let achieved = means.at(*chosen, budget).ok_or(StatsError::OutOfRange {
            name: "candidate of a policy",
            value: *chosen as f64,
            range: "the position of a candidate",
        })?;
        let oracle = first_best(means.column(budget));
        let best = means.at(oracle, budget).unwrap_or(achieved);
        let worst = means.column(budget).fold(f64::INFINITY, f64::min);
        Ok(RegretRow { oracle, best, worst, chosen: *chosen, achieved })
    });
    Ok(Regret { rows: rows.collect::<StatsResult<_>>()? })
}
