//! Scores of two classes, sorted once.

use crate::error::{check_finite, check_lengths};
use crate::{StatsError, StatsResult};

/// The area under the ROC curve: the chance that a positive scores above a negative, ties counted half.
///
/// `scores` and `labels` (true = positive) pair by position; at least one of each class. NaN and infinities are refused; −0.0 equals 0.0.
/// Exact: one division of two integers, so the result does not depend on the order of the items.
/// Source: Mann and Whitney (1947); Hanley and `McNeil` (1982).
pub fn roc_auc(scores: &[f64], labels: &[bool]) -> StatsResult<f64> {
    Ok(Ranked::new(scores, labels)?.auc())
}

/// Items of two classes in runs of equal scores.
///
/// Each item has a *cell*: twice its run, plus one if it is positive. Every resample of the items is a count per cell, so one sort serves
/// all replicates of a bootstrap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ranked {
    cells: Vec<u32>,
    counts: Vec<u32>,
    positives: u32,
}

impl Ranked {
    /// Sorts once. Refuses unequal lengths, NaN, infinities, 2³¹ items or more, and a single class.
    pub fn new(scores: &[f64], labels: &[bool]) -> StatsResult<Self> {
        check_lengths("scores and labels", scores.len(), labels.len())?;
        check_finite(scores)?;
        let positives = labels.iter().filter(|label| **label).count();
        let negatives = labels.len() - positives;
        if positives == 0 || negatives == 0 {
            return Err(StatsError::OneClass { positives, negatives });
        }
        let too_many = || StatsError::OutOfRange {
            name: "number of items",
            value: scores.len() as f64,
            range: "below 2^31",
        };
        let positives = u32::try_from(positives).map_err(|_| too_many())?;
        let items = u32::try_from(scores.len()).ok().filter(|items| *items < 1 << 31).ok_or_else(too_many)?;
        let mut order: Vec<(f64, u32)> = scores.iter().copied().zip(0..items).collect();
        order.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
        let mut cells = vec![0_u32; scores.len()];
        let mut counts: Vec<u32> = Vec::new();
        let mut previous = None;
        for (score, item) in order {
            if previous != Some(score) {
                counts.extend([0, 0]);
                previous = Some(score);
            }
            let item = item as usize;
            let positive = usize::from(labels.get(item).copied().unwrap_or_default());
            let cell = counts.len() - 2 + positive;
            if let (Some(count), Some(slot)) = (counts.get_mut(cell), cells.get_mut(item)) {
                *count += 1;
                *slot = u32::try_from(cell).map_err(|_| too_many())?;
            }
        }
        Ok(Self { cells, counts, positives })
    }

    /// Number of items.
    pub fn items(&self) -> usize {
        self.cells.len()
    }

    /// Number of positive items.
    pub fn positives(&self) -> usize {
        self.positives as usize
    }

    /// Number of negative items.
    pub fn negatives(&self) -> usize {
        self.items() - self.positives()
    }

    /// Number of distinct scores.
    pub fn runs(&self) -> usize {
        self.counts.len() / 2
    }

    /// Twice the Mann–Whitney U of the positives, an integer: 2R − n₁(n₁ + 1) for the sum R of their mid-ranks.
    pub fn twice_u(&self) -> u64 {
        Tally::of(&self.counts).twice_u
    }

    /// The area under the curve, in 0..=1.
    pub fn auc(&self) -> f64 {
        Tally::of(&self.counts).auc().unwrap_or(0.5)
    }

    pub(super) fn cells(&self) -> &[u32] {
        &self.cells
    }

    /// (negatives, positives) of each run, ascending.
    pub(super) fn run_counts(&self) -> impl Iterator<Item = (u32, u32)> {
        self.counts.chunks_exact(2).map(|pair| match pair {
            [negatives, positives] => (*negatives, *positives),
            _ => (0, 0),
        })
    }

    pub(super) fn is_positive(&self, item: usize) -> bool {
        self.cells.get(item).is_some_and(|cell| cell % 2 == 1)
    }
}

/// What one pass over the cells gives.
struct Tally {
    twice_u: u64,
    positives: u64,
    negatives: u64,
}

impl Tally {
    fn of(counts: &[u32]) -> Self {
        let (mut twice_u, mut positives, mut negatives) = (0_u64, 0_u64, 0_u64);
        for run in counts.chunks_exact(2) {
            let [negative, positive] = run else { continue };
            let (negative, positive) = (u64::from(*negative), u64::from(*positive));
            twice_u += positive * (2 * negatives + negative);
            negatives += negative;
            positives += positive;
        }
        Self { twice_u, positives, negatives }
    }

    /// Undefined without both classes.
    fn auc(&self) -> Option<f64> {
        let pairs = self.positives * self.negatives;
        (pairs > 0).then(|| (self.twice_u as f64 / 2.0) / pairs as f64)
    }
}

/// The buffer of one thread that resamples.
#[derive(Debug, Clone)]
pub struct Resample<'a> {
    ranked: &'a Ranked,
    counts: Vec<u32>,
}

impl<'a> Resample<'a> {
    /// An empty buffer for these items.
    pub fn new(ranked: &'a Ranked) -> Self {
        Self { ranked, counts: vec![0; ranked.counts.len()] }
    }

    /// The area under the curve of the drawn items (indices from 0, repeats allowed; indices out of range are ignored), in O(items + draws).
    /// `None` if they are all of one class.
    pub fn auc_of(&mut self, drawn: impl IntoIterator<Item = u32>) -> Option<f64> {
        self.counts.fill(0);
        drawn.into_iter().for_each(|item| self.add(item as usize));
        Tally::of(&self.counts).auc()
    }

    #[inline]
    fn add(&mut self, item: usize) {
        if let Some(cell) = self.ranked.cells.get(item)
            && let Some(count) = self.counts.get_mut(*cell as usize)
        {
            *count += 1;
        }
    }
}
