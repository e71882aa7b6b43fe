//! Scores of candidates at budgets.

use crate::error::check_finite;
use crate::{StatsError, StatsResult, mean};

/// Mean score of every candidate at every budget; higher is better.
#[derive(Debug, Clone, PartialEq)]
pub struct Means {
    candidates: usize,
    budgets: usize,
    values: Vec<f64>,
}

impl Means {
    /// Candidate by candidate, each over all budgets. Refuses a wrong number of cells, no cell, NaN and infinities.
    pub fn new(candidates: usize, budgets: usize, values: Vec<f64>) -> StatsResult<Self> {
        if candidates.checked_mul(budgets) != Some(values.len()) {
            return Err(StatsError::Shape { rows: candidates, columns: budgets, found: values.len() });
        }
        if values.is_empty() {
            return Err(StatsError::Empty("regret needs candidates and budgets"));
        }
        check_finite(&values)?;
        Ok(Self { candidates, budgets, values })
    }

    /// Number of candidates.
    pub fn candidates(&self) -> usize {
        self.candidates
    }

    /// Number of budgets.
    pub fn budgets(&self) -> usize {
        self.budgets
    }

    /// One mean; `None` out of range.
    pub fn at(&self, candidate: usize, budget: usize) -> Option<f64> {
        if budget >= self.budgets {
            return None;
        }
        self.values.get(candidate.checked_mul(self.budgets)?.checked_add(budget)?).copied()
    }

    /// The means of all candidates at one budget, in order.
    pub fn column(&self, budget: usize) -> impl Iterator<Item = f64> {
        (0..self.candidates).filter_map(move |candidate| self.at(candidate, budget))
    }
}

/// Scores of every candidate at every budget on the same items; higher is better.
#[derive(Debug, Clone, PartialEq)]
pub struct Scores {
    candidates: usize,
    budgets: usize,
    items: usize,
    values: Vec<f64>,
}

impl Scores {
    /// Candidate by candidate, each budget by budget, each over all items in one order. Refuses what [`Means::new`] refuses.
    pub fn new(candidates: usize, budgets: usize, items: usize, values: Vec<f64>) -> StatsResult<Self> {
        let cells = candidates.checked_mul(budgets);
        if cells.and_then(|cells| cells.checked_mul(items)) != Some(values.len()) {
            let rows = cells.unwrap_or(usize::MAX);
            return Err(StatsError::Shape { rows, columns: items, found: values.len() });
        }
        if values.is_empty() {
            return Err(StatsError::Empty("regret needs candidates, budgets and items"));
        }
        check_finite(&values)?;
        if items > u32::MAX as usize {
            return Err(StatsError::OutOfRange { name: "items", value: items as f64, range: "below 2^32" });
        }
        Ok(Self { candidates, budgets, items, values })
    }

    /// Number of items.
    pub fn items(&self) -> usize {
        self.items
    }

    /// Number of candidates.
    pub fn candidates(&self) -> usize {
        self.candidates
    }

    /// Number of budgets.
    pub fn budgets(&self) -> usize {
        self.budgets
    }

    /// Means over items.
    pub fn means(&self) -> Means {
        self.reduce(|cell| mean(cell).unwrap_or_default())
    }

    /// A mean of each cell's items by the function given.
    pub(crate) fn reduce(&self, mean: impl FnMut(&[f64]) -> f64) -> Means {
        let values = self.values.chunks_exact(self.items).map(mean).collect();
        Means { candidates: self.candidates, budgets: self.budgets, values }
    }
}
