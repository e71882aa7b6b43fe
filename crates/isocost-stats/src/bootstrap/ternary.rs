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
        let share = |events: u64, trials: u64| if trials == 0 { 0.0 } else { events as f64 / trials as f64 };
        let gaining = binomial(self.items, share(self.gains, self.items))?;
        let losing = Losing::new(self, share(self.losses, self.items - self.gains))?;
        (0..resampling.replicates)
            .into_par_iter()
            .with_min_len(64)
            .map(|index| {
                let mut stream = Stream::new(resampling.seed, domain::TERNARY, index.into());
                let gains = gaining.sample(&mut stream);
                let losses = losing.after(gains)?.sample(&mut stream);
                Ok(self.size * (gains as f64 - losses as f64) / self.items as f64)
            })
            .collect()
    }
}

/// Most samplers that are made ahead.
const AHEAD: u64 = 1_024;

/// Samplers of losses among the items that do not gain; those for likely numbers of gains are made once, as that takes longer than to draw.
struct Losing {
    items: u64,
    chance: f64,
    first: u64,
    ahead: Vec<Binomial>,
}

impl Losing {
    fn new(counts: Counts, chance: f64) -> StatsResult<Self> {
        // √n/2 is the most that the number of gains can deviate: a few of these on both sides hold nearly all replicates.
        let reach = counts.items.isqrt().saturating_mul(2).min(AHEAD / 2) + 1;
        let (first, last) = (counts.gains.saturating_sub(reach), (counts.gains + reach).min(counts.items));
        let ahead =
            (first..=last).map(|gains| binomial(counts.items - gains, chance)).collect::<StatsResult<_>>()?;
        Ok(Self { items: counts.items, chance, first, ahead })
    }

    fn after(&self, gains: u64) -> StatsResult<Binomial> {
        let place = gains.checked_sub(self.first).and_then(|place| usize::try_from(place).ok());
        match place.and_then(|place| self.ahead.get(place)) {
            Some(made) => Ok(*made),
            None => binomial(self.items.saturating_sub(gains), self.chance),
        }
    }
}

fn binomial(trials: u64, chance: f64) -> StatsResult<Binomial> {
    Binomial::new(trials, chance).map_err(|_| StatsError::OutOfRange {
        name: "a share of items",
        value: chance,
        range: "in 0..=1",
    })
}
