//! Losses and their gradients in single precision.

use crate::{LearnError, LearnResult};

/// Mean cross entropy over rows of logits; turns the logits into its gradient. `None` where the loss is not finite.
pub fn cross_entropy_rows(logits: &mut [f32], classes: usize, labels: &[usize]) -> LearnResult<Option<f32>> {
    if classes == 0 {
        return Err(LearnError::Empty { what: "the number of classes" });
    }
    crate::error::same("logits", labels.len().saturating_mul(classes), logits.len())?;
    let share = 1.0 / labels.len() as f32;
    let mut total = 0.0;
    for (example, (row, label)) in logits.chunks_exact_mut(classes).zip(labels).enumerate() {
        let top = row.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let target = row.get(*label).copied().ok_or(LearnError::Label { example, label: *label, classes })?;
        let mut sum = 0.0;
        for value in row.iter_mut() {
            *value = libm::expf(*value - top);
            sum += *value;
        }
        total += libm::logf(sum) - (target - top);
        let scale = share / sum;
        for value in row.iter_mut() {
            *value *= scale;
        }
        if let Some(value) = row.get_mut(*label) {
            *value -= share;
        }
    }
    let loss = total * share;
    Ok(loss.is_finite().then_some(loss))
}

/// Mean binary cross entropy of logits with a weight on the positives; turns the logits into its gradient. `None` where it is not finite.
pub fn weighted_bce(logits: &mut [f32], targets: &[f32], positive: f32) -> Option<f32> {
    let share = 1.0 / logits.len() as f32;
    let mut total = 0.0;
    for (logit, target) in logits.iter_mut().zip(targets) {
        let z = *logit;
        let softplus = libm::log1pf(libm::expf(-z.abs())) + (-z).max(0.0);
        let weight = (positive - 1.0) * target + 1.0;
        total += (1.0 - target) * z + weight * softplus;
        let sigmoid = 1.0 / (1.0 + libm::expf(-z));
        *logit = share * ((1.0 - target) * sigmoid - positive * target * (1.0 - sigmoid));
    }
    let loss = total * share;
    loss.is_finite().then_some(loss)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gradients_are_slopes_of_the_losses() {
        let labels = [2, 0];
        let logits = [0.3_f32, -1.0, 2.0, 0.1, 0.2, -0.4];
        let loss = |logits: &[f32]| cross_entropy_rows(&mut logits.to_vec(), 3, &labels).unwrap().unwrap();
        let bce = |logits: &[f32]| {
            weighted_bce(&mut logits.to_vec(), &[1.0, 0.0, 1.0, 0.0, 0.0, 1.0], 2.5).unwrap()
        };
        let mut gradient = logits;
        cross_entropy_rows(&mut gradient, 3, &labels).unwrap();
        let mut binary = logits;
        weighted_bce(&mut binary, &[1.0, 0.0, 1.0, 0.0, 0.0, 1.0], 2.5);
        for at in 0..6 {
            let moved = |by: f32| {
                let mut copy = logits;
                copy[at] += by;
                copy
            };
            let slope = |f: &dyn Fn(&[f32]) -> f32| (f(&moved(0.01)) - f(&moved(-0.01))) / 0.02;
            assert!((slope(&loss) - gradient[at]).abs() < 1e-4);
            assert!((slope(&bce) - binary[at]).abs() < 1e-4);
        }
    }

    #[test]
    fn a_label_that_is_no_class_is_named() {
        assert!(cross_entropy_rows(&mut [0.0; 2], 2, &[2]).is_err());
        assert_eq!(cross_entropy_rows(&mut [f32::INFINITY, 0.0], 2, &[0]).unwrap(), None);
    }
}
