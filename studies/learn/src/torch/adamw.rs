//! `AdamW` in single precision.

use crate::LearnResult;
use crate::error::same;

const BETA1: f64 = 0.9;
const BETA2: f64 = 0.999;
const EPSILON: f32 = 1e-8;

/// How fast to learn and to forget.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AdamRates {
    /// Learning rate.
    pub learning: f64,
    /// Decoupled weight decay, for biases too. `PyTorch`'s default is 0.01.
    pub decay: f64,
}

/// The state of `torch.optim.AdamW` for tensors laid end to end. The scalars of a step are double precision, the tensors single.
#[derive(Debug, Clone)]
pub struct Adam {
    rates: AdamRates,
    steps: u32,
    first: Vec<f32>,
    second: Vec<f32>,
}

/// The scalars of one step.
#[derive(Clone, Copy)]
struct Scalars {
    forget: f32,
    step: f32,
    root: f32,
    weight1: f32,
    beta2: f32,
    weight2: f32,
}

impl Adam {
    /// A fresh state for that many parameters.
    pub fn new(rates: AdamRates, parameters: usize) -> Self {
        Self { rates, steps: 0, first: vec![0.0; parameters], second: vec![0.0; parameters] }
    }

    /// One step. `tensors` are pairs of values and gradients, the same ones each time.
    pub fn step(&mut self, tensors: &mut [(&mut [f32], &[f32])]) -> LearnResult<()> {
        let total = tensors.iter().map(|(values, _)| values.len()).sum();
        same("parameters of the optimiser", self.first.len(), total)?;
        self.steps = self.steps.saturating_add(1);
        let scalars = self.scalars();
        let mut start = 0;
        for (values, gradient) in tensors {
            same("gradients of the tensor", values.len(), gradient.len())?;
            let end = start + values.len();
            if let (Some(first), Some(second)) =
                (self.first.get_mut(start..end), self.second.get_mut(start..end))
            {
                update(scalars, values, gradient, first, second);
            }
            start = end;
        }
        Ok(())
    }

    #[expect(clippy::cast_possible_truncation, reason = "torch rounds its scalars to the tensors' precision")]
    fn scalars(&self) -> Scalars {
        let power = f64::from(self.steps);
        let (left1, left2) = (1.0 - libm::pow(BETA1, power), 1.0 - libm::pow(BETA2, power));
        Scalars {
            forget: (self.rates.learning * self.rates.decay) as f32,
            step: (self.rates.learning / left1) as f32,
            root: left2.sqrt() as f32,
            weight1: (1.0 - BETA1) as f32,
            beta2: BETA2 as f32,
            weight2: (1.0 - BETA2) as f32,
        }
    }
}

fn update(scalars: Scalars, values: &mut [f32], gradient: &[f32], first: &mut [f32], second: &mut [f32]) {
    let Scalars { forget, step, root, weight1, beta2, weight2 } = scalars;
    for (((value, g), m), v) in values.iter_mut().zip(gradient).zip(first).zip(second) {
        *m += weight1 * (g - *m);
        *v = *v * beta2 + weight2 * g * g;
        // Not times one minus it: in single precision that rounds the decay itself, and scores move by 3e-4.
        let kept = *value - forget * *value;
        *value = kept - step * *m / (v.sqrt() / root + EPSILON);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_step_moves_each_parameter_by_the_learning_rate_and_decay_hits_all() {
        let (mut a, mut b) = ([1.0_f32, 1.0], [2.0_f32]);
        let mut adam = Adam::new(AdamRates { learning: 0.1, decay: 0.5 }, 3);
        adam.step(&mut [(&mut a, &[3.0, -0.002]), (&mut b, &[0.0])]).unwrap();
        assert!((a[0] - 0.85).abs() < 1e-6 && (a[1] - 1.05).abs() < 2e-6, "{a:?}");
        assert!((b[0] - 1.9).abs() < 1e-6, "{b:?}");
    }

    #[test]
    fn other_tensors_than_before_are_refused() {
        let mut adam = Adam::new(AdamRates { learning: 0.1, decay: 0.0 }, 2);
        let mut values = [0.0_f32];
        assert!(adam.step(&mut [(&mut values, &[1.0])]).is_err());
    }
}
