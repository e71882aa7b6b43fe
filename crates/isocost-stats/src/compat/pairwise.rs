//! `NumPy`'s order of summation.

use std::ops::{Add, Neg};

/// The sum of contiguous numbers as `numpy.sum` rounds it, in their own precision: below 8 left to right; to 128 in eight running sums; above that in
/// halves.
///
/// Recursion depth: log₂ of the length.
pub fn pairwise_sum<T: Copy + Add<Output = T> + Neg<Output = T> + Default>(values: &[T]) -> T {
    const LEAF: usize = 128;
    if values.len() > LEAF {
        let half = values.len() / 2;
        let (left, right) = values.split_at(half - half % 8);
        return pairwise_sum(left) + pairwise_sum(right);
    }
    let (chunks, rest) = values.as_chunks::<8>();
    let Some((first, chunks)) = chunks.split_first() else {
        return values.iter().fold(-T::default(), |sum, value| sum + *value);
    };
    let mut running = *first;
    for chunk in chunks {
        for (sum, value) in running.iter_mut().zip(chunk) {
            *sum = *sum + *value;
        }
    }
    let [a, b, c, d, e, f, g, h] = running;
    rest.iter().fold(((a + b) + (c + d)) + ((e + f) + (g + h)), |sum, value| sum + *value)
}

/// `numpy.mean`; 0 for no values.
pub fn pairwise_mean(values: &[f64]) -> f64 {
    if values.is_empty() { 0.0 } else { pairwise_sum(values) / values.len() as f64 }
}
