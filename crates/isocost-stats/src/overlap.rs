//! Overlap of sets, masks, boxes and time windows: intersection over union (Jaccard 1901) and Dice (1945).
//!
//! Everywhere an empty union gives 0, the rule of the reference systems: nothing predicted and nothing there is not counted as agreement.

use std::collections::BTreeSet;

use crate::error::check_lengths;
use crate::{StatsError, StatsResult};

/// Sizes from which every overlap score follows.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Overlap {
    /// Size of the first.
    pub left: f64,
    /// Size of the second.
    pub right: f64,
    /// Size of what both have.
    pub common: f64,
}

impl Overlap {
    /// Intersection over union, in 0..=1; 0 if the union is empty.
    pub fn iou(self) -> f64 {
        share(self.common, self.left + self.right - self.common)
    }

    /// Twice the intersection over the sum of sizes, in 0..=1; 0 if both are empty.
    pub fn dice(self) -> f64 {
        share(2.0 * self.common, self.left + self.right)
    }

    /// Share of the first that the second covers; 0 if the first is empty.
    pub fn coverage_of_left(self) -> f64 {
        share(self.common, self.left)
    }
}

fn share(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { 0.0 }
}

/// Of two collections as sets: repeats count once.
pub fn of_sets<T: Ord>(left: &[T], right: &[T]) -> Overlap {
    let (left, right): (BTreeSet<&T>, BTreeSet<&T>) = (left.iter().collect(), right.iter().collect());
    let common = left.intersection(&right).count();
    Overlap { left: left.len() as f64, right: right.len() as f64, common: common as f64 }
}

/// Of two masks over the same cells.
pub fn of_masks(left: &[bool], right: &[bool]) -> StatsResult<Overlap> {
    check_lengths("two masks of the same cells", left.len(), right.len())?;
    let mut overlap = Overlap::default();
    for (left, right) in left.iter().zip(right) {
        overlap.left += f64::from(*left);
        overlap.right += f64::from(*right);
        overlap.common += f64::from(*left && *right);
    }
    Ok(overlap)
}

/// An axis-parallel box in N dimensions, in any one unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BoxN<const N: usize> {
    low: [f64; N],
    high: [f64; N],
}

impl<const N: usize> BoxN<N> {
    /// Refuses NaN, infinities and `low > high` on any axis; a side may be 0.
    pub fn new(low: [f64; N], high: [f64; N]) -> StatsResult<Self> {
        for (low, high) in low.iter().zip(&high) {
            Window::new(*low, *high)?;
        }
        Ok(Self { low, high })
    }

    /// Product of the sides.
    pub fn volume(&self) -> f64 {
        self.low.iter().zip(&self.high).map(|(low, high)| high - low).product()
    }
}

/// Of two boxes.
pub fn of_boxes<const N: usize>(left: &BoxN<N>, right: &BoxN<N>) -> Overlap {
    let lows = left.low.iter().zip(&right.low).map(|(a, b)| a.max(*b));
    let highs = left.high.iter().zip(&right.high).map(|(a, b)| a.min(*b));
    let common = lows.zip(highs).map(|(low, high)| (high - low).max(0.0)).product();
    Overlap { left: left.volume(), right: right.volume(), common }
}

/// A closed stretch of time, `start <= end`, in seconds or any one unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Window {
    start: f64,
    end: f64,
}

impl Window {
    /// Refuses NaN, infinities and an end before the start.
    pub fn new(start: f64, end: f64) -> StatsResult<Self> {
        for (index, value) in [start, end].into_iter().enumerate() {
            if !value.is_finite() {
                return Err(StatsError::NotFinite { index, value });
            }
        }
        if end < start {
            return Err(StatsError::OutOfRange {
                name: "end of a window",
                value: end,
                range: "not before its start",
            });
        }
        Ok(Self { start, end })
    }

    /// The stretch around second `anchor` (which lasts one unit), grown by `delta` on both sides and cut to `0..=total`.
    pub fn around_anchor(anchor: f64, delta: f64, total: f64) -> StatsResult<Self> {
        Self::new((anchor - delta).max(0.0), (anchor + 1.0 + delta).min(total))
    }

    /// Its start.
    pub fn start(self) -> f64 {
        self.start
    }

    /// Its end.
    pub fn end(self) -> f64 {
        self.end
    }
}

/// Intersection over union of two windows. 0 if the union is empty; touching windows and windows of length 0 share nothing.
pub fn iou_1d(left: Window, right: Window) -> f64 {
    of_windows(left, right).iou()
}

/// Of two windows.
pub fn of_windows(left: Window, right: Window) -> Overlap {
    let common = (left.end.min(right.end) - left.start.max(right.start)).max(0.0);
    Overlap { left: left.end - left.start, right: right.end - right.start, common }
}

/// The best `IoU` of a window with any of several; 0 if there is none.
pub fn max_iou(window: Window, others: &[Window]) -> f64 {
    others.iter().map(|other| iou_1d(window, *other)).fold(0.0, f64::max)
}

/// Cov@τ: the share of evidence windows whose best `IoU` over the predicted windows is at least `tau`.
///
/// 0 without evidence. Without predictions a best `IoU` is 0, so `tau = 0` always counts. `tau` outside 0..=1 is an error.
pub fn coverage_at_tau(evidence: &[Window], predicted: &[Window], tau: f64) -> StatsResult<f64> {
    if !(0.0..=1.0).contains(&tau) {
        return Err(StatsError::OutOfRange { name: "tau", value: tau, range: "in 0..=1" });
    }
    let covered = evidence.iter().filter(|window| max_iou(**window, predicted) >= tau).count();
    Ok(share(covered as f64, evidence.len() as f64))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn windows(ends: &[(f64, f64)]) -> Vec<Window> {
        ends.iter().map(|(start, end)| Window::new(*start, *end).unwrap()).collect()
    }

    /// Values printed in the long-video specification, section 3.7.
    #[test]
    fn coverage_of_the_published_anchors_has_the_published_values() {
        let evidence = windows(&[(2.0, 3.0), (3.0, 4.0), (4.0, 5.0), (5.0, 6.0)]);
        for (delta, expected) in [(0.0, [0.25; 3]), (0.5, [0.25, 0.25, 0.0]), (1.0, [0.75, 0.0, 0.0])] {
            let predicted = [3.0, 8.0].map(|anchor| Window::around_anchor(anchor, delta, 10.0).unwrap());
            for (tau, expected) in [0.3, 0.5, 0.7].into_iter().zip(expected) {
                assert_eq!(coverage_at_tau(&evidence, &predicted, tau), Ok(expected), "{delta} {tau}");
            }
        }
    }

    #[test]
    fn empty_sets_masks_and_windows_share_nothing() {
        assert_eq!(of_sets::<u8>(&[], &[]).iou().to_bits(), 0.0_f64.to_bits());
        assert_eq!(of_masks(&[false; 3], &[false; 3]).unwrap().dice().to_bits(), 0.0_f64.to_bits());
        let point = Window::new(2.0, 2.0).unwrap();
        assert_eq!(iou_1d(point, point).to_bits(), 0.0_f64.to_bits());
        assert_eq!(coverage_at_tau(&[], &[], 0.5), Ok(0.0));
        assert_eq!(coverage_at_tau(&[point], &[], 0.0), Ok(1.0));
    }

    #[test]
    fn what_cannot_overlap_is_refused() {
        assert!(Window::new(3.0, 2.0).is_err());
        assert!(Window::new(f64::NAN, 2.0).is_err());
        assert!(BoxN::new([0.0, 5.0], [1.0, 4.0]).is_err());
        assert!(of_masks(&[true], &[]).is_err());
        assert!(coverage_at_tau(&[], &[], 1.5).is_err());
        assert!(coverage_at_tau(&[], &[], f64::NAN).is_err());
    }

    #[test]
    fn boxes_in_two_and_three_dimensions_share_their_common_volume() {
        let left = BoxN::new([0.0, 0.0], [2.0, 2.0]).unwrap();
        let right = BoxN::new([1.0, 1.0], [3.0, 3.0]).unwrap();
        assert!((of_boxes(&left, &right).iou() - 1.0 / 7.0).abs() < 1e-15);
        let left = BoxN::new([0.0; 3], [1.0, 2.0, 3.0]).unwrap();
        assert!((of_boxes(&left, &left).dice() - 1.0).abs() < 1e-15);
    }

    proptest! {
        #[test]
        fn dice_is_twice_iou_over_one_plus_iou(
            left in prop::collection::vec(0_u8..20, 0..15),
            right in prop::collection::vec(0_u8..20, 0..15),
        ) {
            let overlap = of_sets(&left, &right);
            prop_assert!((overlap.dice() - 2.0 * overlap.iou() / (1.0 + overlap.iou())).abs() < 1e-12);
            let (of_left, of_right): (Vec<bool>, Vec<bool>) =
                (0..20).map(|cell| (left.contains(&cell), right.contains(&cell))).unzip();
            prop_assert_eq!(of_masks(&of_left, &of_right).unwrap(), overlap);
        }
    }
}
