//! Looks that were planned as evidence grows: alpha is spent over them.
//!
//! Source: Lan and `DeMets` (1983) with the spending function like O'Brien and Fleming's, looks evenly spaced. A p-value at look k is turned into the
//! least alpha whose boundary it crosses there, so that any correction for a family can follow (Maurer and Bretz 2013).

use std::collections::BTreeMap;

use isocost_stats::sequential::{Spending, boundaries};
use isocost_stats::{Alpha, PValue, StatsResult, Tail};

use super::desk::{Desk, Tested};
use crate::chain::{LookBook, LookDraft};
use crate::compare::Selection;

/// Which of the planned looks a comparison is at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Turn {
    pub(super) look: u32,
    pub(super) of: u32,
}

impl Turn {
    fn is_over(self) -> bool {
        self.look > self.of
    }
}

/// What planned looks do to a claim's comparisons.
#[derive(Debug, Clone, Default)]
pub(super) struct Spent {
    /// p over all planned looks, to be corrected for the family.
    pub(super) p: BTreeMap<Selection, PValue>,
    /// The latest turn.
    pub(super) turn: Option<Turn>,
    /// Alpha of the interval at this look: its own part, whatever the other looks show.
    pub(super) interval: Option<Alpha>,
}

/// Spends alpha for a claim that plans its looks; nothing for others.
pub(super) fn spend(
    desk: &Desk<'_>,
    tested: &BTreeMap<Selection, Tested>,
    drafts: &[LookDraft],
    book: &LookBook,
) -> Spent {
    let Some(looks) = desk.spec.looks else { return Spent::default() };
    let mut spent = Spent::default();
    for ((selection, tested), draft) in tested.iter().zip(drafts) {
        let turn = Turn { look: turn(draft, book), of: looks.get() };
        let (_, tail) = tested.region.margin_and_tail();
        if let Some(p) = tested.p {
            let p = over_all(p, turn, tail, desk.spec.alpha).unwrap_or(PValue::ONE);
            spent.p.insert(selection.clone(), p);
        }
        spent.turn = spent.turn.max_by_look(turn);
    }
    spent.interval = spent.turn.and_then(|turn| increment(turn, Tail::TwoSided, desk.spec.alpha).ok());
    spent
}

trait Latest {
    fn max_by_look(self, other: Turn) -> Option<Turn>;
}

impl Latest for Option<Turn> {
    fn max_by_look(self, other: Turn) -> Option<Turn> {
        Some(self.filter(|turn| turn.look > other.look).unwrap_or(other))
    }
}

/// The number of this look among the claim's looks at this comparison.
fn turn(draft: &LookDraft, book: &LookBook) -> u32 {
    let mut before = 0_u32;
    for look in book.looks().iter().filter(|look| draft.continues(&look.seen)) {
        before = before.saturating_add(1);
        if draft.repeats(&look.seen) {
            return before;
        }
    }
    before.saturating_add(1)
}

/// The least alpha at which this look's boundary would be crossed by p.
fn over_all(p: PValue, turn: Turn, tail: Tail, alpha: Alpha) -> StatsResult<PValue> {
    if turn.is_over() {
        return Ok(PValue::ONE);
    }
    // Where p itself is no success, how much larger the adjusted one is decides nothing: a bound will do.
    let exact = p.get() < alpha.get();
    let level = |alpha: Alpha| {
        if exact { nominal(turn, tail, alpha) } else { increment(turn, tail, alpha).map(Alpha::get) }
    };
    let (mut low, mut high) = (p.get().max(f64::MIN_POSITIVE).ln(), 0.0_f64);
    for _ in 0..STEPS {
        let middle = f64::midpoint(low, high);
        let crosses = match Alpha::new(middle.exp()) {
            Ok(alpha) => level(alpha)? >= p.get(),
            Err(_) => true,
        };
        if crosses { high = middle } else { low = middle }
    }
    PValue::new(high.exp().min(1.0))
}

/// Halvings of the range of ln alpha: three digits of the adjusted p, and never one that is too small.
const STEPS: u32 = 14;

/// The p that is enough at this look.
fn nominal(turn: Turn, tail: Tail, alpha: Alpha) -> StatsResult<f64> {
    let fractions: Vec<f64> = (1..=turn.look).map(|look| f64::from(look) / f64::from(turn.of)).collect();
    let looks = boundaries(&fractions, Spending::ObrienFleming, tail, alpha)?;
    Ok(looks.last().map_or(0.0, |look| look.nominal_p))
}

/// The part of alpha that this look adds to what is spent: enough under any dependence.
fn increment(turn: Turn, tail: Tail, alpha: Alpha) -> StatsResult<Alpha> {
    let at = |look: u32| {
        Spending::ObrienFleming.spent(f64::from(look.min(turn.of)) / f64::from(turn.of), tail, alpha)
    };
    let added = at(turn.look)? - at(turn.look.saturating_sub(1))?;
    Alpha::new(added.max(f64::MIN_POSITIVE))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_look_needs_little_less_than_alpha_and_the_first_almost_everything() {
        let p = |p: f64, look: u32| {
            let turn = Turn { look, of: 5 };
            over_all(PValue::new(p).unwrap(), turn, Tail::TwoSided, Alpha::FIVE_PERCENT).unwrap().get()
        };
        // Boundaries of five looks at 5 %: nominal p of 1.1e-6, 0.0008, 0.0074, 0.0220 and 0.0423.
        assert!(p(0.042, 5) < 0.0501 && p(0.043, 5) > 0.0499, "{} {}", p(0.042, 5), p(0.043, 5));
        assert!(p(0.0073, 3) < 0.0501 && p(0.0075, 3) > 0.0499);
        assert!(p(0.001, 1) > 0.05 && p(1e-7, 1) < 0.05);
        assert!((p(0.01, 6) - 1.0).abs() < 1e-15, "there is no sixth look");
        for look in 1..=5 {
            assert!(p(0.3, look) >= 0.3 && p(0.01, look) >= 0.01);
        }
    }
}
