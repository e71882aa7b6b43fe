//! Sums and means in the order in which `NumPy` takes them.
//!
//! Source: `listen_core` section 2, N2 and N3.

use std::cmp::Ordering;

pub use isocost_stats::compat::pairwise_sum;

/// Mean in single precision; 0 for no value.
pub fn mean_f32(values: &[f32]) -> f32 {
    if values.is_empty() { 0.0 } else { pairwise_sum(values) / values.len() as f32 }
}

/// Population standard deviation in single precision; 0 for no value.
pub(super) fn std_f32(values: &[f32]) -> f32 {
    let mean = mean_f32(values);
    let squares: Vec<f32> = values.iter().map(|value| (value - mean) * (value - mean)).collect();
    mean_f32(&squares).sqrt()
}

/// Middle value, or the mean of both middle values; 0 for no value.
pub(super) fn median_f32(values: &[f32]) -> f32 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f32::total_cmp);
    let middle = sorted.len() / 2;
    let at = |index: usize| sorted.get(index).copied().unwrap_or(0.0);
    match sorted.len() {
        0 => 0.0,
        n if n % 2 == 1 => at(middle),
        _ => mean_f32(&[at(middle - 1), at(middle)]),
    }
}

pub(super) fn max_f32(values: &[f32]) -> f32 {
    values.iter().copied().fold(f32::NEG_INFINITY, f32::max)
}

#[expect(clippy::cast_possible_truncation, reason = "the reference rounds scores to single precision here")]
pub(super) fn to_f32(values: &[f64]) -> Vec<f32> {
    values.iter().map(|value| *value as f32).collect()
}

/// `(x − min) / (max − min)`; all zeros where the range is at most 1e-12.
pub fn minmax_01(scores: &[f64]) -> Vec<f64> {
    let low = scores.iter().copied().fold(f64::INFINITY, f64::min);
    let high = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let range = high - low;
    if range <= 1e-12 {
        return vec![0.0; scores.len()];
    }
    scores.iter().map(|score| (score - low) / range).collect()
}

/// Higher score first, then the earlier second.
pub(super) fn by_score(scores: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..scores.len()).collect();
    order.sort_by(|&a, &b| compare(scores, a, b));
    order
}

/// The order of [`by_score`].
pub(super) fn compare(scores: &[f64], a: usize, b: usize) -> Ordering {
    at(scores, b).partial_cmp(&at(scores, a)).unwrap_or(Ordering::Equal).then(a.cmp(&b))
}

pub(super) fn at(scores: &[f64], index: usize) -> f64 {
    scores.get(index).copied().unwrap_or(0.0)
}
