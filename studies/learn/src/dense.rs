//! An affine layer.

use crate::error::{LearnError, same};
use crate::{LearnResult, Matrix, Stream};

/// `y = x·W + b`, with `W` of `inputs` rows and `outputs` columns. Also holds a gradient of that shape.
#[derive(Debug, Clone, PartialEq)]
pub struct Dense {
    weight: Matrix,
    bias: Vec<f64>,
}

impl Dense {
    /// All zero. Errors if a width is 0.
    pub fn zeros(inputs: usize, outputs: usize) -> LearnResult<Self> {
        if inputs == 0 {
            return Err(LearnError::Empty { what: "the input width of a layer" });
        }
        Ok(Self { weight: Matrix::zeros(inputs, outputs)?, bias: vec![0.0; outputs] })
    }

    /// Weights uniform in `±sqrt(6 / inputs)`, bias zero: variance `2 / inputs`, which keeps the scale of activations
    /// through rectifiers (K. He et al., "Delving Deep into Rectifiers", ICCV 2015).
    pub fn he_uniform(inputs: usize, outputs: usize, stream: &mut Stream) -> LearnResult<Self> {
        let mut layer = Self::zeros(inputs, outputs)?;
        let bound = (6.0 / inputs as f64).sqrt();
        layer.weight.values_mut().fill_with(|| stream.symmetric(bound));
        Ok(layer)
    }

    /// Input width.
    pub fn inputs(&self) -> usize {
        self.weight.rows()
    }

    /// Output width.
    pub const fn outputs(&self) -> usize {
        self.weight.columns()
    }

    /// The weights, `inputs` rows by `outputs` columns.
    pub const fn weight(&self) -> &Matrix {
        &self.weight
    }

    /// The bias, one value per output.
    pub fn bias(&self) -> &[f64] {
        &self.bias
    }

    /// Weights and bias, to change.
    pub fn parts_mut(&mut self) -> (&mut [f64], &mut [f64]) {
        (self.weight.values_mut(), &mut self.bias)
    }

    /// One output row per input row.
    pub fn forward(&self, input: &Matrix) -> LearnResult<Matrix> {
        same("input width of the layer", self.inputs(), input.columns())?;
        let mut output = Matrix::zeros(input.rows(), self.outputs())?;
        for (x, y) in input.iter().zip(&mut output) {
            y.copy_from_slice(&self.bias);
            for (value, weights) in x.iter().zip(&self.weight) {
                add_scaled(y, *value, weights);
            }
        }
        Ok(output)
    }

    /// Adds the gradient of the parameters, summed over rows, to `gradient`.
    pub fn accumulate(&self, input: &Matrix, upstream: &Matrix, gradient: &mut Self) -> LearnResult<()> {
        same("input width of the layer", self.inputs(), input.columns())?;
        same("output width of the layer", self.outputs(), upstream.columns())?;
        same("rows of the upstream gradient", input.rows(), upstream.rows())?;
        same("input width of the gradient", self.inputs(), gradient.inputs())?;
        same("output width of the gradient", self.outputs(), gradient.outputs())?;
        for (x, up) in input.iter().zip(upstream) {
            for (value, row) in x.iter().zip(&mut gradient.weight) {
                add_scaled(row, *value, up);
            }
            add_scaled(&mut gradient.bias, 1.0, up);
        }
        Ok(())
    }

    /// The gradient of the inputs, one row per row of `upstream`.
    pub fn input_gradient(&self, upstream: &Matrix) -> LearnResult<Matrix> {
        same("output width of the layer", self.outputs(), upstream.columns())?;
        let mut gradient = Matrix::zeros(upstream.rows(), self.inputs())?;
        for (up, row) in upstream.iter().zip(&mut gradient) {
            for (slot, weights) in row.iter_mut().zip(&self.weight) {
                *slot = weights.iter().zip(up).map(|(weight, up)| weight * up).sum();
            }
        }
        Ok(gradient)
    }
}

fn add_scaled(target: &mut [f64], scale: f64, source: &[f64]) {
    for (slot, value) in target.iter_mut().zip(source) {
        *slot += scale * value;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Seed;

    #[test]
    fn a_layer_multiplies_by_its_weights_and_adds_its_bias() {
        let mut layer = Dense::zeros(2, 3).unwrap();
        layer.weight.values_mut().copy_from_slice(&[1.0, 2.0, 3.0, 10.0, 20.0, 30.0]);
        layer.bias.copy_from_slice(&[0.5, 0.0, -0.5]);
        let output = layer.forward(&Matrix::from_values(2, vec![1.0, 1.0, 2.0, 0.0]).unwrap()).unwrap();
        assert_eq!(output.values(), [11.5, 22.0, 32.5, 2.5, 4.0, 5.5]);
    }

    #[test]
    fn initial_weights_have_the_variance_that_rectifiers_need() {
        let layer = Dense::he_uniform(200, 100, &mut Stream::new(Seed(1), "init")).unwrap();
        let n = layer.weight.values().len() as f64;
        let mean = layer.weight.values().iter().sum::<f64>() / n;
        let variance = layer.weight.values().iter().map(|w| (w - mean).powi(2)).sum::<f64>() / n;
        assert!(mean.abs() < 0.005, "{mean}");
        assert!((variance / (2.0 / 200.0) - 1.0).abs() < 0.05, "{variance}");
        assert!(layer.bias.iter().all(|b| *b == 0.0));
    }

    #[test]
    fn an_input_of_another_width_is_an_error() {
        let layer = Dense::zeros(2, 3).unwrap();
        assert!(layer.forward(&Matrix::zeros(1, 3).unwrap()).is_err());
        assert!(Dense::zeros(0, 3).is_err());
    }
}
