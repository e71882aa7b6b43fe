//! Helpers of the vision-routing evaluation.

use crate::StatsResult;
use crate::calibration::{Binning, Closed, Edges, reliability};
use crate::error::{check_finite, check_lengths};

/// `sorted[⌊q (n − 1)⌋]`: no interpolation, so the "p90" of 40 values is the 36th smallest. 0 for no values; `q` is cut to 0..=1.
pub fn floor_percentile(values: &[f64], q: f64) -> StatsResult<f64> {
    check_finite(values)?;
    let mut ascending = values.to_vec();
    ascending.sort_unstable_by(f64::total_cmp);
    let last = ascending.len().saturating_sub(1);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "0 <= position <= last, a usize; NaN gives 0"
    )]
    let index = (q.clamp(0.0, 1.0) * last as f64) as usize;
    Ok(ascending.get(index).copied().unwrap_or(0.0))
}

/// Mean, median and 90th percentile of a profile.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Summary {
    /// Arithmetic mean.
    pub mean: f64,
    /// [`floor_percentile`] at 0.5.
    pub p50: f64,
    /// [`floor_percentile`] at 0.9.
    pub p90: f64,
    /// Number of values.
    pub count: usize,
}

/// All zeros for no values.
pub fn summary(values: &[f64]) -> StatsResult<Summary> {
    if values.is_empty() {
        return Ok(Summary::default());
    }
    Ok(Summary {
        mean: values.iter().sum::<f64>() / values.len() as f64,
        p50: floor_percentile(values, 0.5)?,
        p90: floor_percentile(values, 0.9)?,
        count: values.len(),
    })
}

/// Pearson's r with 1e-8 added to the denominator; 0 below two values. Tolerance 1e-6 (the reference works in 32 bits).
///
/// Defects: a constant gives 0 instead of nothing, and small spreads shrink r. Use `correlation::correlate`.
pub fn padded_pearson(x: &[f64], y: &[f64]) -> StatsResult<f64> {
    check_lengths("x and y", x.len(), y.len())?;
    check_finite(x)?;
    check_finite(y)?;
    if x.len() < 2 {
        return Ok(0.0);
    }
    let centred = |values: &[f64]| {
        let mean = values.iter().sum::<f64>() / values.len() as f64;
        values.iter().map(|value| value - mean).collect::<Vec<f64>>()
    };
    let (x, y) = (centred(x), centred(y));
    let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    Ok(dot(&x, &y) / ((dot(&x, &x) * dot(&y, &y)).sqrt() + 1e-8))
}

/// [`padded_pearson`] of the positions in a stable sort. Defect: equal values get different ranks, in the order of the items.
pub fn ordinal_spearman(x: &[f64], y: &[f64]) -> StatsResult<f64> {
    check_finite(x)?;
    check_finite(y)?;
    padded_pearson(&ordinal_ranks(x), &ordinal_ranks(y))
}

fn ordinal_ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    let at = |index: &usize| values.get(*index).copied().unwrap_or_default();
    // Adding 0 makes −0 a 0, so that the two tie.
    order.sort_by(|a, b| (at(a) + 0.0).total_cmp(&(at(b) + 0.0)));
    let mut ranks = vec![0.0; values.len()];
    for (rank, index) in order.into_iter().enumerate() {
        if let Some(slot) = ranks.get_mut(index) {
            *slot = rank as f64;
        }
    }
    ranks
}

/// The evaluation's calibration error: that of each batch of (confidence, correct), weighted by batch size; bins `(low, high]` on 32-bit edges.
///
/// Defect: at batch size 1 it is the mean of |correct − confidence|, whatever the calibration. Pool the items and use
/// [`reliability`]. 0 for no items; empty batches count nothing.
pub fn batched_ece(batches: &[(Vec<f64>, Vec<bool>)], bins: usize) -> StatsResult<f64> {
    let binning = Binning::Width { bins, closed: Closed::Right, edges: Edges::Linspace32 };
    let (mut total, mut items) = (0.0, 0.0);
    for (confidences, correct) in batches.iter().filter(|batch| !(batch.0.is_empty() && batch.1.is_empty())) {
        let table = reliability(confidences, correct, binning)?;
        total += table.ece() * table.items as f64;
        items += table.items as f64;
    }
    Ok(if items > 0.0 { total / items } else { 0.0 })
}
