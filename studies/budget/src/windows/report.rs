//! What an allocation spends and is worth.

use serde::{Deserialize, Serialize};

use super::{Problem, TimeWindow, VisualConfig};

/// Rounding that a total may exceed the budget by.
pub(super) const SLACK: f64 = 1e-6;

/// One window with its setting.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Allocation {
    /// The window.
    pub window: TimeWindow,
    /// How much it matters.
    pub weight: f64,
    /// Its setting; `None` if it is dropped.
    pub cfg: Option<VisualConfig>,
    /// What it costs.
    pub cost: f64,
    /// Whether it is dropped.
    pub dropped: bool,
}

/// An allocation of all windows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Report {
    /// What may be spent.
    pub budget: f64,
    /// Side of a patch, in pixels.
    pub patch_size: u32,
    /// What is spent.
    pub total_cost: f64,
    /// Whether that is within the budget.
    pub ok: bool,
    /// Each window.
    pub allocations: Vec<Allocation>,
}

impl Report {
    pub(super) fn new(problem: &Problem, choices: &[Option<usize>], total_cost: f64) -> Self {
        let allocation = |(index, choice): (usize, &Option<usize>)| {
            Some(Allocation {
                window: *problem.windows.get(index)?,
                weight: *problem.weights.get(index)?,
                cfg: choice.and_then(|config| problem.configs.get(config)).cloned(),
                cost: problem.cost(index, *choice),
                dropped: choice.is_none(),
            })
        };
        Self {
            budget: problem.budget,
            patch_size: problem.patch_size,
            total_cost,
            ok: total_cost <= problem.budget + SLACK,
            allocations: choices.iter().enumerate().filter_map(allocation).collect(),
        }
    }

    /// Σ weight · usefulness over the windows that are looked at, in order.
    pub fn utility(&self, problem: &Problem) -> f64 {
        let worth = |(index, allocation): (usize, &Allocation)| {
            let chosen = allocation.cfg.as_ref();
            let config = chosen.and_then(|chosen| problem.configs.iter().position(|config| config == chosen));
            problem.worth(index, config)
        };
        self.allocations.iter().enumerate().map(worth).sum()
    }
}
