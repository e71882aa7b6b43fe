//! The bootstrap-t interval of a mean.

use rayon::prelude::*;

use super::draws::Draws;
use super::{Grid, Resampling, domain};
use crate::{Alpha, Interval, StatsError, StatsResult, Stream, quantile_of_sorted, sample_variance};

/// The studentised interval of the mean of differences of items: x̄ − s·q, where q are the quantiles of (x̄* − x̄)/s* over resamples, and s, s* the standard
/// errors of both means.
///
/// Source: Efron (1981); Hall (1988), "Theoretical comparison of bootstrap confidence intervals". A resample without spread has a t of ±∞, or of 0 if its mean
/// is x̄; where so many have that an end would be infinite, and where the differences are all the same, it is undetermined.
pub fn studentised(differences: &[f64], resampling: Resampling, alpha: Alpha) -> StatsResult<Interval> {
    resampling.check()?;
    let grid = Grid::new(differences.len(), 1, differences.to_vec())?;
    let too_few = StatsError::TooFew { what: "a studentised bootstrap", needed: 2, found: grid.items() };
    let variance = sample_variance(differences).ok_or(too_few)?;
    let centre = grid.mean();
    let largest = differences.iter().fold(0.0_f64, |largest, d| largest.max(d.abs()));
    if variance.sqrt() <= 4.0 * f64::EPSILON * largest {
        return Err(StatsError::Undetermined("differences that are all the same have no standard error"));
    }
    // Centred values keep the digits of a small variance around a large mean.
    let centred: Vec<f64> = differences.iter().map(|d| d - centre).collect();
    let draws = Draws::below(grid.items);
    let mut ratios: Vec<f64> = (0..resampling.replicates)
        .into_par_iter()
        .with_min_len(64)
        .map_init(
            || vec![0; differences.len()],
            |indices, index| {
                let mut stream = Stream::new(resampling.seed, domain::STUDENTISED, index.into());
                draws.fill(&mut stream, indices);
                ratio(&centred, indices, largest)
            },
        )
        .collect();
    ratios.par_sort_unstable_by(f64::total_cmp);
    let se = (variance / differences.len() as f64).sqrt();
    let end = |q: f64| centre - se * quantile_of_sorted(&ratios, q).unwrap_or(f64::NAN);
    let (low, high) = (end(1.0 - alpha.get() / 2.0), end(alpha.get() / 2.0));
    if low.is_finite() && high.is_finite() {
        Ok(Interval { low, high, level: 1.0 - alpha.get() })
    } else {
        Err(StatsError::Undetermined(
            "too many resamples hold the same value only; there are too few differences",
        ))
    }
}

/// t of the resample's mean against 0, by sums of values and squares.
fn ratio(centred: &[f64], indices: &[u32], largest: f64) -> f64 {
    let (mut sum, mut squares) = ([0.0; 4], [0.0; 4]);
    let (fours, rest) = indices.as_chunks::<4>();
    for four in fours {
        for ((sum, squares), index) in sum.iter_mut().zip(&mut squares).zip(four) {
            let value = centred.get(*index as usize).copied().unwrap_or_default();
            *sum += value;
            *squares += value * value;
        }
    }
    let rest: Vec<f64> = rest.iter().filter_map(|index| centred.get(*index as usize).copied()).collect();
    let n = indices.len() as f64;
    let sum: f64 = sum.iter().chain(&rest).sum();
    let squares = squares.iter().sum::<f64>() + rest.iter().map(|value| value * value).sum::<f64>();
    let mean = sum / n;
    let variance = (squares - sum * mean) / (n - 1.0);
    if variance.max(0.0).sqrt() > 1e-12 * largest {
        mean / (variance / n).sqrt()
    } else if mean.abs() <= 1e-12 * largest {
        0.0
    } else {
        f64::INFINITY.copysign(mean)
    }
}
