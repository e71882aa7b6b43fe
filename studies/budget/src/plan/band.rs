//! Plans that cost at most what a uniform look would, and leave at most a given share of it over.
//!
//! Source: the listen-then-look reference, `listen_core` section 5.3.

use std::collections::BTreeSet;

use super::order::{Orderer, Wanted};
use super::{BaseAllocation, BaseRule, Pixels, Plan, PlanError, PlanResult, Request, Triad};

/// How band plans are made.
#[derive(Debug, Clone, PartialEq)]
pub struct Band {
    /// The three resolutions.
    pub triad: Triad,
    /// Further resolutions that seconds which are not high may take.
    pub extra: Vec<Pixels>,
    /// Share of the budget that may be left over, at least 0.
    pub tolerance: f64,
    /// Who is offered more first.
    pub rule: BaseRule,
}

/// Seconds times tokens up to which a band is searched: one byte each.
const MOST_CELLS: usize = 1 << 30;

struct Choice {
    side: Pixels,
    cost: usize,
}

impl Band {
    /// Plans one clip. Without a high second that is the uniform plan, unless a further resolution is dearer than the base.
    pub fn plan(&self, request: &Request<'_>) -> PlanResult<Plan> {
        if !(self.tolerance.is_finite() && self.tolerance >= 0.0) {
            return Err(PlanError::BadTolerance(self.tolerance));
        }
        let seconds = request.seconds;
        if seconds == 0 {
            return Err(PlanError::NoSeconds);
        }
        let scores = match self.rule.allocation {
            BaseAllocation::Score => request.scores_of_seconds()?,
            _ => &[],
        };
        let choices = self.choices()?;
        let target = to_usize(self.triad.budget(seconds)?.get())?;
        let high_cost = to_usize(self.triad.tokens(self.triad.high)?.get())?;
        let cheapest = choices.first().map_or(0, |choice| choice.cost);
        let mut orderer = Orderer::default();
        request.anchors_inside(&mut orderer.anchors);
        let mut high = orderer.anchors.len().min(request.max_high.unwrap_or(usize::MAX));
        while high > 0 && high * high_cost + (seconds - high) * cheapest > target {
            high -= 1;
        }
        orderer.start(seconds, high, self.rule);
        orderer.order(self.rule, scores, Wanted::Ranking);
        let most = target.saturating_sub(high * high_cost);
        let least = self.least(target, high * high_cost);
        let ranks = orderer.ordered.len();
        if most.saturating_add(1).saturating_mul(ranks) > MOST_CELLS {
            return Err(PlanError::TooLong { seconds, budget: target as u64 });
        }
        let levels = spread(&choices, ranks, least, most)
            .ok_or(PlanError::EmptyBand { least: least as u64, most: most as u64 })?;
        let mut resolutions = vec![self.triad.high; seconds];
        for (second, level) in orderer.ordered.iter().zip(levels) {
            if let (Some(side), Some(choice)) = (resolutions.get_mut(*second), choices.get(level)) {
                *side = choice.side;
            }
        }
        Plan::new(resolutions, self.triad.patch)
    }

    /// Low, base and extra resolutions without the high one, by cost; the base is never lost.
    fn choices(&self) -> PlanResult<Vec<Choice>> {
        let Triad { low, base, high, .. } = self.triad;
        let mut sides: BTreeSet<Pixels> = self.extra.iter().copied().chain([low, base]).collect();
        sides.remove(&high);
        sides.insert(base);
        let mut choices = Vec::with_capacity(sides.len());
        for side in sides {
            choices.push(Choice { side, cost: to_usize(self.triad.tokens(side)?.get())? });
        }
        choices.sort_by_key(|choice| (choice.cost, choice.side));
        Ok(choices)
    }

    /// The least that the seconds which are not high must cost.
    fn least(&self, target: usize, spent: usize) -> usize {
        let least = (target as f64 * (1.0 - self.tolerance) - spent as f64 - 1e-9).ceil();
        if least > 0.0 {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "between 0 and the target, which is a usize"
            )]
            let least = least as usize;
            least
        } else {
            0
        }
    }
}

fn to_usize(tokens: u64) -> PlanResult<usize> {
    usize::try_from(tokens).map_err(|_| crate::CostError::Overflow.into())
}

/// Chooses a level for each rank so that the total cost lies within the band and Σ (ranks − rank) · level is largest. Among equals the first
/// way to reach a total stands, and the larger total wins. `None`: no total lies within the band. Time O(ranks · most · levels), memory one byte a
/// rank and token.
fn spread(choices: &[Choice], ranks: usize, least: usize, most: usize) -> Option<Vec<usize>> {
    const UNREACHED: i64 = -1;
    let width = most.checked_add(1)?;
    let mut best = vec![UNREACHED; width];
    *best.first_mut()? = 0;
    let mut taken = vec![u8::MAX; width.checked_mul(ranks)?];
    for (rank, taken) in taken.chunks_exact_mut(width).enumerate() {
        let weight = i64::try_from(ranks - rank).ok()?;
        let mut next = vec![UNREACHED; width];
        for (spent, value) in best.iter().enumerate().filter(|(_, value)| **value != UNREACHED) {
            for (level, choice) in choices.iter().enumerate() {
                let Some(slot) = next.get_mut(spent + choice.cost) else { break };
                let value = value + weight * i64::try_from(level).ok()?;
                if value > *slot {
                    *slot = value;
                    if let Some(taken) = taken.get_mut(spent + choice.cost) {
                        *taken = u8::try_from(level).ok()?;
                    }
                }
            }
        }
        best = next;
    }
    let window = best.iter().enumerate().skip(least).filter(|(_, value)| **value != UNREACHED);
    let (mut spent, _) = window.max_by_key(|(spent, value)| (**value, *spent))?;
    let mut levels = vec![0; ranks];
    for (level, taken) in levels.iter_mut().zip(taken.chunks_exact(width)).rev() {
        *level = usize::from(*taken.get(spent)?);
        spent = spent.checked_sub(choices.get(*level)?.cost)?;
    }
    Some(levels)
}
