//! Counts of n-grams.

use std::collections::BTreeMap;

/// How often each run of `order` tokens occurs. Empty for order 0.
pub(super) fn counts<T: Ord>(tokens: &[T], order: usize) -> BTreeMap<&[T], usize> {
    let mut counts = BTreeMap::new();
    if order > 0 {
        for gram in tokens.windows(order) {
            *counts.entry(gram).or_insert(0) += 1;
        }
    }
    counts
}

/// N-grams that both have, each counted at most as often as in either.
pub(super) fn clipped_matches<T: Ord>(left: &BTreeMap<&[T], usize>, right: &BTreeMap<&[T], usize>) -> usize {
    left.iter().map(|(gram, count)| right.get(gram).map_or(0, |other| *count.min(other))).sum()
}
