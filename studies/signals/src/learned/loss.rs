//! Losses that turn the network's output into its gradient.
//!
//! Source: `listen_core` section 11.2.

use isocost_study_learn::torch::weighted_bce;

use super::train::Labels;
use crate::numeric::narrow;

/// A loss with the weights that it takes from all training rows.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Loss {
    /// Binary cross entropy, positives weighted.
    Events { positive: f32 },
    /// Per clip how much of the scores' mass lies on its events.
    Instances,
    /// Cross entropy, classes weighted.
    Classes { weights: Vec<f32> },
    /// Squared error, rows with a target weighted.
    Values { positive: f32 },
}

/// A target up to this counts as none.
const NO_TARGET: f32 = 1e-6;

impl Loss {
    /// Negatives for each positive, at least one positive.
    pub(super) fn weight_of(positives: usize, all: usize) -> f32 {
        narrow((all - positives) as f64 / positives.max(1) as f64)
    }

    /// How many rows have a target.
    pub(super) fn with_target(values: &[f32]) -> usize {
        values.iter().filter(|value| **value > NO_TARGET).count()
    }

    /// Turns the output into the gradient. `None` where the loss is not finite, `Some(false)` where the batch teaches
    /// nothing and is to be skipped.
    pub(super) fn gradient(&self, output: &mut [f32], labels: &Labels<'_>, seconds: usize) -> Option<bool> {
        match (self, labels) {
            (Self::Events { positive }, Labels::Values(targets)) => {
                weighted_bce(output, targets, *positive).map(|_| true)
            }
            (Self::Instances, Labels::Values(targets)) => instances(output, targets, seconds),
            (Self::Classes { weights }, Labels::Classes(labels)) => {
                classes(output, labels, weights).then_some(true)
            }
            (Self::Values { positive }, Labels::Values(targets)) => {
                values(output, targets, *positive).then_some(true)
            }
            // A recipe makes its loss from its labels, so that they fit.
            _ => None,
        }
    }
}

/// `−(lse(scores of events) − lse(all))`, averaged over the clips with an event.
fn instances(output: &mut [f32], targets: &[f32], seconds: usize) -> Option<bool> {
    let taught = targets.chunks_exact(seconds).filter(|clip| clip.iter().any(|target| *target > 0.0)).count();
    let share = 1.0 / taught.max(1) as f32;
    for (scores, targets) in output.chunks_exact_mut(seconds).zip(targets.chunks_exact(seconds)) {
        let top = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        for score in scores.iter_mut() {
            *score = libm::expf(*score - top);
        }
        let all: f32 = scores.iter().sum();
        let events: f32 =
            scores.iter().zip(targets).filter(|(_, target)| **target > 0.0).map(|(mass, _)| mass).sum();
        if !all.is_finite() {
            return None;
        }
        let taught = targets.iter().any(|target| *target > 0.0);
        for (mass, target) in scores.iter_mut().zip(targets) {
            let on_event = if *target > 0.0 && events > 0.0 { *mass / events } else { 0.0 };
            *mass = if taught { share * (*mass / all - on_event) } else { 0.0 };
        }
    }
    Some(taught > 0)
}

/// Weighted cross entropy, divided by the sum of the weights; whether it is finite.
fn classes(output: &mut [f32], labels: &[usize], weights: &[f32]) -> bool {
    let weight = |label: &usize| weights.get(*label).copied().unwrap_or(0.0);
    let total: f32 = labels.iter().map(weight).sum();
    let mut finite = true;
    for (row, label) in output.chunks_exact_mut(weights.len().max(1)).zip(labels) {
        let top = row.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        for value in row.iter_mut() {
            *value = libm::expf(*value - top);
        }
        let sum: f32 = row.iter().sum();
        finite &= sum.is_finite();
        let share = if total > 0.0 { weight(label) / total } else { 0.0 };
        for value in row.iter_mut() {
            *value *= share / sum;
        }
        if let Some(value) = row.get_mut(*label) {
            *value -= share;
        }
    }
    finite
}

/// Weighted squared error, averaged; whether it is finite.
fn values(output: &mut [f32], targets: &[f32], positive: f32) -> bool {
    let share = 2.0 / output.len().max(1) as f32;
    for (value, target) in output.iter_mut().zip(targets) {
        let weight = if *target > NO_TARGET { positive } else { 1.0 };
        *value = share * weight * (*value - target);
    }
    output.iter().all(|value| value.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Minus the log share of the events' mass, averaged over the clips with an event, by definition.
    fn mil(scores: &[f64], targets: &[f32]) -> f64 {
        let clips = scores.chunks(3).zip(targets.chunks(3)).filter(|(_, targets)| targets.contains(&1.0));
        let losses: Vec<f64> = clips
            .map(|(scores, targets)| {
                let mass = |on: bool| {
                    let picked = scores.iter().zip(targets).filter(|(_, target)| !on || **target > 0.0);
                    picked.map(|(score, _)| score.exp()).sum::<f64>()
                };
                -(mass(true) / mass(false)).ln()
            })
            .collect();
        losses.iter().sum::<f64>() / losses.len() as f64
    }

    fn weighted_ce(logits: &[f64], labels: &[usize], weights: &[f32]) -> f64 {
        let rows = logits.chunks(weights.len()).zip(labels);
        let (sum, total) = rows.fold((0.0, 0.0), |(sum, total), (row, label)| {
            let all: f64 = row.iter().map(|logit| logit.exp()).sum();
            let weight = f64::from(weights[*label]);
            (sum - weight * (row[*label].exp() / all).ln(), total + weight)
        });
        sum / total
    }

    fn slopes(loss: impl Fn(&[f64]) -> f64, at: &[f64]) -> Vec<f64> {
        (0..at.len())
            .map(|place| {
                let moved = |by: f64| {
                    let mut copy = at.to_vec();
                    copy[place] += by;
                    loss(&copy)
                };
                (moved(1e-5) - moved(-1e-5)) / 2e-5
            })
            .collect()
    }

    fn close(gradient: &[f32], slopes: &[f64]) {
        for (found, wanted) in gradient.iter().zip(slopes) {
            assert!((f64::from(*found) - wanted).abs() < 1e-5, "{gradient:?} {slopes:?}");
        }
    }

    #[test]
    fn gradients_are_slopes_of_the_losses() {
        let given = [0.3, -1.0, 2.0, 0.1, 0.2, -0.4];
        let narrowed = || given.map(narrow);
        let targets = [1.0, 0.0, 1.0, 0.0, 0.0, 0.0];
        let mut output = narrowed();
        assert_eq!(Loss::Instances.gradient(&mut output, &Labels::Values(&targets), 3), Some(true));
        close(&output, &slopes(|scores| mil(scores, &targets), &given));
        let weights = vec![0.5, 2.0, 0.0];
        let mut output = narrowed();
        let loss = Loss::Classes { weights: weights.clone() };
        assert_eq!(loss.gradient(&mut output, &Labels::Classes(&[1, 0]), 2), Some(true));
        close(&output, &slopes(|logits| weighted_ce(logits, &[1, 0], &weights), &given));
        let mut output = narrowed();
        let squares = |values: &[f64]| {
            let errors = values.iter().zip(targets).map(|(value, target)| {
                let weight = if target > 0.5 { 3.0 } else { 1.0 };
                weight * (value - f64::from(target)).powi(2)
            });
            errors.sum::<f64>() / 6.0
        };
        let loss = Loss::Values { positive: 3.0 };
        assert_eq!(loss.gradient(&mut output, &Labels::Values(&targets), 3), Some(true));
        close(&output, &slopes(squares, &given));
    }

    #[test]
    fn a_batch_without_an_event_teaches_nothing_and_infinite_scores_are_told() {
        let none = Labels::Values(&[0.0, 0.0]);
        assert_eq!(Loss::Instances.gradient(&mut [1.0, 2.0], &none, 2), Some(false));
        assert_eq!(Loss::Instances.gradient(&mut [f32::NAN, 2.0], &none, 2), None);
        assert_eq!(Loss::Events { positive: 1.0 }.gradient(&mut [f32::NAN, 2.0], &none, 2), None);
    }
}
