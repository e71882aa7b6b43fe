//! How costs differ cell by cell: equal means can hide that one arm spends on other items.

use isocost_stats::quantile_of_sorted;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::check::{CostTolerance, is_beyond, relative};
use crate::compare::pair::Pairing;
use crate::{ItemId, Seed};

/// The relative difference of costs, (left − right) / the larger of both, over the paired cells.
///
/// An adaptive policy is meant to differ here: this says by how much, and refuses nothing unless a claim declares a tolerance per cell.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CostCells {
    /// Number of cells.
    pub cells: usize,
    /// What counts as equal.
    pub tolerance: CostTolerance,
    /// Share of cells that differ by more, in 0..1.
    pub share_differing: f64,
    /// Quantiles of the relative difference at 5, 25, 50, 75 and 95 %.
    pub quantiles: [f64; 5],
    /// The difference of largest size, with its sign; the first one where several tie.
    pub largest: f64,
    /// The item where it is.
    pub largest_item: ItemId,
    /// The seed where it is.
    pub largest_seed: Seed,
}

impl CostCells {
    /// Over all paired cells; `None` unless cost is measured in each, in one unit.
    pub fn of(pairing: &Pairing, tolerance: CostTolerance) -> Option<Self> {
        let differences = differences(pairing)?;
        let mut ascending = differences.clone();
        ascending.sort_by(f64::total_cmp);
        let quantile = |q| quantile_of_sorted(&ascending, q);
        let (at, largest) = differences
            .iter()
            .enumerate()
            .reduce(|most, next| if next.1.abs() > most.1.abs() { next } else { most })?;
        let differing = differences.iter().filter(|by| is_beyond(**by, tolerance)).count();
        let seeds = pairing.seeds.len().max(1);
        Some(Self {
            cells: differences.len(),
            tolerance,
            share_differing: differing as f64 / differences.len() as f64,
            quantiles: [quantile(0.05)?, quantile(0.25)?, quantile(0.5)?, quantile(0.75)?, quantile(0.95)?],
            largest: *largest,
            largest_item: pairing.items.get(at / seeds)?.clone(),
            largest_seed: pairing.seeds.get(at % seeds)?.clone(),
        })
    }
}

fn differences(pairing: &Pairing) -> Option<Vec<f64>> {
    let (left, right) = (&pairing.left, &pairing.right);
    if left.units != right.units || left.units.len() != 1 {
        return None;
    }
    left.costs.iter().zip(&right.costs).map(|(left, right)| Some(relative((*left)?, (*right)?))).collect()
}

impl std::fmt::Display for CostCells {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let percent = |by: f64| 100.0 * by;
        let [low, .., high] = self.quantiles;
        write!(
            f,
            "cost differs by more than {:.2} % in {:.1} % of {} cells (5 % to 95 % quantile {:+.1} % to {:+.1} %, largest {:+.1} % at item {}",
            percent(self.tolerance.get()),
            percent(self.share_differing),
            self.cells,
            percent(low),
            percent(high),
            percent(self.largest),
            self.largest_item
        )?;
        let seed = self.largest_seed.as_str();
        if seed.is_empty() { f.write_str(")") } else { write!(f, ", seed {seed})") }
    }
}
