//! Power of any test, from a pilot.

use rayon::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::bootstrap::Grid;
use crate::error::check_margin;
use crate::proportion::{Count, Sides, clopper_pearson};
use crate::{Alpha, Interval, StatsError, StatsResult, Stream};

const DOMAIN: u32 = 0x90E7_0001;

/// A design to be tried.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SimulatedDesign {
    /// Number of items, at least 1.
    pub items: u32,
    /// Number of seeds, at least 1.
    pub seeds: u32,
    /// The true mean difference. 0 (or the margin of the test) gives the test's rate of false alarms.
    pub effect: f64,
    /// Number of simulated studies, at least 1.
    pub worlds: u32,
    /// Seed of the random streams.
    pub seed: u64,
}

/// What a simulation found.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SimulatedPower {
    /// Studies in which the test rejected.
    pub rejected: u64,
    /// Studies.
    pub worlds: u64,
    /// Their share.
    pub power: f64,
    /// The exact 95 % interval of the share, for the number of simulated studies only: the pilot's own luck is not in it.
    pub interval: Interval,
}

/// Draws items and seeds of the pilot with replacement into studies of the wanted size, moves every difference so that the pilot's mean becomes
/// `effect`, and counts how often `rejects` says so. The first error of `rejects` (in the order of studies) is returned.
///
/// The pilot stands for the population: a pilot of few seeds knows little of how seeds scatter, and resampling k levels understates their variance by
/// (k − 1)/k. Moved binary outcomes are no longer binary; use [`super::mcnemar`] for those. The same counts at any number of threads.
pub fn simulate<F>(pilot: &Grid, design: SimulatedDesign, rejects: F) -> StatsResult<SimulatedPower>
where
    F: Fn(&Grid) -> StatsResult<bool> + Sync,
{
    check_margin(design.effect)?;
    if design.items == 0 || design.seeds == 0 || design.worlds == 0 {
        return Err(StatsError::OutOfRange {
            name: "items, seeds or worlds of a simulation",
            value: 0.0,
            range: "at least 1",
        });
    }
    let shift = design.effect - pilot.mean();
    let decisions: Vec<StatsResult<bool>> = (0..design.worlds)
        .into_par_iter()
        .map(|world| rejects(&study(pilot, design, shift, world)?))
        .collect();
    let mut rejected = 0;
    for decision in decisions {
        rejected += u64::from(decision?);
    }
    let count = Count::new(rejected, design.worlds.into())?;
    let interval = clopper_pearson(count, Alpha::FIVE_PERCENT, Sides::Both);
    Ok(SimulatedPower { rejected, worlds: design.worlds.into(), power: count.estimate(), interval })
}

fn study(pilot: &Grid, design: SimulatedDesign, shift: f64, world: u32) -> StatsResult<Grid> {
    let size = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let mut stream = Stream::new(design.seed, DOMAIN, world.into());
    let columns: Vec<usize> = (0..design.seeds).map(|_| stream.below(size(pilot.seeds())) as usize).collect();
    let mut values = Vec::with_capacity(design.items as usize * columns.len());
    for _ in 0..design.items {
        let start = stream.below(size(pilot.items())) as usize * pilot.seeds();
        values.extend(
            columns.iter().filter_map(|column| pilot.values().get(start + column)).map(|d| d + shift),
        );
    }
    Grid::new(design.items as usize, design.seeds as usize, values)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::power::{PlannedTest, paired_t};
    use crate::testing::noise;
    use crate::{Tail, ttest};

    fn rejects(grid: &Grid) -> StatsResult<bool> {
        let test = ttest::paired(&grid.item_means(), 0.0, Tail::Greater, Alpha::FIVE_PERCENT)?;
        Ok(test.p.is_some_and(|p| p.get() <= 0.05))
    }

    fn design(effect: f64) -> SimulatedDesign {
        SimulatedDesign { items: 60, seeds: 1, effect, worlds: 3_000, seed: 1 }
    }

    fn pilot() -> Grid {
        let mut stream = Stream::new(15, 151, 0);
        Grid::new(500, 1, (0..500).map(|_| 0.7 + noise(&mut stream)).collect()).unwrap()
    }

    #[test]
    fn simulated_power_of_the_t_test_is_that_of_the_formula() {
        let pilot = pilot();
        let deviation = crate::sample_variance(pilot.values()).unwrap().sqrt();
        for effect in [0.0, 0.3] {
            let found = simulate(&pilot, design(effect), rejects).unwrap();
            let test = PlannedTest { tail: Tail::Greater, alpha: Alpha::FIVE_PERCENT };
            let expected = paired_t(effect, deviation, 60, test).unwrap();
            // Five deviations of 3,000 studies.
            let scatter = 5.0 * (expected * (1.0 - expected) / 3_000.0).sqrt();
            assert!((found.power - expected).abs() < scatter, "{found:?} {expected}");
            assert!(found.interval.contains(found.power));
        }
    }

    #[test]
    fn any_number_of_threads_counts_the_same() {
        let pilot = pilot();
        let with_threads = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| simulate(&pilot, design(0.2), rejects).unwrap())
        };
        assert_eq!(with_threads(1), with_threads(3));
    }

    #[test]
    fn an_error_of_the_test_and_an_empty_design_are_errors() {
        let failing = |_: &Grid| Err(StatsError::Empty("nothing"));
        assert_eq!(simulate(&pilot(), design(0.0), failing), Err(StatsError::Empty("nothing")));
        assert!(simulate(&pilot(), SimulatedDesign { worlds: 0, ..design(0.0) }, rejects).is_err());
        assert!(simulate(&pilot(), design(f64::NAN), rejects).is_err());
    }
}
