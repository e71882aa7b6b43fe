//! `NumPy`'s order of summation.

/// The sum of contiguous numbers as `numpy.sum` rounds it: below 8 left to right; to 128 in eight running sums; above that in halves.
///
/// Recursion depth: log₂ of the length.
pub fn pairwise_sum(values: &[f64]) -> f64 {
    match values.len() {
        0..8 => values.iter().fold(0.0, |total, value| total + value),
        8..=128 => eight_sums(values),
        n => {
            let half = n / 2 - n / 2 % 8;
            let (left, right) = values.split_at(half);
            pairwise_sum(left) + pairwise_sum(right)
        }
    }
}

fn eight_sums(values: &[f64]) -> f64 {
    let mut chunks = values.chunks_exact(8);
    let mut sums = [0.0; 8];
    if let Some(first) = chunks.next() {
        sums.copy_from_slice(first);
    }
    for chunk in chunks.by_ref() {
        for (total, value) in sums.iter_mut().zip(chunk) {
            *total += value;
        }
    }
    let [a, b, c, d, e, f, g, h] = sums;
    chunks.remainder().iter().fold(((a + b) + (c + d)) + ((e + f) + (g + h)), |total, value| total + value)
}

/// `numpy.mean`; 0 for no values.
pub fn pairwise_mean(values: &[f64]) -> f64 {
    if values.is_empty() { 0.0 } else { pairwise_sum(values) / values.len() as f64 }
}
