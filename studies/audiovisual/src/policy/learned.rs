//! A logistic regression on a handful of features, from zero weights.

use isocost_study_learn::torch::{Adam, AdamRates, weighted_bce};

use crate::AvResult;

/// Which standard deviation scales the features.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spread {
    /// Unbiased, at least 1e-6: the clip gate. Not a number for one example.
    Sample,
    /// Of the population, 1 where it is below 1e-6: the veto.
    Population,
}

/// The fitted model.
#[derive(Debug, Clone)]
pub(super) struct Regression<const F: usize> {
    mean: [f32; F],
    scale: [f32; F],
    weight: [f32; F],
    bias: f32,
}

const STEPS: u32 = 200;
const RATES: AdamRates = AdamRates { learning: 0.05, decay: 1e-3 };

impl<const F: usize> Regression<F> {
    /// Fits on all examples at once, positives weighted by negatives over positives. Draws no random number.
    pub(super) fn fit(examples: &[([f32; F], bool)], spread: Spread) -> AvResult<Self> {
        let (mean, scale) = moments(examples, spread);
        let mut model = Self { mean, scale, weight: [0.0; F], bias: 0.0 };
        let rows: Vec<[f32; F]> = examples.iter().map(|(features, _)| model.scaled(features)).collect();
        let targets: Vec<f32> = examples.iter().map(|(_, label)| if *label { 1.0 } else { 0.0 }).collect();
        let positives = examples.iter().filter(|(_, label)| *label).count();
        let weight = (examples.len() - positives) as f32 / positives.max(1) as f32;
        let mut adam = Adam::new(RATES, F + 1);
        for _ in 0..STEPS {
            let logit = |row: &[f32; F]| dot(row, &model.weight) + model.bias;
            let mut gradient: Vec<f32> = rows.iter().map(logit).collect();
            weighted_bce(&mut gradient, &targets, weight);
            let mut slope = [0.0_f32; F];
            for (row, up) in rows.iter().zip(&gradient) {
                for (slot, value) in slope.iter_mut().zip(row) {
                    *slot += value * up;
                }
            }
            let bias_slope = [gradient.iter().sum::<f32>()];
            let mut bias = [model.bias];
            adam.step(&mut [(&mut model.weight, &slope), (&mut bias, &bias_slope)])?;
            [model.bias] = bias;
        }
        Ok(model)
    }

    /// The probability of a positive.
    pub(super) fn probability(&self, features: &[f32; F]) -> f64 {
        let row = self.scaled(features);
        let pairs = row.iter().zip(&self.weight);
        let logit = pairs.map(|(value, weight)| f64::from(*value) * f64::from(*weight)).sum::<f64>()
            + f64::from(self.bias);
        1.0 / (1.0 + libm::exp(-logit))
    }

    fn scaled(&self, features: &[f32; F]) -> [f32; F] {
        std::array::from_fn(|at| {
            let part = |values: &[f32; F]| values.get(at).copied().unwrap_or(0.0);
            (part(features) - part(&self.mean)) / part(&self.scale)
        })
    }
}

fn dot(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).fold(0.0, |sum, (a, b)| a.mul_add(*b, sum))
}

#[expect(clippy::cast_possible_truncation, reason = "the reference holds both in single precision")]
fn moments<const F: usize>(examples: &[([f32; F], bool)], spread: Spread) -> ([f32; F], [f32; F]) {
    let count = examples.len() as f64;
    let column =
        |at: usize| examples.iter().map(move |(row, _)| f64::from(row.get(at).copied().unwrap_or(0.0)));
    let mean: [f64; F] = std::array::from_fn(|at| column(at).sum::<f64>() / count);
    let scale = std::array::from_fn(|at| {
        let center = mean.get(at).copied().unwrap_or(0.0);
        let squares: f64 = column(at).map(|value| (value - center) * (value - center)).sum();
        match spread {
            Spread::Sample => {
                let deviation = (squares / (count - 1.0)).sqrt() as f32;
                if deviation < 1e-6 { 1e-6 } else { deviation }
            }
            Spread::Population => {
                let deviation = (squares / count).sqrt() as f32;
                if deviation < 1e-6 { 1.0 } else { deviation }
            }
        }
    });
    (mean.map(|value| value as f32), scale)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feature_that_tells_the_classes_apart_is_found() {
        let examples: Vec<([f32; 2], bool)> =
            (0_u8..40).map(|at| ([f32::from(at % 7), f32::from(at)], at >= 20)).collect();
        for spread in [Spread::Sample, Spread::Population] {
            let model = Regression::fit(&examples, spread).unwrap();
            assert!(model.probability(&[3.0, 0.0]) < 0.1);
            assert!(model.probability(&[3.0, 39.0]) > 0.9);
        }
    }

    #[test]
    fn positives_alone_weigh_nothing_and_leave_one_half() {
        let model = Regression::fit(&[([1.0_f32], true), ([2.0], true)], Spread::Sample).unwrap();
        assert!((model.probability(&[9.0]) - 0.5).abs() < f64::EPSILON);
    }
}
