//! Two numbers that routers take for uncertainty.

use crate::error::check_finite;
use crate::{StatsError, StatsResult};

/// Softmax, shifted by the largest logit so that nothing overflows.
fn softmax(logits: &[f64]) -> StatsResult<Vec<f64>> {
    check_finite(logits)?;
    if logits.is_empty() {
        return Err(StatsError::Empty("a softmax needs logits"));
    }
    let top = logits.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let weights: Vec<f64> = logits.iter().map(|logit| libm::exp(logit - top)).collect();
    let total: f64 = weights.iter().sum();
    Ok(weights.into_iter().map(|weight| weight / total).collect())
}

/// Shannon entropy −Σ p ln p of the softmax, in nats, 0..=ln k. A probability that underflows to 0 adds 0.
pub fn softmax_entropy(logits: &[f64]) -> StatsResult<f64> {
    Ok(softmax(logits)?.iter().filter(|p| **p > 0.0).map(|p| -p * libm::log(*p)).sum::<f64>().max(0.0))
}

/// The largest minus the second largest softmax probability, in 0..=1; a single logit has no second and is an error.
pub fn logit_margin(logits: &[f64]) -> StatsResult<f64> {
    let mut falling = softmax(logits)?;
    falling.sort_by(|a, b| b.total_cmp(a));
    match falling.as_slice() {
        [first, second, ..] => Ok(first - second),
        _ => Err(StatsError::TooFew { what: "a margin", needed: 2, found: falling.len() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn even_logits_have_the_largest_entropy_and_no_margin() {
        assert!((softmax_entropy(&[3.0; 4]).unwrap() - 4.0_f64.ln()).abs() < 1e-15);
        assert_eq!(logit_margin(&[3.0; 4]), Ok(0.0));
        assert_eq!(softmax_entropy(&[0.0, 1e300]), Ok(0.0));
        assert!(logit_margin(&[1.0]).is_err() && softmax_entropy(&[]).is_err());
    }
}
