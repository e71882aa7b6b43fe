//! Spending exactly the same with different policies.

use crate::{CostError, CostResult, Tokens};

/// Prices of a two-step look: first coarse, then, for some items, full as well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cascade {
    /// Price of the coarse look, paid for every item that enters the cascade.
    pub coarse: Tokens,
    /// Price of the full look, paid on top for an item that is escalated, alone for one that goes there directly.
    pub full: Tokens,
}

/// How many items take which path; the rest of the items take only the coarse look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mix {
    /// Items that go directly to the full look and pay only that.
    pub direct: usize,
    /// Items that pay for both looks.
    pub both: usize,
}

impl Cascade {
    /// The most items that can be escalated within `cap` tokens over all `items` (never more than `items`).
    ///
    /// Errors with [`CostError::BelowFloor`] if the cap does not pay a coarse look at each.
    pub fn escalations_within(&self, items: usize, cap: Tokens) -> CostResult<usize> {
        let floor = self.coarse.times(items)?;
        let spare = cap.get().checked_sub(floor.get()).ok_or(CostError::BelowFloor {
            cap: cap.get(),
            items,
            floor: floor.get(),
        })?;
        let affordable = spare.checked_div(self.full.get()).unwrap_or(u64::MAX);
        Ok(usize::try_from(affordable).map_or(items, |affordable| affordable.min(items)))
    }

    /// What `items` items cost when `escalated` of them pay for both looks.
    pub fn total(&self, items: usize, escalated: usize) -> CostResult<Tokens> {
        self.coarse.times(items)?.plus(self.full.times(escalated)?)
    }

    /// What `items` items cost under a mix of paths.
    pub fn mix_total(&self, items: usize, mix: Mix) -> CostResult<Tokens> {
        let coarse_only = items
            .checked_sub(mix.direct)
            .and_then(|rest| rest.checked_sub(mix.both))
            .ok_or(CostError::Overflow)?;
        let entered = coarse_only.checked_add(mix.both).ok_or(CostError::Overflow)?;
        let full = mix.direct.checked_add(mix.both).ok_or(CostError::Overflow)?;
        self.coarse.times(entered)?.plus(self.full.times(full)?)
    }

    /// The mix for a policy that needs no coarse look before it decides (such as a random one) and spends
    /// exactly `target` tokens: as many items as possible go directly to the full look.
    ///
    /// A remainder that direct looks cannot spend is spent by letting the fewest possible items look twice, which
    /// costs the policy nothing in accuracy. Errors with [`CostError::NoExactMix`] if no mix spends the target.
    pub fn mix_that_spends(&self, items: usize, target: Tokens) -> CostResult<Mix> {
        let none = || CostError::NoExactMix { items, target: target.get() };
        let floor = self.coarse.times(items)?.get();
        let spare = target.get().checked_sub(floor).ok_or_else(none)?;
        let upgrade = self.full.get().checked_sub(self.coarse.get()).ok_or_else(none)?;
        for both in 0..=items {
            let Some(left) = spare.checked_sub(self.full.times(both)?.get()) else { break };
            let direct = match (left, upgrade) {
                (0, _) => 0,
                (_, 0) => continue,
                _ if !left.is_multiple_of(upgrade) => continue,
                _ => left / upgrade,
            };
            if let Ok(direct) = usize::try_from(direct)
                && direct <= items - both
            {
                return Ok(Mix { direct, both });
            }
        }
        Err(none())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const DIGITS: Cascade = Cascade { coarse: Tokens::new(4), full: Tokens::new(16) };

    #[test]
    fn half_the_cost_of_full_looks_escalates_a_quarter_and_buys_a_third_directly() {
        let cap = Tokens::new(8 * 540);
        assert_eq!(DIGITS.escalations_within(540, cap), Ok(135));
        assert_eq!(DIGITS.mix_that_spends(540, cap), Ok(Mix { direct: 180, both: 0 }));
    }

    #[test]
    fn a_cap_below_a_coarse_look_at_each_is_an_error() {
        let error = DIGITS.escalations_within(10, Tokens::new(39)).unwrap_err();
        assert_eq!(error, CostError::BelowFloor { cap: 39, items: 10, floor: 40 });
        assert_eq!(DIGITS.escalations_within(10, Tokens::new(40)), Ok(0));
    }

    #[test]
    fn a_total_that_no_mix_spends_is_an_error() {
        let error = DIGITS.mix_that_spends(10, Tokens::new(41)).unwrap_err();
        assert_eq!(error, CostError::NoExactMix { items: 10, target: 41 });
    }

    proptest! {
        #[test]
        fn every_cascade_can_be_matched_to_the_token(items in 1_usize..400, draw: usize) {
            let escalated = draw % (items + 1);
            let target = DIGITS.total(items, escalated).unwrap();
            let mix = DIGITS.mix_that_spends(items, target).unwrap();
            prop_assert_eq!(DIGITS.mix_total(items, mix).unwrap(), target);
            prop_assert!(mix.direct + mix.both >= escalated, "direct looks are cheaper, so there are no fewer of them");
        }

        #[test]
        fn one_more_escalation_would_break_the_cap(
            items in 1_usize..400, coarse in 0_u64..50, full in 1_u64..50, spare in 0_u64..20_000,
        ) {
            let cascade = Cascade { coarse: Tokens::new(coarse), full: Tokens::new(full) };
            let cap = Tokens::new(coarse * items as u64 + spare);
            let escalated = cascade.escalations_within(items, cap).unwrap();
            prop_assert!(cascade.total(items, escalated).unwrap() <= cap);
            prop_assert!(escalated == items || cascade.total(items, escalated + 1).unwrap() > cap);
        }
    }
}
