//! Networks of affine layers with rectifiers between them.

use crate::adamw::{Decay, Tensor};
use crate::error::{LearnError, same};
use crate::loss::cross_entropy;
use crate::{Dense, LearnResult, Matrix, Stream};

/// Affine layers with `max(0, x)` between them; one layer alone is multinomial logistic regression.
/// Also holds a gradient of that shape.
#[derive(Debug, Clone, PartialEq)]
pub struct Mlp {
    layers: Vec<Dense>,
}

impl Mlp {
    /// A network with these widths from input to classes, such as `[64, 32, 10]`; weights as in [`Dense::he_uniform`].
    ///
    /// Errors for fewer than two widths or a width of 0.
    pub fn new(widths: &[usize], stream: &mut Stream) -> LearnResult<Self> {
        Self::build(widths, |inputs, outputs| Dense::he_uniform(inputs, outputs, stream))
    }

    fn build(
        widths: &[usize],
        mut layer: impl FnMut(usize, usize) -> LearnResult<Dense>,
    ) -> LearnResult<Self> {
        let layers = widths
            .windows(2)
            .filter_map(|pair| if let [inputs, outputs] = pair { Some((*inputs, *outputs)) } else { None })
            .map(|(inputs, outputs)| layer(inputs, outputs))
            .collect::<LearnResult<Vec<_>>>()?;
        if layers.is_empty() {
            Err(LearnError::Empty { what: "the number of layers" })
        } else {
            Ok(Self { layers })
        }
    }

    fn zeros_like(&self) -> LearnResult<Self> {
        let layers = self
            .layers
            .iter()
            .map(|layer| Dense::zeros(layer.inputs(), layer.outputs()))
            .collect::<Result<_, _>>()?;
        Ok(Self { layers })
    }

    /// The layers from input to classes.
    pub fn layers(&self) -> &[Dense] {
        &self.layers
    }

    /// Number of classes.
    pub fn classes(&self) -> usize {
        self.layers.last().map_or(0, Dense::outputs)
    }

    /// One row of logits per row of features.
    pub fn logits(&self, features: &Matrix) -> LearnResult<Matrix> {
        Ok(self.activations(features)?.1)
    }

    /// The rectified output of each layer but the last, and the logits.
    fn activations(&self, features: &Matrix) -> LearnResult<(Vec<Matrix>, Matrix)> {
        let mut hidden: Vec<Matrix> = Vec::with_capacity(self.layers.len());
        let mut output = None;
        for layer in &self.layers {
            if let Some(previous) = output.take() {
                hidden.push(rectified(previous));
            }
            output = Some(layer.forward(hidden.last().unwrap_or(features))?);
        }
        output.map(|logits| (hidden, logits)).ok_or(LearnError::Empty { what: "the number of layers" })
    }

    /// Mean cross-entropy in nats over the examples, and its gradient.
    pub fn loss_and_gradient(&self, features: &Matrix, labels: &[usize]) -> LearnResult<(f64, Self)> {
        let (hidden, logits) = self.activations(features)?;
        let (loss, mut upstream) = cross_entropy(&logits, labels)?;
        let mut gradient = self.zeros_like()?;
        for (depth, (layer, slot)) in self.layers.iter().zip(&mut gradient.layers).enumerate().rev() {
            let below = depth.checked_sub(1).and_then(|below| hidden.get(below));
            layer.accumulate(below.unwrap_or(features), &upstream, slot)?;
            if let Some(activation) = below {
                upstream = layer.input_gradient(&upstream)?;
                stop_where_rectified(&mut upstream, activation)?;
            }
        }
        Ok((loss, gradient))
    }

    /// The parameters with their gradient, tensor by tensor; weights decay, biases do not.
    pub fn tensors<'a>(&'a mut self, gradient: &'a Self) -> Vec<Tensor<'a>> {
        let mut tensors = Vec::with_capacity(2 * self.layers.len());
        for (layer, gradient) in self.layers.iter_mut().zip(&gradient.layers) {
            let (weight, bias) = layer.parts_mut();
            tensors.push(Tensor {
                values: weight,
                gradient: gradient.weight().values(),
                decay: Decay::Apply,
            });
            tensors.push(Tensor { values: bias, gradient: gradient.bias(), decay: Decay::Skip });
        }
        tensors
    }
}

fn rectified(mut matrix: Matrix) -> Matrix {
    // A NaN stays a NaN: a diverged network must not look healthy.
    for value in matrix.values_mut() {
        if *value < 0.0 {
            *value = 0.0;
        }
    }
    matrix
}

fn stop_where_rectified(upstream: &mut Matrix, activation: &Matrix) -> LearnResult<()> {
    same("values of the hidden layer", activation.values().len(), upstream.values().len())?;
    for (slot, value) in upstream.values_mut().iter_mut().zip(activation.values()) {
        if *value <= 0.0 {
            *slot = 0.0;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Seed;

    fn example() -> (Mlp, Matrix, Vec<usize>) {
        let mut stream = Stream::new(Seed(11), "gradient check");
        let mut model = Mlp::new(&[4, 7, 5, 3], &mut stream).unwrap();
        for layer in &mut model.layers {
            layer.parts_mut().1.fill_with(|| stream.symmetric(0.5));
        }
        let features = Matrix::from_values(4, (0..24).map(|_| stream.symmetric(1.0)).collect()).unwrap();
        (model, features, vec![0, 2, 1, 2, 0, 1])
    }

    #[test]
    fn the_gradient_agrees_with_finite_differences_in_every_parameter() {
        let (model, features, labels) = example();
        let (_, gradient) = model.loss_and_gradient(&features, &labels).unwrap();
        let (step, mut checked) = (1e-6, 0);
        for depth in 0..model.layers.len() {
            for part in 0..2 {
                let analytic = if part == 0 {
                    gradient.layers[depth].weight().values()
                } else {
                    gradient.layers[depth].bias()
                };
                for (index, analytic) in analytic.iter().enumerate() {
                    let moved = |by: f64| {
                        let mut model = model.clone();
                        let (weight, bias) = model.layers[depth].parts_mut();
                        (if part == 0 { weight } else { bias })[index] += by;
                        model.loss_and_gradient(&features, &labels).unwrap().0
                    };
                    let numeric = (moved(step) - moved(-step)) / (2.0 * step);
                    assert!((numeric - analytic).abs() < 1e-8, "layer {depth} {index}: {numeric} {analytic}");
                    checked += 1;
                }
            }
        }
        assert_eq!(checked, 4 * 7 + 7 + 7 * 5 + 5 + 5 * 3 + 3);
    }

    #[test]
    fn logits_of_a_row_do_not_depend_on_the_other_rows() {
        let (model, features, _) = example();
        let together = model.logits(&features).unwrap();
        for index in 0..features.rows() {
            let alone = model.logits(&features.select(&[index]).unwrap()).unwrap();
            assert_eq!(alone.values(), together.row(index).unwrap());
        }
    }

    #[test]
    fn a_network_without_layers_is_an_error() {
        assert!(Mlp::new(&[4], &mut Stream::new(Seed(0), "init")).is_err());
        assert!(Mlp::new(&[4, 0], &mut Stream::new(Seed(0), "init")).is_err());
    }
}
