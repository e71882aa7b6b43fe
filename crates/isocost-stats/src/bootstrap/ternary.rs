//! Paired binary outcomes: differences of −c, 0 and c.

use rand_distr::{Binomial, Distribution};
use rayon::prelude::*;

use super::{Grid, Resampling, domain};
use crate::ranks::same;
use crate::{StatsError, StatsResult, Stream};

/// Numbers of items that gained, lost and stayed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Counts {
    size: f64,
    gains: u64,
    losses: u64,
    items: u64,
}

impl Counts {
    /// `None` for several seeds, other values, and differences that are all 0.
    pub(super) fn of(grid: &Grid) -> Option<Self> {
        if grid.seeds() != 1 {
            return None;
        }
        let size = grid.values().iter().find(|value| **value != 0.0)?.abs();
        let (mut gains, mut losses) = (0, 0);
        for value in grid.values() {
            match value {
                value if *value == 0.0 => {}
                value if same(*value, size) => gains += 1,
                value if same(*value, -size) => losses += 1,
                _ => return None,
            }
        }
        Some(Self { size, gains, losses, items: grid.items().try_into().ok()? })
    }

    /// Draws how many of n items gain, then how many of the rest lose, by exact binomial sampling (Kachitvichyanukul and Schmeiser 1988, as
    /// `rand_distr` has it).
    pub(super) fn resample(self, resampling: Resampling) -> StatsResult<Vec<f64>> {
        let chance = |events: u64, trials: u64| if trials == 0 { 0.0 } else { events as f64 / trials as f64 };
        let gaining = binomial(self.items, chance(self.gains, self.items))?;
        let losing = chance(self.losses, self.items - self.gains);
        (0..resampling.replicates)
            .into_par_iter()
            .with_min_len(64)
            .map(|index| {
                let mut stream = Stream::new(resampling.seed, domain::TERNARY, index.into());
                let gains = gaining.sample(&mut stream);
                let losses = binomial(self.items.saturating_sub(gains), losing)?.sample(&mut stream);
                Ok(self.size * (gains as f64 - losses as f64) / self.items as f64)
            })
            .collect()
    }
}

fn binomial(trials: u64, chance: f64) -> StatsResult<Binomial> {
    Binomial::new(trials, chance).map_err(|_| StatsError::OutOfRange {
        name: "a share of items",
        value: chance,
        range: "in 0..=1",
    })
}
