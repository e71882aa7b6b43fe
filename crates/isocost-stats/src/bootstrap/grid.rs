//! Differences of items × seeds.

use crate::error::check_finite;
use crate::{StatsError, StatsResult, mean};

/// A complete matrix of differences, items in rows and seeds in columns.
#[derive(Debug, Clone, PartialEq)]
pub struct Grid {
    pub(super) items: u32,
    pub(super) seeds: u32,
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
