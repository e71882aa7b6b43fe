//! Percentile bootstrap of a mean difference, over items alone or over items and seeds crossed.
//!
//! Sources: Efron (1979); for two crossed factors the pigeonhole bootstrap, `McCullagh` (2000) "Resampling and exchangeable
//! arrays" and Owen (2007) "The pigeonhole bootstrap": rows and columns are resampled independently. It is never much too narrow for many
//! rows and columns (the interaction is counted three times), but with k levels of a factor that factor's variance is low by (k − 1)/k.

use rayon::prelude::*;

use crate::error::{check_finite, check_margin};
use crate::{Alpha, Interval, PValue, StatsError, StatsResult, Stream, Tail, mean, quantile_of_sorted};

const DOMAIN: u32 = 0xB007_0001;
/// Replicates unless asked otherwise.
pub const DEFAULT_REPLICATES: u32 = 10_000;

/// How often to resample, and from which stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Resampling {
    /// Number of replicates, at least 1.
    pub replicates: u32,
    /// Seed of the random streams.
    pub seed: u64,
}

impl Default for Resampling {
    fn default() -> Self {
        Self { replicates: DEFAULT_REPLICATES, seed: 0 }
    }
}

/// A complete matrix of differences, items in rows and seeds in columns.
#[derive(Debug, Clone, PartialEq)]
pub struct Grid {
    items: u32,
    seeds: u32,
    values: Vec<f64>,
}

impl Grid {
    /// From values row by row. Refuses an empty matrix, a wrong number of values, NaN and infinities.
    pub fn new(items: usize, seeds: usize, values: Vec<f64>) -> StatsResult<Self> {
        if items.checked_mul(seeds) != Some(values.len()) {
            return Err(StatsError::Shape { rows: items, columns: seeds, found: values.len() });
        }
        if values.is_empty() {
            return Err(StatsError::Empty("a matrix of differences needs items and seeds"));
        }
        check_finite(&values)?;
        let size = |n: usize| {
            u32::try_from(n).map_err(|_| StatsError::OutOfRange {
                name: "size",
                value: n as f64,
                range: "below 2^32",
            })
        };
        Ok(Self { items: size(items)?, seeds: size(seeds)?, values })
    }

    /// Number of items.
    pub fn items(&self) -> usize {
        self.items as usize
    }

    /// Number of seeds.
    pub fn seeds(&self) -> usize {
        self.seeds as usize
    }

    /// All differences, item by item.
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// The differences of each item.
    pub fn rows(&self) -> impl Iterator<Item = &[f64]> {
        self.values.chunks_exact(self.seeds())
    }

    /// Mean of each item over seeds.
    pub fn item_means(&self) -> Vec<f64> {
        self.rows().filter_map(mean).collect()
    }

    /// Mean of each seed over items.
    pub fn seed_means(&self) -> Vec<f64> {
        let column = |seed| self.rows().filter_map(|row| row.get(seed).copied()).collect::<Vec<f64>>();
        (0..self.seeds()).filter_map(|seed| mean(&column(seed))).collect()
    }

    /// Mean over all cells.
    pub fn mean(&self) -> f64 {
        mean(&self.values).unwrap_or_default()
    }
}

/// The bootstrap distribution of a mean.
#[derive(Debug, Clone, PartialEq)]
pub struct Replicates {
    estimate: f64,
    ascending: Vec<f64>,
}

impl Replicates {
    /// The mean of the data themselves.
    pub fn estimate(&self) -> f64 {
        self.estimate
    }

    /// The replicated means, ascending.
    pub fn ascending(&self) -> &[f64] {
        &self.ascending
    }

    /// Standard deviation of the replicates: the bootstrap's standard error.
    pub fn standard_error(&self) -> f64 {
        crate::sample_variance(&self.ascending).unwrap_or_default().sqrt()
    }

    /// The central 1 − alpha of the replicates.
    pub fn interval(&self, alpha: Alpha) -> Interval {
        let at = |q| quantile_of_sorted(&self.ascending, q).unwrap_or(self.estimate);
        let half = alpha.get() / 2.0;
        Interval { low: at(half), high: at(1.0 - half), level: 1.0 - alpha.get() }
    }

    /// p against a margin by inverting the interval: `Greater` gives (1 + #{replicate ≤ margin}) / (B + 1), `Less` its mirror image, and
    /// `TwoSided` twice the smaller, at most 1. So a two-sided p is below alpha where, to the last replicate, the interval at 1 − alpha
    /// excludes the margin. Never 0; replicates equal to the margin count against the claim on both sides.
    pub fn p_against(&self, margin: f64, tail: Tail) -> StatsResult<PValue> {
        check_margin(margin)?;
        let total = self.ascending.len();
        let at_most = self.ascending.partition_point(|replicate| *replicate <= margin);
        let at_least = total - self.ascending.partition_point(|replicate| *replicate < margin);
        let share = |count: usize| (count + 1) as f64 / (total + 1) as f64;
        Ok(PValue::clamped(match tail {
            Tail::Greater => share(at_most),
            Tail::Less => share(at_least),
            Tail::TwoSided => 2.0 * share(at_most.min(at_least)),
        }))
    }
}

/// Resamples the differences of items.
pub fn items(differences: &[f64], resampling: Resampling) -> StatsResult<Replicates> {
    crossed(&Grid::new(differences.len(), 1, differences.to_vec())?, resampling)
}

/// Resamples items and seeds independently, each with replacement; a replicate is the mean over the drawn rows and columns.
///
/// A single seed (or item) is drawn every time: the interval then says nothing about other seeds (or items).
pub fn crossed(grid: &Grid, resampling: Resampling) -> StatsResult<Replicates> {
    if resampling.replicates == 0 {
        return Err(StatsError::OutOfRange { name: "replicates", value: 0.0, range: "at least 1" });
    }
    let mut ascending: Vec<f64> = (0..resampling.replicates)
        .into_par_iter()
        .with_min_len(64)
        .map_init(
            || Workspace::new(grid),
            |space, replicate| space.replicate(grid, resampling.seed, replicate.into()),
        )
        .collect();
    ascending.par_sort_unstable_by(f64::total_cmp);
    Ok(Replicates { estimate: grid.mean(), ascending })
}

/// Buffers of one thread.
struct Workspace {
    drawn: Vec<f64>,
    column: Vec<f64>,
}

impl Workspace {
    fn new(grid: &Grid) -> Self {
        Self { drawn: vec![0.0; grid.items()], column: vec![0.0; grid.seeds()] }
    }

    /// Counts how often each item is drawn, sums the rows by these counts, then sums the drawn seeds.
    fn replicate(&mut self, grid: &Grid, seed: u64, replicate: u64) -> f64 {
        let mut stream = Stream::new(seed, DOMAIN, replicate);
        self.drawn.fill(0.0);
        self.column.fill(0.0);
        for _ in 0..grid.items {
            if let Some(count) = self.drawn.get_mut(stream.below(grid.items) as usize) {
                *count += 1.0;
            }
        }
        for (count, row) in self.drawn.iter().zip(grid.rows()) {
            for (total, value) in self.column.iter_mut().zip(row) {
                *total += count * value;
            }
        }
        let mut total = 0.0;
        for _ in 0..grid.seeds {
            total += self.column.get(stream.below(grid.seeds) as usize).copied().unwrap_or_default();
        }
        total / (f64::from(grid.items) * f64::from(grid.seeds))
    }
}

#[cfg(test)]
mod tests;
