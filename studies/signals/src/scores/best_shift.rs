//! By how many seconds one score lags behind another.
//!
//! Source: `listen_core` section 7, `best_shift_by_corr`.

use std::cmp::Ordering;

use isocost_study_budget::anchors::pairwise_sum;

use crate::error::{SignalResult, check_finite, check_len};

/// The shifts that `energy_autoshift_clipdiff` tries.
pub const ANY_SHIFT: &[i64] = &[-2, -1, 0, 1, 2];
/// The shifts of its `_pos` variant.
pub const LATER_SHIFT: &[i64] = &[0, 1, 2];

/// Correlations closer than this are a tie.
const TIE: f64 = 1e-12;

/// The shift that makes `moved` correlate best with `fixed` where both overlap; positive moves to later seconds.
///
/// Ties go to the smaller distance, then to the smaller shift. An overlap without variance correlates 0, one of fewer
/// than two seconds is never better than another. Fewer than two seconds, or no shift to try, give 0. Different
/// lengths, NaN and infinity are errors.
pub fn best_shift(moved: &[f64], fixed: &[f64], shifts: &[i64]) -> SignalResult<i64> {
    check_len("seconds of the second score", fixed.len(), moved.len())?;
    check_finite("score", moved)?;
    check_finite("score", fixed)?;
    if moved.len() < 2 {
        return Ok(0);
    }
    let better = |best: (f64, i64), next: (f64, i64)| if is_better(next, best) { next } else { best };
    let tried = shifts.iter().map(|&shift| (correlation_at(moved, fixed, shift), shift));
    Ok(tried.reduce(better).map_or(0, |(_, shift)| shift))
}

fn is_better((correlation, shift): (f64, i64), (best, held): (f64, i64)) -> bool {
    let order = if (correlation - best).abs() <= TIE {
        Ordering::Equal
    } else {
        correlation.partial_cmp(&best).unwrap_or(Ordering::Equal)
    };
    match order {
        Ordering::Greater => true,
        Ordering::Less => false,
        Ordering::Equal => (shift.unsigned_abs(), shift) < (held.unsigned_abs(), held),
    }
}

/// Pearson correlation of the overlap; −∞ where it has fewer than two seconds.
fn correlation_at(moved: &[f64], fixed: &[f64], shift: i64) -> f64 {
    let by = usize::try_from(shift.unsigned_abs()).unwrap_or(usize::MAX);
    let Some(overlap) = moved.len().checked_sub(by).filter(|&overlap| overlap >= 2) else {
        return f64::NEG_INFINITY;
    };
    let (front, back) = if shift >= 0 { (moved, fixed) } else { (fixed, moved) };
    correlation(front.get(..overlap).unwrap_or_default(), back.get(by..).unwrap_or_default())
}

fn correlation(a: &[f64], b: &[f64]) -> f64 {
    let (a, b) = (centred(a), centred(b));
    let product = dot(&a, &a).sqrt() * dot(&b, &b).sqrt();
    if product <= 1e-6 { 0.0 } else { dot(&a, &b) / product }
}

fn centred(values: &[f64]) -> Vec<f64> {
    let mean = pairwise_sum(values) / values.len() as f64;
    values.iter().map(|value| value - mean).collect()
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}
