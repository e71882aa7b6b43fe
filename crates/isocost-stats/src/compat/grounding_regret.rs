//! The intervals of regret in the grounding reports.

use super::grounding::{draw, take};
use super::{MeanInterval, check_replicates, pairwise_mean};
use crate::generators::numpy::RandomState;
use crate::regret::{Policy, Scores, regret};
use crate::{Alpha, StatsResult};

/// One policy's regret with the reports' intervals.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PolicyInterval {
    /// Mean regret over budgets.
    pub regret: MeanInterval,
    /// Mean of regret / max(range, 1e-12) over budgets.
    pub normalised: MeanInterval,
}

/// One legacy stream; in each replicate every policy in turn draws its own items, kept over budgets; best and worst are found again.
///
/// Defects: policies are not paired, so their intervals cannot be compared (use `regret::bootstrap_difference`); budgets where all candidates tie
/// count as regret 0; the uncertainty of the development fit is left out.
pub fn regret_bootstrap(
    scores: &Scores,
    policies: &[Policy],
    replicates: u32,
    seed: u32,
    alpha: Alpha,
) -> StatsResult<Vec<PolicyInterval>> {
    check_replicates(replicates)?;
    let means = scores.reduce(pairwise_mean);
    let mut state = RandomState::new(seed);
    let mut drawn: Vec<(Vec<f64>, Vec<f64>)> = vec![(Vec::new(), Vec::new()); policies.len()];
    for _ in 0..replicates {
        for (policy, (plain, normalised)) in policies.iter().zip(&mut drawn) {
            let items = draw(&mut state, scores.items())?;
            let found = regret(&scores.reduce(|cell| pairwise_mean(&take(cell, &items))), policy)?;
            plain.push(found.mean());
            normalised.push(found.mean_normalised_compat());
        }
    }
    let intervals = policies.iter().zip(drawn).map(|(policy, (plain, normalised))| {
        let point = regret(&means, policy)?;
        Ok(PolicyInterval {
            regret: MeanInterval::of(point.mean(), plain, alpha),
            normalised: MeanInterval::of(point.mean_normalised_compat(), normalised, alpha),
        })
    });
    intervals.collect()
}
