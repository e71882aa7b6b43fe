//! Power of the t-test over items and seeds crossed.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{PlannedTest, Power, chi, positive, search};
use crate::bootstrap::Grid;
use crate::error::check_margin;
use crate::{StatsError, StatsResult, Tail, normal, sample_variance, student_t};

const PANELS: u32 = 12;

/// Where the variance of paired differences comes from. All in squared units of the difference, none below 0.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VarianceComponents {
    /// Between items, each averaged over all seeds.
    pub item: f64,
    /// Between seeds, each averaged over all items.
    pub seed: f64,
    /// Left in single cells: interaction and noise.
    pub cell: f64,
}

impl VarianceComponents {
    /// From a pilot of at least two items and two seeds, by the mean squares of a two-way layout without repeats (Searle, Casella and `McCulloch` 1992,
    /// §4.3); negative estimates become 0. They are rough for few seeds: with k seeds the one between seeds has k − 1 degrees of freedom.
    pub fn of_pilot(pilot: &Grid) -> StatsResult<Self> {
        let (items, seeds) = (pilot.items() as f64, pilot.seeds() as f64);
        let too_few = |found| StatsError::TooFew { what: "variance components", needed: 2, found };
        let by_item = sample_variance(&pilot.item_means()).ok_or_else(|| too_few(pilot.items()))?;
        let by_seed = sample_variance(&pilot.seed_means()).ok_or_else(|| too_few(pilot.seeds()))?;
        let (item_means, seed_means, mean) = (pilot.item_means(), pilot.seed_means(), pilot.mean());
        let mut squares = Vec::with_capacity(pilot.values().len());
        for (row, item) in pilot.rows().zip(&item_means) {
            squares.extend(row.iter().zip(&seed_means).map(|(d, seed)| (d - item - seed + mean).powi(2)));
        }
        let cell = crate::sum(&squares) / ((items - 1.0) * (seeds - 1.0));
        Ok(Self { item: (by_item - cell / seeds).max(0.0), seed: (by_seed - cell / items).max(0.0), cell })
    }

    fn check(self) -> StatsResult<()> {
        for value in [self.item, self.seed, self.cell] {
            if !(value.is_finite() && value >= 0.0) {
                return Err(StatsError::OutOfRange {
                    name: "a variance component",
                    value,
                    range: "finite and at least 0",
                });
            }
        }
        positive("the variance components together", self.item + self.seed + self.cell)?;
        Ok(())
    }
}

/// Power of [`crate::crossed_t::paired`] at a true distance from the margin.
///
/// For normal effects, with the estimated variances of item means and of seed means taken as independent χ² variables with n − 1 and k − 1 degrees of freedom,
/// averaged over by quadrature. Agrees with simulation within that simulation's own error (0.055 in the test). At least two items and one seed; with one seed the variance between seeds is part of
/// the truth but not of the test, which then rejects too often, as does the power computed here.
pub fn crossed(
    effect: f64,
    components: VarianceComponents,
    items: usize,
    seeds: usize,
    test: PlannedTest,
) -> StatsResult<f64> {
    check_margin(effect)?;
    Curve::new(components, items, seeds, test).map(|curve| curve.power(effect))
}

/// The smallest effect that this design finds with the wanted power.
pub fn crossed_effect(
    power: Power,
    components: VarianceComponents,
    items: usize,
    seeds: usize,
    test: PlannedTest,
) -> StatsResult<f64> {
    let curve = Curve::new(components, items, seeds, test)?;
    Ok(search::effect(curve.se, power.get(), |effect| curve.power(effect)))
}

/// The smallest number of items that, with this many seeds, find the effect (greater than 0) with the wanted power. Undetermined where the
/// variance between seeds prevents it for any number of items: more seeds are needed.
pub fn crossed_items(
    effect: f64,
    power: Power,
    components: VarianceComponents,
    seeds: usize,
    test: PlannedTest,
) -> StatsResult<usize> {
    positive("effect", effect)?;
    search::count(2, power.get(), |items| Ok(Curve::new(components, items, seeds, test)?.power(effect)))
}

struct Curve {
    /// True standard error of the mean.
    se: f64,
    /// Half widths of the interval in true standard errors, each with its weight.
    halves: Vec<(f64, f64)>,
    tail: Tail,
}

impl Curve {
    fn new(
        components: VarianceComponents,
        items: usize,
        seeds: usize,
        test: PlannedTest,
    ) -> StatsResult<Self> {
        components.check()?;
        if items < 2 || seeds < 1 {
            return Err(StatsError::TooFew {
                what: "a design of items and seeds",
                needed: 2,
                found: items.min(seeds),
            });
        }
        let (n, k) = (items as f64, seeds as f64);
        let VarianceComponents { item, seed, cell } = components;
        let se = (item / n + seed / k + cell / (n * k)).sqrt();
        let of_items = (item + cell / k) / n / (se * se);
        let critical_items = student_t::quantile_of_sf(test.side(), n - 1.0)?;
        let item_nodes = chi::nodes(n - 1.0, PANELS);
        let halves = if seeds == 1 {
            item_nodes.iter().map(|(s, weight)| (critical_items * of_items.sqrt() * s, *weight)).collect()
        } else {
            let of_seeds = (seed + cell / n) / k / (se * se);
            let critical_seeds = student_t::quantile_of_sf(test.side(), k - 1.0)?;
            let seed_nodes = chi::nodes(k - 1.0, PANELS);
            let both = |(s, weight): &(f64, f64)| {
                let (v_i, weight) = (of_items * s * s, *weight);
                let half = move |(r, other): &(f64, f64)| {
                    let v_s = of_seeds * r * r;
                    let half = (v_i * critical_items + v_s * critical_seeds) / (v_i + v_s).sqrt();
                    (half, weight * other)
                };
                seed_nodes.iter().map(half).collect::<Vec<_>>()
            };
            item_nodes.iter().flat_map(both).filter(|(_, weight)| *weight > 1e-13).collect()
        };
        Ok(Self { se, halves, tail: test.tail })
    }

    fn power(&self, effect: f64) -> f64 {
        let delta = effect / self.se;
        let beyond = |delta: f64| {
            self.halves.iter().map(|(half, weight)| weight * normal::cdf(delta - half)).sum::<f64>()
        };
        match self.tail {
            Tail::TwoSided => (beyond(delta) + beyond(-delta)).min(1.0),
            Tail::Greater | Tail::Less => beyond(delta).min(1.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::noise;
    use crate::{Alpha, Stream, crossed_t};

    const GREATER: PlannedTest = PlannedTest { tail: Tail::Greater, alpha: Alpha::FIVE_PERCENT };

    fn world(components: VarianceComponents, items: usize, seeds: usize, effect: f64, world: u64) -> Grid {
        let mut stream = Stream::new(14, 141, world);
        let by_seed: Vec<f64> = (0..seeds).map(|_| components.seed.sqrt() * noise(&mut stream)).collect();
        let mut values = Vec::new();
        for _ in 0..items {
            let item = effect + components.item.sqrt() * noise(&mut stream);
            values.extend(by_seed.iter().map(|s| item + s + components.cell.sqrt() * noise(&mut stream)));
        }
        Grid::new(items, seeds, values).unwrap()
    }

    /// Of 2,000 worlds the number found scatters by 22: five deviations are 0.055 of power.
    #[test]
    fn the_formula_agrees_with_simulated_worlds() {
        for (item, seed, cell, items, seeds) in
            [(1.0, 0.02, 0.5, 40, 3), (1.0, 0.0, 0.5, 60, 5), (0.2, 0.1, 1.0, 100, 2)]
        {
            let components = VarianceComponents { item, seed, cell };
            let effect = crossed_effect(Power::new(0.7).unwrap(), components, items, seeds, GREATER).unwrap();
            let found = (0..2_000)
                .filter(|&index| {
                    let grid = world(components, items, seeds, effect, index);
                    let test = crossed_t::paired(&grid, 0.0, Tail::Greater, Alpha::FIVE_PERCENT).unwrap();
                    test.p.unwrap().get() <= 0.05
                })
                .count();
            let share = found as f64 / 2_000.0;
            assert!((share - 0.7).abs() < 0.055, "{share} {components:?}");
        }
    }

    #[test]
    fn one_seed_without_variance_between_seeds_is_the_paired_t_test() {
        let components = VarianceComponents { item: 0.04, seed: 0.0, cell: 0.05 };
        let crossed = crossed(0.1, components, 50, 1, GREATER).unwrap();
        let paired = super::super::paired_t(0.1, 0.3, 50, GREATER).unwrap();
        assert!((crossed - paired).abs() < 1e-6, "{crossed} {paired}");
    }

    #[test]
    fn more_items_cannot_make_up_for_too_few_seeds() {
        let components = VarianceComponents { item: 1.0, seed: 1.0, cell: 1.0 };
        let none = crossed_items(0.1, Power::EIGHTY_PERCENT, components, 3, GREATER);
        assert!(matches!(none, Err(StatsError::Undetermined(_))));
        let calm = VarianceComponents { seed: 1e-5, ..components };
        let items = crossed_items(0.1, Power::EIGHTY_PERCENT, calm, 5, GREATER).unwrap();
        assert!(crossed(0.1, calm, items, 5, GREATER).unwrap() >= 0.8);
        assert!(crossed(0.1, calm, items - 1, 5, GREATER).unwrap() < 0.8);
    }

    #[test]
    fn the_components_of_a_large_pilot_are_near_the_true_ones() {
        let truth = VarianceComponents { item: 1.0, seed: 0.25, cell: 0.5 };
        let found = VarianceComponents::of_pilot(&world(truth, 400, 60, 0.1, 1)).unwrap();
        assert!((found.item - 1.0).abs() < 0.3 && (found.seed - 0.25).abs() < 0.15);
        assert!((found.cell - 0.5).abs() < 0.05);
        assert!(VarianceComponents::of_pilot(&Grid::new(3, 1, vec![1.0, 2.0, 3.0]).unwrap()).is_err());
    }

    #[test]
    fn impossible_components_are_refused() {
        for components in [
            VarianceComponents { item: 0.0, seed: 0.0, cell: 0.0 },
            VarianceComponents { item: -1.0, seed: 2.0, cell: 0.0 },
            VarianceComponents { item: f64::NAN, seed: 0.0, cell: 1.0 },
        ] {
            assert!(crossed(0.1, components, 10, 2, GREATER).is_err());
        }
    }
}
