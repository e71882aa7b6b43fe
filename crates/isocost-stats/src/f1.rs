//! Precision, recall and F1 from counts, and macro-F1 at a threshold.

use crate::StatsResult;
use crate::precision_recall::MultiLabel;

/// Counts of a binary decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Confusion {
    /// Decided positive, is positive.
    pub true_positives: u64,
    /// Decided positive, is negative.
    pub false_positives: u64,
    /// Decided negative, is positive.
    pub false_negatives: u64,
}

impl Confusion {
    /// From pairs of (decision, truth).
    pub fn of(pairs: impl IntoIterator<Item = (bool, bool)>) -> Self {
        let mut counts = Self::default();
        for pair in pairs {
            match pair {
                (true, true) => counts.true_positives += 1,
                (true, false) => counts.false_positives += 1,
                (false, true) => counts.false_negatives += 1,
                (false, false) => {}
            }
        }
        counts
    }

    /// tp / (tp + fp); `None` if nothing was decided positive.
    pub fn precision(self) -> Option<f64> {
        ratio(self.true_positives, self.true_positives + self.false_positives)
    }

    /// tp / (tp + fn); `None` if nothing is positive.
    pub fn recall(self) -> Option<f64> {
        ratio(self.true_positives, self.true_positives + self.false_negatives)
    }

    /// 2 tp / (2 tp + fp + fn); `None` if nothing is positive and nothing was decided positive.
    pub fn f1(self) -> Option<f64> {
        let twice = 2 * self.true_positives;
        ratio(twice, twice + self.false_positives + self.false_negatives)
    }
}

fn ratio(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

/// The mean of a per-class score, and the classes for which it is not defined.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ClassMean {
    /// Mean over *all* classes, an undefined class counting 0 (the rule of the reference reports).
    pub zero_filled: f64,
    /// Mean over the defined classes only; `None` if there is none.
    pub defined_only: Option<f64>,
    /// Number of undefined classes.
    pub undefined: usize,
}

impl ClassMean {
    pub(crate) fn of(scores: &[Option<f64>]) -> Self {
        // Plain sums in class order, as the reference reports have them.
        let total: f64 = scores.iter().flatten().sum();
        let defined = scores.iter().flatten().count();
        Self {
            zero_filled: if scores.is_empty() { 0.0 } else { total / scores.len() as f64 },
            defined_only: (defined > 0).then(|| total / defined as f64),
            undefined: scores.len() - defined,
        }
    }
}

/// F1 of each class where `score >= threshold` decides, and their mean.
///
/// A class with no positive and no positive decision has no F1; `zero_filled` counts it 0, as in the long-video reports ("macro-F1@0.5").
pub fn macro_f1(predictions: &MultiLabel<'_>, threshold: f64) -> StatsResult<ClassMean> {
    crate::error::check_margin(threshold)?;
    let scores: Vec<Option<f64>> = (0..predictions.classes())
        .map(|class| {
            Confusion::of(predictions.class(class).map(|(score, label)| (score >= threshold, label))).f1()
        })
        .collect();
    Ok(ClassMean::of(&scores))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_class_nobody_names_has_no_f1_and_counts_zero_in_the_filled_mean() {
        let labels = [true, false, false, false];
        let predictions = MultiLabel::new(&[0.9, 0.1, 0.4, 0.2], &labels, 2).unwrap();
        let found = macro_f1(&predictions, 0.5).unwrap();
        assert_eq!(found, ClassMean { zero_filled: 0.5, defined_only: Some(1.0), undefined: 1 });
    }

    #[test]
    fn the_threshold_itself_decides_positive() {
        let predictions = MultiLabel::new(&[0.5], &[true], 1).unwrap();
        assert_eq!(macro_f1(&predictions, 0.5).unwrap().defined_only, Some(1.0));
    }

    #[test]
    fn precision_without_decisions_is_undefined_not_zero() {
        let counts = Confusion::of([(false, true), (false, false)]);
        assert_eq!((counts.precision(), counts.recall(), counts.f1()), (None, Some(0.0), Some(0.0)));
    }
}
