//! Power of the paired t-test.

use super::{PlannedTest, Power, chi, positive, search};
use crate::{StatsError, StatsResult, Tail, student_t};

/// Enough panels for 1e-10 at usual levels.
const PANELS: u32 = 60;

/// Power of the paired t-test over n items whose differences have this standard deviation, at a true distance from the margin.
///
/// Exact for normal differences: the noncentral t distribution with noncentrality effect·√n / deviation, by quadrature over the sample deviation.
/// Tolerance: 1e-7 against statsmodels' `TTestPower` at levels of 0.001 or more. `effect` may be negative or 0; n at least 2.
pub fn paired_t(effect: f64, deviation: f64, n: usize, test: PlannedTest) -> StatsResult<f64> {
    crate::error::check_margin(effect)?;
    positive("deviation", deviation)?;
    Curve::new(n, test).map(|curve| curve.power(effect / deviation))
}

/// The smallest effect that n items find with the wanted power, in the unit of the deviation.
pub fn paired_t_effect(power: Power, deviation: f64, n: usize, test: PlannedTest) -> StatsResult<f64> {
    positive("deviation", deviation)?;
    let curve = Curve::new(n, test)?;
    let scale = 1.0 / (n as f64).sqrt();
    Ok(deviation * search::effect(scale, power.get(), |effect| curve.power(effect)))
}

/// The smallest number of items that find the effect (greater than 0) with the wanted power.
pub fn paired_t_items(effect: f64, deviation: f64, power: Power, test: PlannedTest) -> StatsResult<usize> {
    positive("effect", effect)?;
    positive("deviation", deviation)?;
    search::count(2, power.get(), |n| Ok(Curve::new(n, test)?.power(effect / deviation)))
}

/// Power against the standardised effect, for one n.
struct Curve {
    root_n: f64,
    critical: f64,
    nodes: Vec<(f64, f64)>,
    tail: Tail,
}

impl Curve {
    fn new(n: usize, test: PlannedTest) -> StatsResult<Self> {
        if n < 2 {
            return Err(StatsError::TooFew { what: "a paired t-test", needed: 2, found: n });
        }
        let df = (n - 1) as f64;
        let critical = student_t::quantile_of_sf(test.side(), df)?;
        Ok(Self { root_n: (n as f64).sqrt(), critical, nodes: chi::nodes(df, PANELS), tail: test.tail })
    }

    fn power(&self, effect: f64) -> f64 {
        let delta = effect * self.root_n;
        let right = chi::noncentral_sf(self.critical, &self.nodes, delta);
        let left = match self.tail {
            Tail::TwoSided => chi::noncentral_sf(self.critical, &self.nodes, -delta),
            Tail::Greater | Tail::Less => 0.0,
        };
        (right + left).min(1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_an_effect_the_power_is_the_level() {
        for tail in [Tail::TwoSided, Tail::Greater, Tail::Less] {
            for n in [3, 10, 402] {
                let test = PlannedTest { tail, ..PlannedTest::default() };
                let power = paired_t(0.0, 0.3, n, test).unwrap();
                assert!((power - 0.05).abs() < 1e-9, "{power}");
            }
        }
    }

    #[test]
    fn the_least_effect_and_the_least_number_reach_the_power_just_so() {
        let test = PlannedTest { tail: Tail::Greater, ..PlannedTest::default() };
        let effect = paired_t_effect(Power::EIGHTY_PERCENT, 0.2, 50, test).unwrap();
        assert!((paired_t(effect, 0.2, 50, test).unwrap() - 0.8).abs() < 1e-9);
        let n = paired_t_items(effect * 0.999, 0.2, Power::EIGHTY_PERCENT, test).unwrap();
        assert_eq!(n, 51);
        assert!(paired_t(effect * 0.999, 0.2, 50, test).unwrap() < 0.8);
    }

    #[test]
    fn impossible_designs_are_refused() {
        let test = PlannedTest::default();
        assert!(paired_t(0.1, 0.0, 10, test).is_err());
        assert!(paired_t(f64::NAN, 1.0, 10, test).is_err());
        assert!(paired_t(0.1, 1.0, 1, test).is_err());
        assert!(paired_t_items(0.0, 1.0, Power::EIGHTY_PERCENT, test).is_err());
        assert!(Power::new(1.0).is_err());
    }
}
