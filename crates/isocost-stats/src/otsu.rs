//! Otsu's threshold between two groups of values.

use crate::percentile::{Real, check_reals};
use crate::{StatsError, StatsResult};

const BINS: usize = 256;

/// A threshold and what it separates.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Split<T> {
    /// Centre of the bin that separates best. Where bins between the groups are empty the criterion is flat and the first of them counts, so the
    /// threshold can lie inside the lower group: see [`Split::midpoint`].
    pub threshold: T,
    /// Largest value up to the end of that bin.
    pub below: T,
    /// Smallest value beyond it.
    pub above: T,
}

impl<T: Real> Split<T> {
    /// Middle of the gap between the two groups, which no value lies near.
    pub fn midpoint(&self) -> f64 {
        f64::midpoint(self.below.wide(), self.above.wide())
    }
}

/// Threshold that maximises the variance between the two groups (N. Otsu 1979, "A threshold selection method from gray-level histograms"), over 256
/// equal bins from the smallest to the largest value.
///
/// Bin edges and centres are computed in the width of the values, sums in 64 bits, each operation rounded, as `numpy.histogram` and
/// `numpy.cumsum` do: the threshold is equal to the last bit. Ties: the first best bin. Errors: no values, NaN or an infinity, a range that
/// overflows or is too narrow for 256 bins, and values that all fall into one bin (constant values have no threshold).
pub fn otsu<T: Real>(values: &[T]) -> StatsResult<Split<T>> {
    check_reals(values)?;
    let edges = Edges::of(values)?;
    let mut counts = [0_u64; BINS];
    for &value in values {
        counts[edges.bin_of(value)] += 1;
    }
    let best = best_bin(&counts, values.len() as f64, &edges)
        .ok_or(StatsError::Undetermined("all values are the same, so there is no threshold between them"))?;
    let mut split = Split { threshold: edges.centre(best), below: edges.low, above: edges.high };
    for &value in values {
        let inside = edges.bin_of(value) <= best;
        if inside && value > split.below {
            split.below = value;
        } else if !inside && value < split.above {
            split.above = value;
        }
    }
    Ok(split)
}

struct Edges<T> {
    low: T,
    high: T,
    all: [T; BINS + 1],
}

impl<T: Real> Edges<T> {
    fn of(values: &[T]) -> StatsResult<Self> {
        let Some((&first, rest)) = values.split_first() else {
            return Err(StatsError::Empty("a threshold"));
        };
        let (mut low, mut high) = (first, first);
        for &value in rest {
            low = if value < low { value } else { low };
            high = if value > high { value } else { high };
        }
        if low == high {
            let half = T::rounded(0.5);
            (low, high) = (low - half, high + half);
        }
        let range = high - low;
        if !range.wide().is_finite() {
            return Err(StatsError::OutOfRange {
                name: "the range",
                value: range.wide(),
                range: "a finite number",
            });
        }
        let bins = T::rounded(BINS as f64);
        let step = range / bins;
        let mut edges = [high; BINS + 1];
        for (number, edge) in edges.iter_mut().take(BINS).enumerate() {
            let number = T::rounded(number as f64);
            *edge = number * step + low;
        }
        if edges.windows(2).any(|pair| pair[0] >= pair[1]) {
            return Err(StatsError::Undetermined(
                "the values are too close together for 256 bins between them",
            ));
        }
        Ok(Self { low, high, all: edges })
    }

    fn bin_of(&self, value: T) -> usize {
        let position = (value - self.low) / (self.high - self.low) * T::rounded(BINS as f64);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 <= position <= 256")]
        let mut bin = (position.wide() as usize).min(BINS - 1);
        if value < self.all[bin] {
            bin = bin.saturating_sub(1);
        }
        if bin < BINS - 1 && value >= self.all[bin + 1] {
            bin += 1;
        }
        bin
    }

    fn centre(&self, bin: usize) -> T {
        (self.all[bin] + self.all[bin + 1]) / T::rounded(2.0)
    }
}

fn best_bin<T: Real>(counts: &[u64; BINS], total: f64, edges: &Edges<T>) -> Option<usize> {
    let (mut weight, mut moment) = (0.0, 0.0);
    let sums = counts.iter().enumerate().map(|(bin, &count)| {
        let share = count as f64 / total;
        weight += share;
        moment += share * edges.centre(bin).wide();
        (weight, moment)
    });
    let sums: Vec<(f64, f64)> = sums.collect();
    let (_, mean) = *sums.last()?;
    let mut best: Option<(usize, f64)> = None;
    for (bin, &(weight, moment)) in sums.iter().enumerate() {
        let spread = weight * (1.0 - weight);
        if spread > 0.0 {
            let distance = mean * weight - moment;
            let criterion = distance * distance / spread;
            if best.is_none_or(|(_, highest)| criterion > highest) {
                best = Some((bin, criterion));
            }
        }
    }
    best.map(|(bin, _)| bin)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn constant_missing_and_infinite_values_have_no_threshold() {
        assert!(matches!(otsu(&[0.5_f32; 9]), Err(StatsError::Undetermined(_))));
        assert!(matches!(otsu::<f64>(&[]), Err(StatsError::Empty(_))));
        assert!(matches!(otsu(&[0.0, f64::INFINITY]), Err(StatsError::NotFinite { index: 1, .. })));
        assert!(matches!(otsu(&[1.0, 1.0 + f64::EPSILON]), Err(StatsError::Undetermined(_))));
        assert!(matches!(otsu(&[-1e308, 1e308, 1.7e308, -1.7e308]), Err(StatsError::OutOfRange { .. })));
    }

    #[test]
    fn two_groups_are_separated_and_the_midpoint_lies_in_the_gap() {
        let values = [0.0_f32, 0.1, 0.2, 5.0, 5.1];
        let split = otsu(&values).unwrap();
        assert!(split.threshold >= 0.19 && split.threshold < 5.0, "{split:?}");
        assert_eq!((split.below, split.above), (0.2, 5.0));
        assert!((split.midpoint() - 2.6).abs() < 1e-6);
    }

    proptest! {
        #[test]
        fn a_threshold_lies_between_the_smallest_and_the_largest_value(
            values in proptest::collection::vec(-1e6_f32..1e6, 2..80),
        ) {
            match otsu(&values) {
                Ok(split) => {
                    let low = values.iter().copied().fold(f32::INFINITY, f32::min);
                    let high = values.iter().copied().fold(f32::NEG_INFINITY, f32::max);
                    prop_assert!(split.threshold >= low && split.threshold <= high);
                    prop_assert!(split.below < split.above);
                }
                Err(error) => prop_assert!(matches!(error, StatsError::Undetermined(_)), "{error}"),
            }
        }
    }
}
