//! Retrieval of moments: recall of the relevant positions by the chosen ones, with a tolerance.

use std::collections::BTreeSet;

/// What the chosen positions reach.
#[derive(Debug, Clone, PartialEq)]
pub struct Recall {
    /// Positions within the tolerance of a chosen one, ascending; empty where nothing is relevant, as in the reference.
    pub covered: BTreeSet<usize>,
    /// Share of the relevant positions that are covered; `None` if nothing is relevant.
    pub recall: Option<f64>,
}

impl Recall {
    /// The recall, 0.0 where nothing is relevant: the rule of the reference reports.
    pub fn or_zero(&self) -> f64 {
        self.recall.unwrap_or(0.0)
    }
}

/// Recall@K with tolerance: the chosen positions (K of them, in any order) grow by `delta` on both sides inside `0..total`; recall is the share
/// of relevant positions that they then cover.
///
/// Both lists are sets: repeats count once. Relevant positions outside `0..total` can never be covered but count; chosen ones outside reach in
/// only by their tolerance.
pub fn recall_at_k(relevant: &[i64], chosen: &[i64], delta: u32, total: usize) -> Recall {
    if relevant.is_empty() {
        return Recall { covered: BTreeSet::new(), recall: None };
    }
    let last = i64::try_from(total).unwrap_or(i64::MAX);
    let delta = i64::from(delta);
    let mut covered = BTreeSet::new();
    for position in chosen {
        let from = position.saturating_sub(delta).max(0);
        let to = position.saturating_add(delta).saturating_add(1).min(last);
        covered.extend((from..to).filter_map(|position| usize::try_from(position).ok()));
    }
    let relevant: BTreeSet<i64> = relevant.iter().copied().collect();
    let hit = |position: &&i64| usize::try_from(**position).is_ok_and(|position| covered.contains(&position));
    let hits = relevant.iter().filter(hit).count();
    Recall { covered, recall: Some(hits as f64 / relevant.len() as f64) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn no_relevant_position_is_reported_apart_from_none_found() {
        let nothing = recall_at_k(&[], &[3], 1, 10);
        assert_eq!((nothing.recall, nothing.or_zero()), (None, 0.0));
        assert_eq!(recall_at_k(&[3], &[], 1, 10).recall, Some(0.0));
    }

    #[test]
    fn tolerance_stops_at_the_ends_of_the_clip() {
        let reached = recall_at_k(&[0, 9, 12], &[-1, 9, i64::MAX], 2, 10);
        assert_eq!(reached.covered, BTreeSet::from([0, 1, 7, 8, 9]));
        assert_eq!(reached.recall, Some(2.0 / 3.0));
    }

    proptest! {
        #[test]
        fn a_larger_tolerance_never_lowers_recall(
            relevant in prop::collection::vec(0_i64..12, 0..6),
            chosen in prop::collection::vec(0_i64..12, 0..6),
            delta in 0_u32..4,
        ) {
            let at = |delta| recall_at_k(&relevant, &chosen, delta, 12).or_zero();
            prop_assert!(at(delta) <= at(delta + 1));
        }
    }
}
