//! Bootstrap bands of a fitted curve.

use rayon::prelude::*;

use super::family::Curve;
use super::select::refit;
use crate::bootstrap::draws::Draws;
use crate::bootstrap::{Grid, Resampling};
use crate::error::check_finite;
use crate::{Alpha, Interval, StatsError, StatsResult, Stream, quantile_of_sorted};

const DOMAIN: u32 = 0xF170_0001;

/// Pointwise intervals of a curve.
#[derive(Debug, Clone, PartialEq)]
pub struct Bands {
    /// Interval of the curve at each budget asked for.
    pub intervals: Vec<Interval>,
    /// Replicates whose fit failed; they are left out.
    pub failed: usize,
}

/// Resamples items and refits.
///
/// `outcomes` has items in rows and the `budgets` in columns; a replicate draws rows with replacement (all budgets of an item stay together), averages them
/// and refits the curve's family from its parameters. The family is not chosen again, so the bands do not contain that uncertainty; they
/// are pointwise, not simultaneous. Same bytes at any number of threads.
pub fn bands(
    curve: &Curve,
    budgets: &[f64],
    outcomes: &Grid,
    at: &[f64],
    resampling: Resampling,
    alpha: Alpha,
) -> StatsResult<Bands> {
    crate::error::check_lengths("budgets and columns of outcomes", budgets.len(), outcomes.seeds())?;
    check_finite(at)?;
    if resampling.replicates == 0 {
        return Err(StatsError::OutOfRange { name: "replicates", value: 0.0, range: "at least 1" });
    }
    let replicates: Vec<Option<Vec<f64>>> = (0..resampling.replicates)
        .into_par_iter()
        .map(|replicate| {
            let means = resampled_means(outcomes, resampling.seed, replicate);
            let fit = refit(curve, budgets, &means).ok()?;
            Some(at.iter().map(|budget| fit.curve.at(*budget)).collect())
        })
        .collect();
    let predictions: Vec<Vec<f64>> = replicates.into_iter().flatten().collect();
    let failed = resampling.replicates as usize - predictions.len();
    if predictions.is_empty() {
        return Err(StatsError::Degenerate("the fit fails in every bootstrap replicate"));
    }
    let half = alpha.get() / 2.0;
    let interval = |column: usize| {
        let mut ascending: Vec<f64> = predictions.iter().filter_map(|row| row.get(column).copied()).collect();
        ascending.sort_unstable_by(f64::total_cmp);
        let end = |q| quantile_of_sorted(&ascending, q).unwrap_or(f64::NAN);
        Interval { low: end(half), high: end(1.0 - half), level: 1.0 - alpha.get() }
    };
    Ok(Bands { intervals: (0..at.len()).map(interval).collect(), failed })
}

fn resampled_means(outcomes: &Grid, seed: u64, replicate: u32) -> Vec<f64> {
    let mut stream = Stream::new(seed, DOMAIN, replicate.into());
    let items = u32::try_from(outcomes.items()).unwrap_or(u32::MAX);
    let mut drawn = vec![0; outcomes.items()];
    Draws::below(items).fill(&mut stream, &mut drawn);
    let mut times = vec![0_u32; outcomes.items()];
    for item in drawn {
        if let Some(count) = times.get_mut(item as usize) {
            *count += 1;
        }
    }
    let mut totals = vec![0.0; outcomes.seeds()];
    for (times, row) in times.iter().zip(outcomes.rows()) {
        for (total, value) in totals.iter_mut().zip(row) {
            *total += f64::from(*times) * value;
        }
    }
    totals.into_iter().map(|total| total / f64::from(items)).collect()
}
