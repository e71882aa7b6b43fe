//! Calibration by one number.

use crate::loss::cross_entropy;
use crate::{LearnResult, Matrix};

/// What logits are divided by before the softmax.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Temperature {
    /// The temperature, in `[exp(-3), exp(3)]`; above 1 makes the model less certain.
    pub value: f64,
    /// Mean cross-entropy in nats at temperature 1.
    pub loss_before: f64,
    /// Mean cross-entropy in nats at this temperature, never more than before.
    pub loss_after: f64,
}

/// The temperature that gives held-out logits the least cross-entropy, found by golden-section search over its
/// logarithm (the loss is convex in the inverse temperature, so there is one valley).
///
/// It changes no row's most likely class. Errors as [`cross_entropy`] does.
/// Source: C. Guo et al., "On Calibration of Modern Neural Networks", ICML 2017, section 4.2.
pub fn fit_temperature(logits: &Matrix, labels: &[usize]) -> LearnResult<Temperature> {
    let inverse_phi = (5.0_f64.sqrt() - 1.0) / 2.0;
    let loss_before = loss_at(logits, labels, 0.0)?;
    let (mut low, mut high) = (-3.0, 3.0);
    for _ in 0..60 {
        let step = (high - low) * inverse_phi;
        let (left, right) = (high - step, low + step);
        if loss_at(logits, labels, left)? <= loss_at(logits, labels, right)? {
            high = right;
        } else {
            low = left;
        }
    }
    let best = f64::midpoint(low, high);
    let loss_after = loss_at(logits, labels, best)?;
    // Where the valley is flat the search may end a rounding error above where it began.
    if loss_after <= loss_before {
        Ok(Temperature { value: libm::exp(best), loss_before, loss_after })
    } else {
        Ok(Temperature { value: 1.0, loss_before, loss_after: loss_before })
    }
}

fn loss_at(logits: &Matrix, labels: &[usize], log_temperature: f64) -> LearnResult<f64> {
    let inverse = libm::exp(-log_temperature);
    let mut scaled = logits.clone();
    for logit in scaled.values_mut() {
        *logit *= inverse;
    }
    cross_entropy(&scaled, labels).map(|(loss, _)| loss)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logits_that_are_three_times_too_sure_get_temperature_three() {
        // Three of four examples are right; a calibrated model says so: logits ln 3 and 0, here tripled.
        let logits = Matrix::from_values(2, [3.0 * 3.0_f64.ln(), 0.0].repeat(4)).unwrap();
        let found = fit_temperature(&logits, &[0, 0, 0, 1]).unwrap();
        assert!((found.value - 3.0).abs() < 1e-6, "{found:?}");
        let entropy_of_three_quarters = -(0.75 * 0.75_f64.ln() + 0.25 * 0.25_f64.ln());
        assert!((found.loss_after - entropy_of_three_quarters).abs() < 1e-12, "{found:?}");
        assert!(found.loss_after < found.loss_before);
    }

    #[test]
    fn logits_that_say_nothing_keep_temperature_one() {
        let found = fit_temperature(&Matrix::zeros(3, 4).unwrap(), &[0, 1, 2]).unwrap();
        assert!((found.loss_after - 4.0_f64.ln()).abs() < 1e-12, "{found:?}");
        assert!(found.loss_after <= found.loss_before);
    }
}
