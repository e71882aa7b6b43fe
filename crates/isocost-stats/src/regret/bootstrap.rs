//! Intervals of regret: one draw of items a replicate, shared by all policies, candidates and budgets.

use rayon::prelude::*;

use super::point::{Regret, regret};
use super::policy::Policy;
use super::scores::{Means, Scores};
use crate::bootstrap::draws::Draws;
use crate::bootstrap::{Resampled, Resampling};
use crate::resampled::resampled;
use crate::{StatsError, StatsResult, Stream};

const DOMAIN: u32 = 0x4E64_0001;

/// Replicates of one policy's regret.
#[derive(Debug, Clone, PartialEq)]
pub struct PolicyReplicates {
    /// Mean regret over budgets.
    pub regret: Resampled,
    /// Mean normalised regret; `None` if all candidates tie at all budgets of the data. Replicates where they tie are counted as undefined.
    pub normalised: Option<Resampled>,
}

/// Resamples items; best and worst are found again in each replicate, the policies' choices stay. Same bytes at any number of threads.
///
/// The regret of a resample is biased upwards (the best of noisy means), so the interval of a policy without any regret starts at 0 and does not
/// contain it: compare policies by [`bootstrap_difference`].
pub fn bootstrap(
    scores: &Scores,
    policies: &[Policy],
    resampling: Resampling,
) -> StatsResult<Vec<PolicyReplicates>> {
    let means = scores.means();
    let estimates: Vec<Regret> =
        policies.iter().map(|policy| regret(&means, policy)).collect::<StatsResult<_>>()?;
    let replicates = replicates(scores, policies, resampling)?;
    let column = |policy: usize, value: fn(&Regret) -> Option<f64>| -> Vec<Option<f64>> {
        replicates.iter().map(|regrets| regrets.get(policy).and_then(value)).collect()
    };
    estimates
        .iter()
        .enumerate()
        .map(|(policy, estimate)| {
            let plain = resampled(estimate.mean(), column(policy, |regret| Some(regret.mean())))?;
            let normalised = estimate
                .mean_normalised()
                .map(|value| resampled(value, column(policy, Regret::mean_normalised)))
                .transpose()?;
            Ok(PolicyReplicates { regret: plain, normalised })
        })
        .collect()
}

/// Replicates of regret(a) − regret(b), both on the same draw: the mean over budgets of what b achieves more than a.
pub fn bootstrap_difference(
    scores: &Scores,
    a: &Policy,
    b: &Policy,
    resampling: Resampling,
) -> StatsResult<Resampled> {
    let means = scores.means();
    let estimate = regret(&means, a)?.mean() - regret(&means, b)?.mean();
    let replicates = replicates(scores, &[a.clone(), b.clone()], resampling)?;
    let differences = replicates.iter().map(|regrets| match regrets.as_slice() {
        [a, b] => Some(a.mean() - b.mean()),
        _ => None,
    });
    resampled(estimate, differences.collect())
}

fn replicates(scores: &Scores, policies: &[Policy], resampling: Resampling) -> StatsResult<Vec<Vec<Regret>>> {
    if resampling.replicates == 0 {
        return Err(StatsError::OutOfRange { name: "replicates", value: 0.0, range: "at least 1" });
    }
    (0..resampling.replicates)
        .into_par_iter()
        .map(|replicate| {
            let means = resampled_means(scores, resampling.seed, replicate);
            policies.iter().map(|policy| regret(&means, policy)).collect()
        })
        .collect()
}

fn resampled_means(scores: &Scores, seed: u64, replicate: u32) -> Means {
    let mut stream = Stream::new(seed, DOMAIN, replicate.into());
    let items = u32::try_from(scores.items()).unwrap_or(u32::MAX);
    let mut drawn = vec![0; scores.items()];
    Draws::below(items).fill(&mut stream, &mut drawn);
    let mut times = vec![0.0; scores.items()];
    for item in drawn {
        if let Some(count) = times.get_mut(item as usize) {
            *count += 1.0;
        }
    }
    scores.reduce(|cell| {
        cell.iter().zip(&times).map(|(value, times)| value * times).sum::<f64>() / f64::from(items)
    })
}
