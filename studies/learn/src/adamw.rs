//! Adam with decoupled weight decay.

use crate::LearnResult;
use crate::error::same;

/// Whether weight decay shrinks a tensor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decay {
    /// Shrink it.
    Apply,
    /// Leave it, as is usual for biases.
    Skip,
}

/// One tensor of parameters with its gradient.
#[derive(Debug)]
pub struct Tensor<'a> {
    /// The parameters.
    pub values: &'a mut [f64],
    /// Their gradient, of the same length.
    pub gradient: &'a [f64],
    /// Whether it decays.
    pub decay: Decay,
}

/// Settings of the optimiser. The default is that of the paper with a decay of 0.01; with decay 0 it is plain Adam.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AdamWConfig {
    /// Decay rate of the mean of gradients.
    pub beta1: f64,
    /// Decay rate of the mean of squared gradients.
    pub beta2: f64,
    /// Added to the root of the squared mean.
    pub epsilon: f64,
    /// Share of a weight that is taken off per unit of learning rate.
    pub weight_decay: f64,
}

impl Default for AdamWConfig {
    fn default() -> Self {
        Self { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weight_decay: 0.01 }
    }
}

/// The optimiser's state: two moments per parameter.
///
/// Source: I. Loshchilov and F. Hutter, "Decoupled Weight Decay Regularization", ICLR 2019, algorithm 2.
#[derive(Debug, Clone)]
pub struct AdamW {
    config: AdamWConfig,
    /// `beta1` and `beta2` to the number of steps made; running products, because powers differ between machines.
    powers: (f64, f64),
    moments: Vec<Vec<Moments>>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Moments {
    first: f64,
    second: f64,
}

impl AdamW {
    /// A fresh state; the first step fixes the tensors' number and lengths.
    pub const fn new(config: AdamWConfig) -> Self {
        Self { config, powers: (1.0, 1.0), moments: Vec::new() }
    }

    /// One step at a learning rate. Errors if the tensors are not those of the first step.
    pub fn step(&mut self, learning_rate: f64, mut tensors: Vec<Tensor<'_>>) -> LearnResult<()> {
        if self.moments.is_empty() {
            self.moments =
                tensors.iter().map(|tensor| vec![Moments::default(); tensor.values.len()]).collect();
        }
        same("number of tensors", self.moments.len(), tensors.len())?;
        for (moments, tensor) in self.moments.iter().zip(&tensors) {
            same("parameters of the tensor", moments.len(), tensor.values.len())?;
            same("gradients of the tensor", moments.len(), tensor.gradient.len())?;
        }
        self.powers = (self.powers.0 * self.config.beta1, self.powers.1 * self.config.beta2);
        let moments = &mut self.moments;
        for (moments, tensor) in moments.iter_mut().zip(&mut tensors) {
            update(self.config, self.powers, learning_rate, moments, tensor);
        }
        Ok(())
    }
}

fn update(
    config: AdamWConfig,
    powers: (f64, f64),
    rate: f64,
    moments: &mut [Moments],
    tensor: &mut Tensor<'_>,
) {
    let AdamWConfig { beta1, beta2, epsilon, weight_decay } = config;
    let shrink = match tensor.decay {
        Decay::Apply => 1.0 - rate * weight_decay,
        Decay::Skip => 1.0,
    };
    for ((value, gradient), moment) in tensor.values.iter_mut().zip(tensor.gradient).zip(moments) {
        moment.first = beta1 * moment.first + (1.0 - beta1) * gradient;
        moment.second = beta2 * moment.second + (1.0 - beta2) * gradient * gradient;
        let (mean, square) = (moment.first / (1.0 - powers.0), moment.second / (1.0 - powers.1));
        *value = *value * shrink - rate * mean / (square.sqrt() + epsilon);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_step_moves_each_parameter_by_the_learning_rate_against_its_gradient() {
        let config = AdamWConfig { weight_decay: 0.0, ..AdamWConfig::default() };
        let (mut values, gradient) = ([1.0, 1.0, 1.0], [3.0, -0.002, 0.0]);
        let tensor = Tensor { values: &mut values, gradient: &gradient, decay: Decay::Apply };
        AdamW::new(config).step(0.1, vec![tensor]).unwrap();
        assert!((values[0] - 0.9).abs() < 1e-8 && (values[1] - 1.1).abs() < 1e-6, "{values:?}");
        assert_eq!(values.last(), Some(&1.0));
    }

    #[test]
    fn decay_shrinks_weights_without_passing_through_the_moments_and_spares_biases() {
        let mut optimiser = AdamW::new(AdamWConfig { weight_decay: 0.5, ..AdamWConfig::default() });
        let (mut weight, mut bias) = ([2.0], [2.0]);
        for _ in 0..2 {
            let tensors = vec![
                Tensor { values: &mut weight, gradient: &[0.0], decay: Decay::Apply },
                Tensor { values: &mut bias, gradient: &[0.0], decay: Decay::Skip },
            ];
            optimiser.step(0.1, tensors).unwrap();
        }
        assert!((weight[0] - 2.0 * 0.95 * 0.95).abs() < 1e-15, "{weight:?}");
        assert_eq!(bias.first(), Some(&2.0));
    }

    #[test]
    fn tensors_other_than_those_of_the_first_step_are_an_error() {
        let mut optimiser = AdamW::new(AdamWConfig::default());
        let mut values = [0.0, 0.0];
        let mut step = |length: usize| {
            let tensor =
                Tensor { values: &mut values[..length], gradient: &[1.0, 1.0][..length], decay: Decay::Skip };
            optimiser.step(0.1, vec![tensor])
        };
        step(2).unwrap();
        assert!(step(1).is_err());
    }
}
