//! Reliability table, expected and maximum calibration error.

use super::binning::Binning;
use crate::error::{check_finite, check_lengths};
use crate::{StatsError, StatsResult};

/// One bin of a reliability table.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bin {
    /// Its lower edge (for bins of equal mass the smallest confidence in it).
    pub low: f64,
    /// Its upper edge (for bins of equal mass the largest confidence in it).
    pub high: f64,
    /// How many items are in it.
    pub count: usize,
    /// Their mean confidence; 0 in an empty bin.
    pub confidence: f64,
    /// The share of them that is correct; 0 in an empty bin.
    pub accuracy: f64,
}

/// A reliability table.
#[derive(Debug, Clone, PartialEq)]
pub struct Reliability {
    /// All bins, empty ones too, ascending.
    pub bins: Vec<Bin>,
    /// Number of items, those in no bin included.
    pub items: usize,
    /// Items in no bin: confidence 0 where bins are open on the left.
    pub outside: usize,
}

impl Reliability {
    /// Expected calibration error Σ (count / items) · |accuracy − confidence|, in 0..=1. Source: Naeini, Cooper and Hauskrecht (2015); Guo et al. (2017).
    pub fn ece(&self) -> f64 {
        self.bins.iter().map(|bin| bin.gap() * (bin.count as f64 / self.items as f64)).sum()
    }

    /// Maximum calibration error: the largest gap of a bin that is not empty; 0 if all are.
    pub fn mce(&self) -> f64 {
        self.bins.iter().map(Bin::gap).fold(0.0, f64::max)
    }
}

impl Bin {
    /// |accuracy − confidence|; 0 in an empty bin.
    pub fn gap(&self) -> f64 {
        (self.accuracy - self.confidence).abs()
    }
}

/// Refuses unequal lengths, nothing at all, and confidences outside 0..=1 (NaN too).
pub(super) fn check_forecasts(confidences: &[f64], outcomes: &[bool]) -> StatsResult<()> {
    check_lengths("confidences and outcomes", confidences.len(), outcomes.len())?;
    if confidences.is_empty() {
        return Err(StatsError::Empty("calibration needs confidences"));
    }
    check_finite(confidences)?;
    match confidences.iter().find(|value| !(0.0..=1.0).contains(*value)) {
        Some(value) => Err(StatsError::OutOfRange { name: "confidence", value: *value, range: "in 0..=1" }),
        None => Ok(()),
    }
}

/// Confidences in 0..=1 and whether each was correct, by bins. Means of 64-bit sums in the order of the items.
pub fn reliability(confidences: &[f64], correct: &[bool], binning: Binning) -> StatsResult<Reliability> {
    check_forecasts(confidences, correct)?;
    let assignment = binning.assign(confidences)?;
    let mut bins: Vec<Bin> = assignment
        .ends
        .iter()
        .map(|(low, high)| Bin { low: *low, high: *high, count: 0, confidence: 0.0, accuracy: 0.0 })
        .collect();
    let mut outside = 0;
    for ((confidence, correct), bin) in confidences.iter().zip(correct).zip(&assignment.bin_of) {
        match bin.and_then(|bin| bins.get_mut(bin)) {
            Some(bin) => {
                bin.count += 1;
                bin.confidence += confidence;
                bin.accuracy += f64::from(*correct);
            }
            None => outside += 1,
        }
    }
    for bin in bins.iter_mut().filter(|bin| bin.count > 0) {
        bin.confidence /= bin.count as f64;
        bin.accuracy /= bin.count as f64;
    }
    Ok(Reliability { bins, items: confidences.len(), outside })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::calibration::{Closed, Edges};

    #[test]
    fn bad_confidences_are_refused_with_the_reason() {
        let binning = Binning::default();
        assert_eq!(reliability(&[], &[], binning), Err(StatsError::Empty("calibration needs confidences")));
        assert!(matches!(reliability(&[f64::NAN], &[true], binning), Err(StatsError::NotFinite { .. })));
        assert!(matches!(reliability(&[1.5], &[true], binning), Err(StatsError::OutOfRange { .. })));
        assert!(matches!(reliability(&[0.5], &[], binning), Err(StatsError::Lengths { .. })));
    }

    #[test]
    fn a_confidence_of_zero_in_no_bin_still_counts_as_an_item() {
        let binning = Binning::Width { bins: 2, closed: Closed::Right, edges: Edges::Rounded };
        let table = reliability(&[0.0, 1.0], &[true, false], binning).unwrap();
        assert_eq!((table.outside, table.items), (1, 2));
        assert_eq!(table.ece().to_bits(), 0.5_f64.to_bits());
        assert_eq!(table.mce().to_bits(), 1.0_f64.to_bits());
    }

    proptest! {
        #[test]
        fn one_bin_gives_the_gap_of_the_means(pairs in prop::collection::vec((0.0..=1.0, any::<bool>()), 1..50)) {
            let (confidences, correct): (Vec<f64>, Vec<bool>) = pairs.into_iter().unzip();
            let mean_confidence = confidences.iter().sum::<f64>() / confidences.len() as f64;
            let accuracy = correct.iter().filter(|c| **c).count() as f64 / correct.len() as f64;
            let table = reliability(&confidences, &correct, Binning::Mass { bins: 1 }).unwrap();
            prop_assert!((table.ece() - (mean_confidence - accuracy).abs()).abs() < 1e-12);
            let fine = reliability(&confidences, &correct, Binning::default()).unwrap();
            prop_assert!(fine.ece() >= table.ece() - 1e-12, "refining bins cannot lower the error");
            prop_assert!(fine.ece() <= fine.mce() + 1e-12);
        }
    }
}
