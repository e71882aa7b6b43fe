//! Student's t distribution.
//!
//! Tolerance: relative error below 1e-9 against `SciPy` `t` for `sf` and `quantile`, see `tests/data`.

use statrs::function::{beta, gamma};

use crate::{StatsError, StatsResult};

/// P(T > t) with `df > 0` degrees of freedom, precise in the upper tail.
pub fn sf(t: f64, df: f64) -> StatsResult<f64> {
    check_df(df)?;
    if t.is_nan() {
        return Err(StatsError::OutOfRange { name: "t", value: t, range: "a number" });
    }
    Ok(if t < 0.0 { 1.0 - upper(-t, df) } else { upper(t, df) })
}

/// P(T ≤ t) with `df > 0` degrees of freedom, precise in the lower tail.
pub fn cdf(t: f64, df: f64) -> StatsResult<f64> {
    sf(-t, df)
}

/// The t with P(T ≤ t) = `probability`; infinite at 0 and 1.
pub fn quantile(probability: f64, df: f64) -> StatsResult<f64> {
    check_df(df)?;
    if !(0.0..=1.0).contains(&probability) {
        return Err(StatsError::OutOfRange { name: "probability", value: probability, range: "in 0..=1" });
    }
    Ok(if probability > 0.5 {
        upper_quantile(1.0 - probability, df)
    } else {
        -upper_quantile(probability, df)
    })
}

/// The t with P(T > t) = `probability`: keeps the precision of small probabilities, which `1 - probability` loses.
pub fn quantile_of_sf(probability: f64, df: f64) -> StatsResult<f64> {
    quantile(probability, df).map(|t| if t == 0.0 { 0.0 } else { -t })
}

fn check_df(df: f64) -> StatsResult<()> {
    if df.is_finite() && df > 0.0 {
        Ok(())
    } else {
        Err(StatsError::OutOfRange {
            name: "degrees of freedom",
            value: df,
            range: "finite and greater than 0",
        })
    }
}

/// P(T > t) for t ≥ 0: half the regularised incomplete beta function at df / (df + t²).
fn upper(t: f64, df: f64) -> f64 {
    let square = t * t;
    if !square.is_finite() {
        return 0.0;
    }
    // Near t = 0 the argument df/(df+t²) rounds to 1; the complement keeps its digits. Far out the complement would cancel.
    if square < 1.0 {
        0.5 - 0.5 * beta::beta_reg(0.5, df / 2.0, square / (df + square))
    } else {
        0.5 * beta::beta_reg(df / 2.0, 0.5, df / (df + square))
    }
}

fn density(t: f64, df: f64) -> f64 {
    let scale = gamma::ln_gamma(f64::midpoint(df, 1.0)) - gamma::ln_gamma(df / 2.0);
    (scale - 0.5 * (df * std::f64::consts::PI).ln() - f64::midpoint(df, 1.0) * (t * t / df).ln_1p()).exp()
}

/// Solves `upper(t) = probability` for 0 ≤ probability ≤ ½ by Newton steps on ln P inside a shrinking bracket.
fn upper_quantile(probability: f64, df: f64) -> f64 {
    if probability <= 0.0 {
        return f64::INFINITY;
    }
    if probability >= 0.5 {
        return 0.0;
    }
    let (mut low, mut high) = (0.0_f64, 1.0_f64);
    while upper(high, df) > probability && high < 1e150 {
        low = high;
        high *= 2.0;
    }
    let mut t = f64::midpoint(low, high);
    for _ in 0..200 {
        let tail = upper(t, df);
        if tail > probability {
            low = t;
        } else {
            high = t;
        }
        let step = tail * (tail / probability).ln() / density(t, df);
        let newton = t + step;
        let next = if newton > low && newton < high { newton } else { f64::midpoint(low, high) };
        if (next - t).abs() <= f64::EPSILON * t {
            return next;
        }
        t = next;
    }
    t
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_zero_and_the_ends_are_infinite() {
        assert_eq!(quantile(0.5, 9.0).unwrap().abs().to_bits(), 0);
        assert!(quantile(1.0, 9.0).unwrap() >= f64::INFINITY);
        assert!(quantile(0.0, 9.0).unwrap() <= f64::NEG_INFINITY);
    }

    #[test]
    fn one_degree_of_freedom_is_the_cauchy_distribution() {
        let t = quantile(0.75, 1.0).unwrap();
        assert!((t - 1.0).abs() < 1e-12, "{t}");
    }

    #[test]
    fn no_degrees_of_freedom_is_an_error() {
        assert!(sf(1.0, 0.0).is_err());
        assert!(quantile(0.9, f64::NAN).is_err());
        assert!(quantile(1.1, 3.0).is_err());
    }
}
