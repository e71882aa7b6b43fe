//! How much cached picture features differ from those of the second before.
//!
//! Source: `listen_core` section 7, "clip-feature difference".

use super::FeatureTable;
use crate::numeric::dot_f32;

/// How two rows are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Distance {
    /// 1 − cosine, from 0 to 2; a row of zeros is at distance 1 of everything.
    #[default]
    Cosine,
    /// Length of the difference.
    Euclidean,
}

/// Length of a row in single precision.
pub(super) fn norm(row: &[f32]) -> f32 {
    dot_f32(row, row).sqrt()
}

/// 1 − cosine of two rows.
pub(crate) fn cosine_distance(before: &[f32], now: &[f32]) -> f64 {
    let lengths = (f64::from(norm(before)) + 1e-12) * (f64::from(norm(now)) + 1e-12);
    1.0 - (f64::from(dot_f32(before, now)) / lengths).clamp(-1.0, 1.0)
}

fn euclidean_distance(before: &[f32], now: &[f32]) -> f64 {
    let difference: Vec<f32> = before.iter().zip(now).map(|(a, b)| b - a).collect();
    f64::from(norm(&difference))
}

/// One score per row; 0 for the first.
pub fn clip_change(features: &FeatureTable, distance: Distance) -> Vec<f64> {
    let rows: Vec<&[f32]> = features.iter().collect();
    let between = |pair: &[&[f32]]| match distance {
        Distance::Cosine => cosine_distance(pair[0], pair[1]),
        Distance::Euclidean => euclidean_distance(pair[0], pair[1]),
    };
    rows.first().map(|_| 0.0).into_iter().chain(rows.windows(2).map(between)).collect()
}
