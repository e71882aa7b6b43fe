//! Softmax, cross-entropy and what is read off a distribution.

use crate::error::{LearnError, same};
use crate::{LearnResult, Matrix};

/// The distribution of a row of logits at a temperature: `exp(z / t) / Σ exp(z / t)`.
///
/// The largest logit is subtracted first, so that no finite logit overflows. A row with a NaN gives NaN throughout.
pub fn softmax(logits: &[f64], temperature: f64) -> Vec<f64> {
    let largest = logits.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let mut weights: Vec<f64> =
        logits.iter().map(|logit| libm::exp((logit - largest) / temperature)).collect();
    let total: f64 = weights.iter().sum();
    for weight in &mut weights {
        *weight /= total;
    }
    weights
}

/// Mean cross-entropy in nats over the rows, and its gradient with respect to the logits.
///
/// Errors for no row, a number of labels other than of rows, and a label that is no class.
pub fn cross_entropy(logits: &Matrix, labels: &[usize]) -> LearnResult<(f64, Matrix)> {
    same("number of labels", logits.rows(), labels.len())?;
    if labels.is_empty() {
        return Err(LearnError::Empty { what: "the number of labelled examples" });
    }
    let scale = 1.0 / labels.len() as f64;
    let mut gradient = Matrix::zeros(logits.rows(), logits.columns())?;
    let mut loss = 0.0;
    for (example, ((row, label), out)) in logits.iter().zip(labels).zip(&mut gradient).enumerate() {
        let target =
            row.get(*label).ok_or(LearnError::Label { example, label: *label, classes: logits.columns() })?;
        let largest = row.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let total: f64 = row.iter().map(|logit| libm::exp(logit - largest)).sum();
        loss += libm::log(total) + largest - target;
        for (class, (slot, logit)) in out.iter_mut().zip(row).enumerate() {
            let hit = if class == *label { 1.0 } else { 0.0 };
            *slot = (libm::exp(logit - largest) / total - hit) * scale;
        }
    }
    Ok((loss * scale, gradient))
}

/// Shannon entropy in nats; a probability of 0 adds nothing.
pub fn entropy(distribution: &[f64]) -> f64 {
    distribution.iter().filter(|p| **p != 0.0).map(|p| -p * libm::log(*p)).sum()
}

/// Position of the largest value; the first of equals. NaN is never the largest; `None` if there is nothing else.
pub fn argmax(values: &[f64]) -> Option<usize> {
    let mut best: Option<(usize, f64)> = None;
    for (index, value) in values.iter().copied().enumerate() {
        if !value.is_nan() && best.is_none_or(|(_, largest)| value > largest) {
            best = Some((index, value));
        }
    }
    best.map(|(index, _)| index)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn equal_logits_give_the_uniform_distribution_and_its_entropy() {
        let uniform = softmax(&[7.0; 4], 1.0);
        assert_eq!(uniform, [0.25; 4]);
        assert!((entropy(&uniform) - 4.0_f64.ln()).abs() < 1e-15);
        assert!(entropy(&[1.0, 0.0]).abs() < 1e-15);
    }

    #[test]
    fn huge_logits_do_not_overflow() {
        let certain = softmax(&[1e300, 0.0], 1.0);
        assert_eq!(certain, [1.0, 0.0]);
        let (loss, gradient) = cross_entropy(&Matrix::from_values(2, vec![1e6, 0.0]).unwrap(), &[1]).unwrap();
        assert!((loss - 1e6).abs() < 1e-9);
        assert_eq!(gradient.values(), [1.0, -1.0]);
    }

    #[test]
    fn the_first_of_equals_wins_and_nan_never_does() {
        assert_eq!(argmax(&[1.0, 3.0, 3.0]), Some(1));
        assert_eq!(argmax(&[f64::NAN, -1.0]), Some(1));
        assert_eq!(argmax(&[f64::NAN]), None);
        assert_eq!(argmax(&[]), None);
    }

    #[test]
    fn a_label_that_is_no_class_names_its_example() {
        let error = cross_entropy(&Matrix::zeros(2, 3).unwrap(), &[0, 3]).unwrap_err();
        assert_eq!(error, LearnError::Label { example: 1, label: 3, classes: 3 });
    }

    proptest! {
        #[test]
        fn the_gradient_of_the_loss_agrees_with_finite_differences(
            logits in prop::collection::vec(-5.0_f64..5.0, 6), a in 0_usize..3, b in 0_usize..3,
        ) {
            let at = |values: Vec<f64>| cross_entropy(&Matrix::from_values(3, values).unwrap(), &[a, b]).unwrap();
            let (_, gradient) = at(logits.clone());
            let step = 1e-5;
            for index in 0..6 {
                let moved = |by: f64| {
                    let mut values = logits.clone();
                    values[index] += by;
                    at(values).0
                };
                let numeric = (moved(step) - moved(-step)) / (2.0 * step);
                prop_assert!((numeric - gradient.values()[index]).abs() < 1e-8);
            }
        }

        #[test]
        fn a_higher_temperature_is_never_more_certain(logits in prop::collection::vec(-5.0_f64..5.0, 5)) {
            let entropies = [0.5, 1.0, 2.0].map(|t| entropy(&softmax(&logits, t)));
            prop_assert!(entropies[0] <= entropies[1] + 1e-12 && entropies[1] <= entropies[2] + 1e-12);
        }
    }
}
