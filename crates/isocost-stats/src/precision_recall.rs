//! Precision–recall curves, average precision, mean average precision.

use crate::error::{check_finite, check_lengths};
use crate::f1::ClassMean;
use crate::{StatsError, StatsResult};

/// One point of a precision–recall curve: everything that scores at least the threshold is decided positive.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PrecisionRecall {
    /// The lowest score decided positive.
    pub threshold: f64,
    /// Share of decided items that are positive.
    pub precision: f64,
    /// Share of positive items that are decided.
    pub recall: f64,
}

/// The curve, one point per distinct score, thresholds falling and recall rising. Items of equal score enter together.
///
/// Refuses unequal lengths, NaN, infinities and the absence of positives (recall would not exist).
pub fn precision_recall_curve(scores: &[f64], labels: &[bool]) -> StatsResult<Vec<PrecisionRecall>> {
    let falling = falling_scores(scores, labels)?;
    let positives = labels.iter().filter(|label| **label).count();
    if positives == 0 {
        return Err(StatsError::OneClass { positives, negatives: labels.len() });
    }
    let (mut decided, mut hits) = (0_usize, 0_usize);
    let mut curve = Vec::new();
    for run in falling.chunk_by(|a, b| a.0.total_cmp(&b.0).is_eq()) {
        decided += run.len();
        hits += run.iter().filter(|(_, label)| *label).count();
        curve.push(PrecisionRecall {
            threshold: run.first().map_or(f64::NAN, |(score, _)| *score),
            precision: hits as f64 / decided as f64,
            recall: hits as f64 / positives as f64,
        });
    }
    Ok(curve)
}

/// Average precision: Σ (Rₙ − Rₙ₋₁) Pₙ over the curve, without interpolation; the area under the precision–recall curve (AUPRC).
///
/// The step rule of scikit-learn's `average_precision_score` (tolerance 1e-12), ties grouped, so the result does not depend on the order of
/// items. Where scikit-learn returns 0 without positives, this is an error.
pub fn average_precision(scores: &[f64], labels: &[bool]) -> StatsResult<f64> {
    let mut before = 0.0;
    Ok(precision_recall_curve(scores, labels)?
        .into_iter()
        .map(|point| {
            let step = point.recall - before;
            before = point.recall;
            step * point.precision
        })
        .sum())
}

/// The reference reports' average precision: mean of the precision at each positive after a *stable* sort by falling score.
///
/// Items of equal score keep their order, so the result depends on the order of items (`average_precision` does not). `None` without positives.
pub fn average_precision_stable(scores: &[f64], labels: &[bool]) -> StatsResult<Option<f64>> {
    let falling = falling_scores(scores, labels)?;
    let (mut hits, mut total) = (0_usize, 0.0);
    for (rank, (_, label)) in falling.iter().enumerate() {
        if *label {
            hits += 1;
            total += hits as f64 / (rank + 1) as f64;
        }
    }
    Ok((hits > 0).then(|| total / hits as f64))
}

/// Stable: equal scores (−0.0 equals 0.0) keep their order.
fn falling_scores(scores: &[f64], labels: &[bool]) -> StatsResult<Vec<(f64, bool)>> {
    check_lengths("scores and labels", scores.len(), labels.len())?;
    check_finite(scores)?;
    if scores.is_empty() {
        return Err(StatsError::Empty("a precision-recall curve needs scores"));
    }
    let mut pairs: Vec<(f64, bool)> =
        scores.iter().map(|score| score + 0.0).zip(labels.iter().copied()).collect();
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0));
    Ok(pairs)
}

/// Scores and labels of items (rows) × classes (columns).
#[derive(Debug, Clone, Copy)]
pub struct MultiLabel<'a> {
    scores: &'a [f64],
    labels: &'a [bool],
    classes: usize,
}

impl<'a> MultiLabel<'a> {
    /// Row by row. Refuses a wrong number of cells, no item, no class, NaN and infinities.
    pub fn new(scores: &'a [f64], labels: &'a [bool], classes: usize) -> StatsResult<Self> {
        check_lengths("scores and labels", scores.len(), labels.len())?;
        check_finite(scores)?;
        if classes == 0 || scores.is_empty() {
            return Err(StatsError::Empty("scores of classes need items and classes"));
        }
        if !scores.len().is_multiple_of(classes) {
            let rows = scores.len().div_ceil(classes);
            return Err(StatsError::Shape { rows, columns: classes, found: scores.len() });
        }
        Ok(Self { scores, labels, classes })
    }

    /// Number of classes.
    pub fn classes(&self) -> usize {
        self.classes
    }

    /// (score, label) of every item for one class; empty if the class is out of range.
    pub fn class(&self, class: usize) -> impl Iterator<Item = (f64, bool)> {
        let start = if class < self.classes { class } else { self.scores.len() };
        let column = self.scores.iter().zip(self.labels).skip(start).step_by(self.classes);
        column.map(|(score, label)| (*score, *label))
    }
}

/// How equal scores are treated within a class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Ties {
    /// They enter together ([`average_precision`]).
    #[default]
    Grouped,
    /// They keep the order of the items ([`average_precision_stable`]), as in the reference reports.
    ItemOrder,
}

/// Average precision of every class (`None` without positives) and its mean over the classes that have one.
///
/// `defined_only` is the reference reports' mAP (they print 0.0 where it is `None`).
pub fn mean_average_precision(
    predictions: &MultiLabel<'_>,
    ties: Ties,
) -> StatsResult<(Vec<Option<f64>>, ClassMean)> {
    let mut by_class = Vec::with_capacity(predictions.classes());
    for class in 0..predictions.classes() {
        let (scores, labels): (Vec<f64>, Vec<bool>) = predictions.class(class).unzip();
        by_class.push(match ties {
            Ties::ItemOrder => average_precision_stable(&scores, &labels)?,
            Ties::Grouped if labels.contains(&true) => Some(average_precision(&scores, &labels)?),
            Ties::Grouped => None,
        });
    }
    let mean = ClassMean::of(&by_class);
    Ok((by_class, mean))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Values printed in the long-video specification, section 17.
    #[test]
    fn the_published_example_has_the_published_values() {
        let labels = [1, 0, 0, 0, 1, 0, 1, 1, 0, 0, 0, 0].map(|label| label == 1);
        let scores = [0.9, 0.2, 0.1, 0.8, 0.6, 0.2, 0.3, 0.6, 0.4, 0.1, 0.7, 0.05];
        let predictions = MultiLabel::new(&scores, &labels, 3).unwrap();
        let (by_class, mean) = mean_average_precision(&predictions, Ties::ItemOrder).unwrap();
        assert_eq!(by_class, [Some(0.833_333_333_333_333_3), Some(0.583_333_333_333_333_3), None]);
        assert_eq!(mean.defined_only, Some(0.708_333_333_333_333_3));
        let f1 = crate::f1::macro_f1(&predictions, 0.5).unwrap();
        assert!((f1.zero_filled - 0.433_333_333_333_333_35).abs() < 1e-15);
    }

    #[test]
    fn a_class_without_positives_is_an_error_not_zero() {
        let found = average_precision(&[0.1, 0.2], &[false, false]);
        assert_eq!(found, Err(StatsError::OneClass { positives: 0, negatives: 2 }));
        assert_eq!(average_precision_stable(&[0.1], &[false]), Ok(None));
        assert!(average_precision(&[], &[]).is_err());
        assert!(average_precision(&[f64::NAN], &[true]).is_err());
    }

    #[test]
    fn constant_scores_give_the_share_of_positives() {
        assert_eq!(average_precision(&[0.5; 4], &[true, false, false, false]), Ok(0.25));
    }

    proptest! {
        #[test]
        fn grouped_ties_do_not_depend_on_the_order_of_items(
            pairs in prop::collection::vec((0_u8..5, any::<bool>()), 1..40),
        ) {
            prop_assume!(pairs.iter().any(|pair| pair.1));
            let ap = |pairs: &[(u8, bool)]| {
                let (scores, labels): (Vec<f64>, Vec<bool>) = pairs.iter().map(|(s, l)| (f64::from(*s), *l)).unzip();
                average_precision(&scores, &labels).unwrap()
            };
            let reversed: Vec<_> = pairs.iter().rev().copied().collect();
            prop_assert_eq!(ap(&pairs).to_bits(), ap(&reversed).to_bits());
        }

        #[test]
        fn both_rules_agree_without_ties(labels in prop::collection::vec(any::<bool>(), 1..40)) {
            prop_assume!(labels.contains(&true));
            let scores: Vec<f64> = (0..labels.len()).map(|i| (i as f64 * 7.3).sin()).collect();
            let grouped = average_precision(&scores, &labels).unwrap();
            let stable = average_precision_stable(&scores, &labels).unwrap().unwrap();
            prop_assert!((grouped - stable).abs() < 1e-12);
        }
    }
}
