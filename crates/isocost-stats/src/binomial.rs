//! Binomial probabilities by the incomplete beta function (`statrs`).

use statrs::function::{beta, gamma};

/// P(X = count).
pub(crate) fn pmf(trials: u64, chance: f64, count: u64) -> f64 {
    if count > trials {
        return 0.0;
    }
    let (n, k) = (trials as f64, count as f64);
    let power = |base: f64, exponent: f64| if exponent == 0.0 { 0.0 } else { exponent * base.ln() };
    let ways = gamma::ln_gamma(n + 1.0) - gamma::ln_gamma(k + 1.0) - gamma::ln_gamma(n - k + 1.0);
    (ways + power(chance, k) + power(1.0 - chance, n - k)).exp()
}

/// P(X ≥ count), precise in the upper tail.
pub(crate) fn sf_from(trials: u64, chance: f64, count: u64) -> f64 {
    if count == 0 {
        1.0
    } else if count > trials {
        0.0
    } else {
        regularised(count as f64, (trials - count) as f64 + 1.0, chance)
    }
}

/// P(X ≤ count), precise in the lower tail.
#[cfg(test)]
pub(crate) fn cdf(trials: u64, chance: f64, count: u64) -> f64 {
    if count >= trials { 1.0 } else { regularised((trials - count) as f64, count as f64 + 1.0, 1.0 - chance) }
}

/// `I_x(a, b)` for a, b > 0 and x clamped to `0..=1`.
pub(crate) fn regularised(a: f64, b: f64, x: f64) -> f64 {
    beta::beta_reg(a, b, x.clamp(0.0, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tails_are_sums_of_the_probabilities() {
        for chance in [0.1, 0.5, 0.83] {
            for count in 0..=12 {
                let below: f64 = (0..=count).map(|k| pmf(12, chance, k)).sum();
                let above: f64 = (count..=12).map(|k| pmf(12, chance, k)).sum();
                assert!((cdf(12, chance, count) - below).abs() < 1e-12);
                assert!((sf_from(12, chance, count) - above).abs() < 1e-12);
            }
        }
        assert!(pmf(3, 0.5, 4) <= 0.0);
    }
}
