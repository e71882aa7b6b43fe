//! A t-test of a mean over items and seeds crossed, made for few seeds.
//!
//! The mean of n items × k seeds scatters with the items and with the seeds. Its variance is estimated by V = `V_I` + `V_S`, where `V_I` is the
//! sample variance of the item means divided by n and `V_S` that of the seed means divided by k. Their interaction is counted in both, so
//! that V is not too small on average. With few seeds `V_S` is poorly known; the test therefore uses the conservative critical value of
//! Cochran and Cox (1950), "Experimental Designs", §4.14: the mean of the t quantiles with n − 1 and with k − 1 degrees of freedom, weighted
//! by `V_I` and `V_S`. It lies between the two quantiles, and the test keeps its level with two seeds, where a bootstrap over seeds does not.
//!
//! p is the alpha at which the critical value equals |t|: found by a bracketed root search in ln p, to 1e-12 relative.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::bootstrap::Grid;
use crate::error::check_margin;
use crate::roots::solve;
use crate::ttest::{is_beyond, p_of_t};
use crate::{Alpha, Interval, PValue, StatsError, StatsResult, Tail, sample_variance, student_t};

/// A two-way t-test of a mean difference against a margin.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CrossedT {
    /// Number of items, n.
    pub items: usize,
    /// Number of seeds, k.
    pub seeds: usize,
    /// Mean over all cells.
    pub mean: f64,
    /// `V_I`: variance of the item means divided by n.
    pub item_variance: f64,
    /// `V_S`: variance of the seed means divided by k; 0 for one seed, and for seeds that change nothing.
    pub seed_variance: f64,
    /// Root of `V_I + V_S`.
    pub se: f64,
    /// `(mean − margin) / se`; `None` where neither items nor seeds differ.
    pub t: Option<f64>,
    /// The two-sided critical value at alpha, in standard errors.
    pub critical: f64,
    /// p under the chosen tail; `None` where it is undefined, see [`paired`].
    pub p: Option<PValue>,
    /// Two-sided interval of the mean at 1 − alpha.
    pub interval: Interval,
    /// The largest size of a cell: what counts as "the same" is relative to it.
    largest: f64,
}

/// Tests the mean of paired differences, items × seeds, against a margin; needs at least two items.
///
/// With one seed it is the paired t-test over items, and says nothing about other seeds. Where neither item means nor seed means differ
/// (to rounding), there is no t; then p is 1 where the mean does not lie beyond the margin in the tested direction, and undefined (`None`)
/// where it does, as in [`crate::ttest::paired`].
pub fn paired(grid: &Grid, margin: f64, tail: Tail, alpha: Alpha) -> StatsResult<CrossedT> {
    check_margin(margin)?;
    let largest = grid.values().iter().fold(0.0_f64, |largest, d| largest.max(d.abs()));
    let Some(item_variance) = variance_of_mean(&grid.item_means(), largest) else {
        return Err(StatsError::TooFew {
            what: "a t-test over items and seeds",
            needed: 2,
            found: grid.items(),
        });
    };
    let seed_variance = variance_of_mean(&grid.seed_means(), largest).unwrap_or(0.0);
    let se = (item_variance + seed_variance).sqrt();
    let mean = grid.mean();
    let mut test = CrossedT {
        items: grid.items(),
        seeds: grid.seeds(),
        mean,
        item_variance,
        seed_variance,
        se,
        t: (se > 0.0).then_some((mean - margin) / se),
        critical: 0.0,
        p: None,
        interval: Interval { low: mean, high: mean, level: 1.0 - alpha.get() },
        largest,
    };
    test.critical = test.critical(alpha.get() / 2.0)?;
    let half = if se == 0.0 { 0.0 } else { se * test.critical };
    test.interval = Interval { low: mean - half, high: mean + half, level: 1.0 - alpha.get() };
    test.p = test.p_against(margin, tail)?;
    Ok(test)
}

/// Sample variance of the means divided by their number; 0 where they differ by rounding only, `None` for fewer than two.
fn variance_of_mean(means: &[f64], largest: f64) -> Option<f64> {
    let variance = sample_variance(means)?;
    let constant = variance.sqrt() <= 4.0 * f64::EPSILON * largest;
    Some(if constant { 0.0 } else { variance / means.len() as f64 })
}

impl CrossedT {
    /// p of the same data against another margin and tail, with the rules of [`paired`].
    pub fn p_against(&self, margin: f64, tail: Tail) -> StatsResult<Option<PValue>> {
        check_margin(margin)?;
        if self.se <= 0.0 {
            return Ok((!is_beyond(self.mean, margin, tail, self.largest)).then_some(PValue::ONE));
        }
        let t = (self.mean - margin) / self.se;
        if self.seed_variance <= 0.0 {
            return p_of_t(t, (self.items - 1) as f64, tail).map(Some);
        }
        let beyond = self.tail_probability(t.abs())?;
        let p = match tail {
            Tail::TwoSided => 2.0 * beyond,
            Tail::Greater => one_side(t, beyond),
            Tail::Less => one_side(-t, beyond),
        };
        Ok(Some(PValue::clamped(p)))
    }

    /// The Cochran–Cox critical value at an upper tail probability.
    fn critical(&self, tail_probability: f64) -> StatsResult<f64> {
        let of_items = student_t::quantile_of_sf(tail_probability, (self.items - 1) as f64)?;
        if self.seed_variance <= 0.0 {
            return Ok(of_items);
        }
        let of_seeds = student_t::quantile_of_sf(tail_probability, (self.seeds - 1) as f64)?;
        let weight = self.seed_variance / (self.item_variance + self.seed_variance);
        Ok(of_items + weight * (of_seeds - of_items))
    }

    /// The upper tail probability whose critical value is `size`: it lies between those of the two t distributions.
    fn tail_probability(&self, size: f64) -> StatsResult<f64> {
        let of_items = student_t::sf(size, (self.items - 1) as f64)?.max(f64::MIN_POSITIVE);
        let of_seeds = student_t::sf(size, (self.seeds - 1) as f64)?.max(f64::MIN_POSITIVE);
        // Quantiles exist at both ends, as the degrees of freedom are at least 1: the error branch cannot be taken inside.
        let above = |ln: f64| self.critical(ln.exp()).map_or(0.0, |critical| critical - size);
        let (low, high) = (of_items.min(of_seeds).ln(), of_items.max(of_seeds).ln());
        Ok(solve(low, high, 1.0, above).exp().min(0.5))
    }
}

fn one_side(t: f64, beyond: f64) -> f64 {
    if t >= 0.0 { beyond } else { 1.0 - beyond }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::noise;
    use crate::{Stream, ttest};

    const ALPHA: Alpha = Alpha::FIVE_PERCENT;

    fn grid(items: usize, seeds: usize, values: &[f64]) -> Grid {
        Grid::new(items, seeds, values.to_vec()).unwrap()
    }

    #[test]
    fn one_seed_is_the_paired_t_test_over_items() {
        let values = [0.1, -0.2, 0.3, 0.05, 0.4];
        for tail in [Tail::TwoSided, Tail::Greater, Tail::Less] {
            let crossed = paired(&grid(5, 1, &values), 0.02, tail, ALPHA).unwrap();
            let plain = ttest::paired(&values, 0.02, tail, ALPHA).unwrap();
            assert_eq!((crossed.p, crossed.t, crossed.interval), (plain.p, plain.t, plain.interval));
        }
    }

    #[test]
    fn seeds_that_change_nothing_leave_the_test_over_items() {
        let items = [0.1, -0.2, 0.3, 0.05, 0.4];
        let repeated: Vec<f64> = items.iter().flat_map(|d| [*d; 3]).collect();
        let crossed = paired(&grid(5, 3, &repeated), 0.0, Tail::Greater, ALPHA).unwrap();
        let plain = ttest::paired(&items, 0.0, Tail::Greater, ALPHA).unwrap();
        assert!((crossed.p.unwrap().get() - plain.p.unwrap().get()).abs() < 1e-12);
        assert!(crossed.seed_variance <= 0.0);
    }

    #[test]
    fn p_equals_alpha_where_the_margin_is_the_end_of_the_interval() {
        let mut stream = Stream::new(3, 1, 0);
        let values: Vec<f64> = (0..30 * 3).map(|_| noise(&mut stream)).collect();
        for alpha in [1e-9, 0.001, 0.05, 0.4] {
            let alpha = Alpha::new(alpha).unwrap();
            let test = paired(&grid(30, 3, &values), 0.0, Tail::TwoSided, alpha).unwrap();
            let p = test.p_against(test.interval.low, Tail::TwoSided).unwrap().unwrap().get();
            assert!((p / alpha.get() - 1.0).abs() < 1e-9, "{p}");
            let half = test.p_against(test.interval.low, Tail::Greater).unwrap().unwrap().get();
            assert!((half / alpha.get() - 0.5).abs() < 1e-9, "{half}");
        }
    }

    #[test]
    fn a_constant_matrix_has_no_p_beyond_the_margin_and_p_one_otherwise() {
        let same = grid(4, 2, &[0.3; 8]);
        assert_eq!(paired(&same, 0.0, Tail::Greater, ALPHA).unwrap().p, None);
        assert_eq!(paired(&same, 0.3, Tail::TwoSided, ALPHA).unwrap().p, Some(PValue::ONE));
        assert_eq!(paired(&same, 0.4, Tail::Greater, ALPHA).unwrap().p, Some(PValue::ONE));
    }

    #[test]
    fn one_item_is_too_few_whatever_the_number_of_seeds() {
        let one = paired(&grid(1, 3, &[0.1, 0.2, 0.3]), 0.0, Tail::Greater, ALPHA);
        assert!(matches!(one, Err(StatsError::TooFew { found: 1, .. })));
        assert!(paired(&grid(2, 1, &[0.1, 0.2]), f64::NAN, Tail::Greater, ALPHA).is_err());
    }

    #[test]
    fn a_huge_t_gives_a_tiny_p_and_never_a_panic() {
        let values = [1e9, 1e9 + 1.0, 1e9 + 2.0, 1e9 - 1.0, 1e9 + 1.5, 1e9 + 0.5];
        let p = paired(&grid(3, 2, &values), 0.0, Tail::Greater, ALPHA).unwrap().p.unwrap().get();
        assert!(p > 0.0 && p < 1e-7, "{p}");
    }

    /// The null holds: seed effects, item effects and cell noise are centred at 0. Of 2,000 worlds the number rejected at 5 % by an exact test is
    /// Binomial(2000, 0.05), 99.9 % of it at most 131; more would be a test that does not keep its level.
    #[test]
    fn the_test_keeps_its_level_with_two_three_and_five_seeds() {
        for (seeds, seed_sd) in [(2, 0.0), (2, 0.1), (2, 1.0), (3, 0.1), (3, 1.0), (5, 0.1), (5, 1.0)] {
            let rejected = (0..2_000_u64).filter(|&world| {
                let mut stream = Stream::new(11, 50 + seeds, world);
                let effects: Vec<f64> = (0..seeds).map(|_| seed_sd * noise(&mut stream)).collect();
                let mut values = Vec::new();
                for _ in 0..40 {
                    let item = noise(&mut stream);
                    values.extend(effects.iter().map(|effect| item + effect + 0.7 * noise(&mut stream)));
                }
                let test = paired(&grid(40, seeds as usize, &values), 0.0, Tail::TwoSided, ALPHA).unwrap();
                test.p.unwrap().get() <= 0.05
            });
            let rejected = rejected.count();
            assert!(rejected <= 131, "{rejected} of 2000 with {seeds} seeds of deviation {seed_sd}");
            assert!(rejected >= 10, "{rejected} of 2000: the test has lost its power");
        }
    }
}
