//! Conversions and sums in the precision of the reference (`listen_core` section 2).

use isocost_study_budget::anchors::mean_f32;

/// Rounds to single precision.
#[expect(clippy::cast_possible_truncation, reason = "the reference rounds to single precision here")]
pub(crate) fn narrow(value: f64) -> f32 {
    value as f32
}

/// Each value rounded to single precision.
pub(crate) fn narrowed(values: &[f64]) -> Vec<f32> {
    values.iter().copied().map(narrow).collect()
}

/// Population standard deviation in single precision, each step rounded; 0 for no value.
pub(crate) fn std_f32(values: &[f32]) -> f32 {
    let mean = mean_f32(values);
    let squares: Vec<f32> = values.iter().map(|value| (value - mean) * (value - mean)).collect();
    mean_f32(&squares).sqrt()
}

/// The largest number of seconds, windows or samples that is accepted: a count beyond it is a mistake.
pub(crate) const MOST: usize = 1 << 40;

/// A non-negative number as a count, cut towards zero; out of range or NaN is `None`.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the range is checked")]
pub(crate) fn count(value: f64) -> Option<usize> {
    (value >= 0.0 && value < MOST as f64).then_some(value as usize)
}

/// Dot product of single-precision values, rounded to single precision once: the reference's library sums in an order of
/// its own, so the best that can be met is the exact value.
pub(crate) fn dot_f32(left: &[f32], right: &[f32]) -> f32 {
    narrow(left.iter().zip(right).map(|(a, b)| f64::from(*a) * f64::from(*b)).sum())
}

/// Dot product in single precision, in eight running sums: fast, and the same on every machine.
pub(crate) fn dot_lanes(left: &[f32], right: &[f32]) -> f32 {
    const LANES: usize = 8;
    let mut sums = [0.0_f32; LANES];
    let (a, rest_a) = left.as_chunks::<LANES>();
    let (b, rest_b) = right.as_chunks::<LANES>();
    for (x, y) in a.iter().zip(b) {
        for ((sum, x), y) in sums.iter_mut().zip(x).zip(y) {
            *sum += x * y;
        }
    }
    let rest: f32 = rest_a.iter().zip(rest_b).map(|(x, y)| x * y).sum();
    sums.iter().sum::<f32>() + rest
}
