//! The paired t-test, from differences or from printed numbers.
//!
//! Source: Student (1908); the reconstruction inverts the printed two-sided p.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::error::{check_finite, check_margin};
use crate::{Alpha, Interval, PValue, StatsError, StatsResult, Tail, mean, sample_variance, student_t};

/// A paired t-test of a mean difference against a margin.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PairedT {
    /// Number of pairs.
    pub n: usize,
    /// Mean difference.
    pub mean: f64,
    /// Standard error of the mean difference.
    pub se: f64,
    /// `(mean − margin) / se`; `None` where all differences are the same.
    pub t: Option<f64>,
    /// Degrees of freedom, n − 1.
    pub df: f64,
    /// p under the chosen tail; `None` where it is undefined, see [`paired`].
    pub p: Option<PValue>,
    /// Two-sided interval of the mean difference at 1 − alpha.
    pub interval: Interval,
}

/// Tests paired differences against a margin; needs at least two.
///
/// If all differences are the same (to rounding), the test cannot see any spread: `t` is `None` and the interval has no
/// width. Then `p` is 1 where the mean does not lie beyond the margin in the tested direction, and undefined (`None`) where
/// it does: no number of equal differences says how they would scatter.
pub fn paired(differences: &[f64], margin: f64, tail: Tail, alpha: Alpha) -> StatsResult<PairedT> {
    check_finite(differences)?;
    check_margin(margin)?;
    let too_few = StatsError::TooFew { what: "a paired t-test", needed: 2, found: differences.len() };
    let (Some(mean), Some(variance)) = (mean(differences), sample_variance(differences)) else {
        return Err(too_few);
    };
    let df = (differences.len() - 1) as f64;
    let se = (variance / differences.len() as f64).sqrt();
    let largest = differences.iter().fold(0.0_f64, |largest, d| largest.max(d.abs()));
    let constant = variance.sqrt() <= 4.0 * f64::EPSILON * largest;
    let (t, p) = if constant {
        (None, (!is_beyond(mean, margin, tail, largest)).then_some(PValue::ONE))
    } else {
        let t = (mean - margin) / se;
        (Some(t), Some(p_of_t(t, df, tail)?))
    };
    Ok(PairedT { n: differences.len(), mean, se, t, df, p, interval: interval(mean, se, df, alpha)? })
}

pub(crate) fn is_beyond(mean: f64, margin: f64, tail: Tail, largest: f64) -> bool {
    let tolerance = 4.0 * f64::EPSILON * largest.max(margin.abs());
    match tail {
        Tail::TwoSided => (mean - margin).abs() > tolerance,
        Tail::Greater => mean - margin > tolerance,
        Tail::Less => margin - mean > tolerance,
    }
}

pub(crate) fn p_of_t(t: f64, df: f64, tail: Tail) -> StatsResult<PValue> {
    let p = match tail {
        Tail::TwoSided => 2.0 * student_t::sf(t.abs(), df)?,
        Tail::Greater => student_t::sf(t, df)?,
        Tail::Less => student_t::cdf(t, df)?,
    };
    Ok(PValue::clamped(p))
}

fn interval(mean: f64, se: f64, df: f64, alpha: Alpha) -> StatsResult<Interval> {
    let half = if se == 0.0 { 0.0 } else { se * student_t::quantile_of_sf(alpha.get() / 2.0, df)? };
    Ok(Interval { low: mean - half, high: mean + half, level: 1.0 - alpha.get() })
}

/// A paired t-test rebuilt from its printed effect, p and number of pairs.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Reconstructed {
    /// Number of pairs.
    pub n: usize,
    /// The printed mean difference.
    pub delta: f64,
    /// t of the printed test against 0, with the sign of delta.
    pub t: f64,
    /// Standard error of the mean difference.
    pub se: f64,
    /// Degrees of freedom, n − 1.
    pub df: f64,
    /// Two-sided interval of the mean difference at 1 − alpha.
    pub interval: Interval,
}

impl Reconstructed {
    /// p of the same data against another margin. `Tail::Greater` answers a claim "delta ≥ margin".
    pub fn p_against(&self, margin: f64, tail: Tail) -> StatsResult<PValue> {
        check_margin(margin)?;
        p_of_t((self.delta - margin) / self.se, self.df, tail)
    }
}

/// Rebuilds the test behind a printed `delta` and its two-sided `p` against 0 over `n` pairs.
///
/// |t| is the quantile at 1 − p/2 with n − 1 degrees of freedom and se = |delta| / |t|. Undetermined where p is 0 (printed so by rounding),
/// where p is 1, or where delta is 0: se is then any number. The result is as precise as the printed digits.
pub fn from_summary(delta: f64, p_two_sided: PValue, n: usize, alpha: Alpha) -> StatsResult<Reconstructed> {
    if !delta.is_finite() {
        return Err(StatsError::NotFinite { index: 0, value: delta });
    }
    if n < 2 {
        return Err(StatsError::TooFew { what: "a paired t-test", needed: 2, found: n });
    }
    if p_two_sided.get() <= 0.0 {
        return Err(StatsError::Undetermined("p is printed as 0, so that t is not known; print more digits"));
    }
    let df = (n - 1) as f64;
    let size = student_t::quantile_of_sf(p_two_sided.get() / 2.0, df)?;
    if size <= 0.0 || delta == 0.0 {
        return Err(StatsError::Undetermined(
            "an effect of 0 or a p of 1 says nothing about the standard error",
        ));
    }
    let se = delta.abs() / size;
    Ok(Reconstructed { n, delta, t: size.copysign(delta), se, df, interval: interval(delta, se, df, alpha)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALPHA: Alpha = Alpha::FIVE_PERCENT;

    #[test]
    fn a_printed_p_against_zero_says_little_about_a_threshold_of_two_points() {
        let test = from_summary(0.02169, PValue::new(0.00149).unwrap(), 10, ALPHA).unwrap();
        let against_zero = test.p_against(0.0, Tail::TwoSided).unwrap().get();
        assert!((against_zero - 0.00149).abs() < 1e-12, "{against_zero}");
        let against_margin = test.p_against(0.02, Tail::Greater).unwrap().get();
        assert!((against_margin - 0.37).abs() < 0.005, "{against_margin}");
        assert!(test.interval.low > 0.0 && test.interval.low < 0.02);
    }

    #[test]
    fn equal_differences_have_no_p_beyond_the_margin_and_p_one_otherwise() {
        let same = [0.1 + 0.2, 0.3, 0.3];
        assert_eq!(paired(&same, 0.0, Tail::Greater, ALPHA).unwrap().p, None);
        assert_eq!(paired(&same, 0.3, Tail::TwoSided, ALPHA).unwrap().p, Some(PValue::ONE));
        assert_eq!(paired(&same, 0.4, Tail::Greater, ALPHA).unwrap().p, Some(PValue::ONE));
        assert_eq!(paired(&[0.0; 4], 0.0, Tail::TwoSided, ALPHA).unwrap().p, Some(PValue::ONE));
    }

    #[test]
    fn bad_input_is_named() {
        assert!(matches!(
            paired(&[1.0], 0.0, Tail::TwoSided, ALPHA),
            Err(StatsError::TooFew { found: 1, .. })
        ));
        assert!(matches!(paired(&[], 0.0, Tail::TwoSided, ALPHA), Err(StatsError::TooFew { found: 0, .. })));
        let nan = paired(&[1.0, f64::NAN], 0.0, Tail::TwoSided, ALPHA);
        assert!(matches!(nan, Err(StatsError::NotFinite { index: 1, .. })));
        assert!(from_summary(0.0, PValue::ONE, 10, ALPHA).is_err());
        assert!(from_summary(0.1, PValue::new(0.0).unwrap(), 10, ALPHA).is_err());
    }

    #[test]
    fn the_one_sided_values_add_up_to_one() {
        let differences = [0.1, -0.2, 0.3, 0.05];
        let p = |tail| paired(&differences, 0.02, tail, ALPHA).unwrap().p.unwrap().get();
        assert!((p(Tail::Greater) + p(Tail::Less) - 1.0).abs() < 1e-12);
        assert!((p(Tail::TwoSided) - 2.0 * p(Tail::Greater).min(p(Tail::Less))).abs() < 1e-12);
    }
}
