//! Percentiles and medians to the last bit of `NumPy`'s, in either floating-point width.

use crate::{StatsError, StatsResult};

mod sealed {
    pub trait Sealed {}
    impl Sealed for f32 {}
    impl Sealed for f64 {}
}

/// `f32` or `f64`: the widths in which measured arrays are kept, and whose rounding decides ties.
pub trait Real:
    sealed::Sealed
    + Copy
    + PartialOrd
    + std::fmt::Debug
    + std::ops::Add<Output = Self>
    + std::ops::Sub<Output = Self>
    + std::ops::Mul<Output = Self>
    + std::ops::Div<Output = Self>
    + Send
    + Sync
{
    /// Rounds to this width.
    fn rounded(value: f64) -> Self;
    /// The same number in 64 bits.
    fn wide(self) -> f64;
    /// IEEE 754 total order.
    fn order(&self, other: &Self) -> std::cmp::Ordering;
}

impl Real for f32 {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "rounding to the narrower width is what is asked for"
    )]
    fn rounded(value: f64) -> Self {
        value as Self
    }
    fn wide(self) -> f64 {
        f64::from(self)
    }
    fn order(&self, other: &Self) -> std::cmp::Ordering {
        self.total_cmp(other)
    }
}

impl Real for f64 {
    fn rounded(value: f64) -> Self {
        value
    }
    fn wide(self) -> f64 {
        self
    }
    fn order(&self, other: &Self) -> std::cmp::Ordering {
        self.total_cmp(other)
    }
}

/// Refuses NaN and infinities, naming the first.
pub(crate) fn check_reals<T: Real>(values: &[T]) -> StatsResult<()> {
    match values.iter().map(|value| value.wide()).enumerate().find(|(_, value)| !value.is_finite()) {
        Some((index, value)) => Err(StatsError::NotFinite { index, value }),
        None => Ok(()),
    }
}

fn ascending<T: Real>(values: &[T]) -> StatsResult<Vec<T>> {
    check_reals(values)?;
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(T::order);
    Ok(sorted)
}

/// Percentile of values in any order, by linear interpolation (type 7 of Hyndman and Fan 1996).
///
/// Equal to `numpy.percentile(values, percent)` of `NumPy` 2.4 to the last bit: the position is computed in 64 bits, the
/// interpolation in the width of the values, from the nearer neighbour. `percent` in `0..=100`. Errors: no values, NaN, an infinity.
pub fn percentile<T: Real>(values: &[T], percent: f64) -> StatsResult<T> {
    percentile_of_sorted(&ascending(values)?, percent)
}

/// [`percentile`] of values that are in ascending order and finite, which is not checked.
pub fn percentile_of_sorted<T: Real>(ascending: &[T], percent: f64) -> StatsResult<T> {
    let (Some(&first), Some(&last)) = (ascending.first(), ascending.last()) else {
        return Err(StatsError::Empty("a percentile"));
    };
    if !(0.0..=100.0).contains(&percent) {
        return Err(StatsError::OutOfRange { name: "percent", value: percent, range: "in 0..=100" });
    }
    let position = (ascending.len() - 1) as f64 * (percent / 100.0);
    let below = position.floor();
    let weight = position - below;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 <= below < the length")]
    let index = below as usize;
    let low = ascending.get(index).copied().unwrap_or(first);
    let Some(&high) = ascending.get(index + 1) else { return Ok(last) };
    let gap = high - low;
    Ok(if weight < 0.5 { low + gap * T::rounded(weight) } else { high - gap * T::rounded(1.0 - weight) })
}

/// Median of values in any order: the middle one, or the mean of the two middle ones, rounded in the width of the values
/// (`numpy.median`). Errors: no values, NaN, an infinity.
pub fn median<T: Real>(values: &[T]) -> StatsResult<T> {
    let sorted = ascending(values)?;
    median_of_sorted(&sorted).ok_or(StatsError::Empty("a median"))
}

/// [`median`] of values in ascending order, which is not checked; `None` for none.
pub fn median_of_sorted<T: Real>(ascending: &[T]) -> Option<T> {
    let middle = ascending.len() / 2;
    let upper = *ascending.get(middle)?;
    if ascending.len() % 2 == 1 {
        return Some(upper);
    }
    let lower = *ascending.get(middle.checked_sub(1)?)?;
    Some((lower + upper) / T::rounded(2.0))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_percentile_of_nothing_or_of_nan_is_an_error() {
        assert_eq!(percentile::<f64>(&[], 50.0), Err(StatsError::Empty("a percentile")));
        assert!(matches!(percentile(&[1.0, f64::NAN], 50.0), Err(StatsError::NotFinite { index: 1, .. })));
        assert!(matches!(percentile(&[1.0_f32], 101.0), Err(StatsError::OutOfRange { .. })));
        assert_eq!(median::<f32>(&[]), Err(StatsError::Empty("a median")));
    }

    #[test]
    fn the_ends_are_the_smallest_and_the_largest_value() {
        let values = [3.0_f32, -1.0, 2.5];
        assert_eq!(percentile(&values, 0.0), Ok(-1.0));
        assert_eq!(percentile(&values, 100.0), Ok(3.0));
        assert_eq!(median(&values), Ok(2.5));
    }

    proptest! {
        #[test]
        fn percentiles_grow_with_the_percent_and_stay_within_the_values(
            values in proptest::collection::vec(-1e3_f64..1e3, 1..60), a in 0.0..=100.0, b in 0.0..=100.0,
        ) {
            let (a, b): (f64, f64) = (a, b);
            let (low, high) = (percentile(&values, a.min(b)).unwrap(), percentile(&values, a.max(b)).unwrap());
            prop_assert!(low <= high);
            prop_assert!(values.iter().any(|&value| value <= low) && values.iter().any(|&value| value >= high));
        }
    }
}
