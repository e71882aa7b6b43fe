//! Plans that cost exactly what a uniform look would.
//!
//! Source: the listen-then-look reference, `listen_core` section 5.2: each high second is paid by a whole number of seconds that go from base to low.

use super::order::{Orderer, Wanted};
use super::{BaseAllocation, BaseRule, Pixels, Plan, PlanError, PlanResult, Request, Triad};

/// Plans clips under one triad and one rule; keeps its buffers.
#[derive(Debug, Clone)]
pub struct ExactPlanner {
    triad: Triad,
    rule: BaseRule,
    /// Base seconds that one high second costs.
    ratio: usize,
    orderer: Orderer,
}

impl ExactPlanner {
    /// Checks the triad: low below base and high, and a high second paid by a whole number of base seconds.
    pub fn new(triad: Triad, rule: BaseRule) -> PlanResult<Self> {
        let Triad { low, base, high, .. } = triad;
        let price = |side| Ok::<u64, PlanError>(triad.tokens(side)?.get());
        let (low_cost, base_cost, high_cost) = (price(low)?, price(base)?, price(high)?);
        let step = |upper: u64| upper.checked_sub(low_cost).filter(|step| *step > 0);
        let base_step = step(base_cost).ok_or(PlanError::BaseNotAboveLow { low, base })?;
        let high_step = step(high_cost).ok_or(PlanError::HighNotAboveLow { low, high })?;
        let no_match = PlanError::NoExactMatch { low, base, high, base_step, high_step };
        if !high_step.is_multiple_of(base_step) {
            return Err(no_match);
        }
        let ratio = usize::try_from(high_step / base_step).map_err(|_| no_match)?;
        Ok(Self { triad, rule, ratio, orderer: Orderer::default() })
    }

    /// The triad.
    pub fn triad(&self) -> Triad {
        self.triad
    }

    /// Plans one clip. Its cost is the budget of the triad to the token.
    pub fn plan(&mut self, request: &Request<'_>) -> PlanResult<Plan> {
        let mut resolutions = Vec::with_capacity(request.seconds);
        self.plan_into(request, &mut resolutions)?;
        let total_tokens = self.triad.budget(request.seconds)?;
        Ok(Plan { patch_size: self.triad.patch, resolutions, total_tokens })
    }

    /// Writes the resolution of each second into a buffer that is used again.
    pub fn plan_into(&mut self, request: &Request<'_>, resolutions: &mut Vec<Pixels>) -> PlanResult<()> {
        let seconds = request.seconds;
        if seconds == 0 {
            return Err(PlanError::NoSeconds);
        }
        let scores = match self.rule.allocation {
            BaseAllocation::Score => request.scores_of_seconds()?,
            _ => &[],
        };
        request.anchors_inside(&mut self.orderer.anchors);
        let cap = request.max_high.unwrap_or(usize::MAX);
        let high = self.orderer.anchors.len().min(seconds / self.ratio).min(cap);
        let base = seconds - self.ratio * high;
        self.orderer.start(seconds, high, self.rule);
        resolutions.clear();
        let Triad { low, base: base_side, high: high_side, .. } = self.triad;
        resolutions
            .extend((0..seconds).map(|second| if self.orderer.is_high(second) { high_side } else { low }));
        if base > 0 {
            self.orderer.order(self.rule, scores, Wanted::Base(base));
            for second in self.orderer.ordered.iter().take(base) {
                if let Some(side) = resolutions.get_mut(*second) {
                    *side = base_side;
                }
            }
        }
        Ok(())
    }
}
