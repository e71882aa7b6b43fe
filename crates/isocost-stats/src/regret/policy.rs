//! Policies: which candidate to take at each budget.

use super::scores::Means;
use crate::fits::Curve;
use crate::{StatsError, StatsResult};

/// One candidate per budget.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    choices: Vec<usize>,
}

impl Policy {
    /// The candidate's position for each budget, in the order of the budgets.
    pub fn new(choices: Vec<usize>) -> Self {
        Self { choices }
    }

    /// The same candidate at every budget.
    pub fn always(candidate: usize, budgets: usize) -> Self {
        Self { choices: vec![candidate; budgets] }
    }

    /// The candidate with the best development mean at the last budget, everywhere; the first of equals.
    pub fn best_at_last_budget(development: &Means) -> Self {
        let last = development.budgets().saturating_sub(1);
        Self::always(first_best(development.column(last)), development.budgets())
    }

    /// The best constant policy in hindsight: the candidate with the best mean over budgets; the first of equals.
    pub fn best_constant(means: &Means) -> Self {
        let total = |candidate| (0..means.budgets()).filter_map(|b| means.at(candidate, b)).sum::<f64>();
        Self::always(first_best((0..means.candidates()).map(total)), means.budgets())
    }

    /// At each budget the candidate whose fitted curve is highest; the first of equals. One curve per candidate.
    pub fn by_curves(curves: &[Curve], budgets: &[f64]) -> StatsResult<Self> {
        if curves.is_empty() {
            return Err(StatsError::Empty("a policy needs candidates"));
        }
        let choice = |budget: &f64| first_best(curves.iter().map(|curve| curve.at(*budget)));
        Ok(Self { choices: budgets.iter().map(choice).collect() })
    }

    /// The choices.
    pub fn choices(&self) -> &[usize] {
        &self.choices
    }
}

/// Position of the largest value, the first of equals; NaN never wins. 0 for no values.
pub(super) fn first_best(values: impl Iterator<Item = f64>) -> usize {
    let mut best = (0, f64::NEG_INFINITY);
    for (position, value) in values.enumerate() {
        if value > best.1 {
            best = (position, value);
        }
    }
    best.0
}
