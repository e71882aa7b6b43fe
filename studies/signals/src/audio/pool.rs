//! Widens peaks of scores into their neighbourhood, at a finer step than seconds.
//!
//! Source: `listen_core` section 7, `listen_qa` section 2.5.

use super::Strides;
use crate::error::{SignalError, SignalResult, check_finite};
use crate::numeric::{count, narrow, narrowed};

/// Scores interpolated every `stride` seconds, each point replaced by the largest within `window`, and of those the
/// largest per second (`stride_max_pool_per_second`). The reference takes a stride of 0.2 and a window of 0.6.
///
/// Scores are rounded to single precision. `scores` holds one value per second.
pub fn stride_max_pool(scores: &[f64], strides: Strides) -> SignalResult<Vec<f64>> {
    check_finite("score", scores)?;
    let bad = |what, value| SignalError::BadSetting { what, value, range: "above 0, and not tiny" };
    let Some(last) = scores.len().checked_sub(1) else { return Ok(Vec::new()) };
    let points = count((last as f64 / strides.stride).round_ties_even())
        .filter(|points| *points < 1 << 32 && strides.stride > 0.0)
        .ok_or(bad("the stride", strides.stride))?
        + 1;
    let bins = count((strides.window / strides.stride).round_ties_even())
        .ok_or(bad("the window", strides.window))?;
    let half = bins.max(1) / 2;
    let dense = interpolated(&narrowed(scores), points, narrow(strides.stride));
    let pooled: Vec<f32> =
        (0..points).map(|at| largest(&dense, at.saturating_sub(half), at + half)).collect();
    let bin = |second: f64| count((second / strides.stride).floor()).unwrap_or(usize::MAX).min(points - 1);
    Ok((0..scores.len())
        .map(|second| second as f64)
        .map(|second| f64::from(largest(&pooled, bin(second), bin(second + 1.0 - 1e-6))))
        .collect())
}

/// The largest value of an inclusive range that is cut at the end.
fn largest(values: &[f32], from: usize, to: usize) -> f32 {
    let end = to.saturating_add(1).min(values.len());
    values.get(from..end).unwrap_or_default().iter().copied().fold(f32::NEG_INFINITY, f32::max)
}

/// Linear interpolation at multiples of `step`, which are taken in single precision; the last value holds on.
fn interpolated(values: &[f32], points: usize, step: f32) -> Vec<f32> {
    let value = |at: usize| values.get(at).or(values.last()).copied().map_or(0.0, f64::from);
    (0..points)
        .map(|point| {
            let time = f64::from(point as f32 * step);
            let left = count(time.floor()).unwrap_or(0).min(values.len().saturating_sub(1));
            let (low, high) = (value(left), value(left + 1));
            narrow((high - low) * (time - left as f64) + low)
        })
        .collect()
}
