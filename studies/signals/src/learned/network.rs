//! Linear layers and convolutions over time, with rectifiers and dropout between them.

use isocost_study_learn::torch::{Dropout, Gemm, Side, TorchRng, fan_in_uniform};
use isocost_study_learn::{LearnError, LearnResult};

/// Seconds that a convolution sees: the one before, this one, the next; zeros beyond the ends of the clip.
const TAPS: usize = 3;

/// What a layer sees of a clip.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sight {
    /// Each second alone.
    Second,
    /// A second with its neighbours.
    Neighbours,
}

/// One layer, or its gradient. Weights lie as in torch: `[outputs, inputs(, taps)]`.
#[derive(Debug, Clone, PartialEq)]
struct Layer {
    sight: Sight,
    width: usize,
    outputs: usize,
    weight: Vec<f32>,
    bias: Vec<f32>,
}

/// Layers in a row; a rectifier and dropout follow each but the last.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Network {
    layers: Vec<Layer>,
    dropout: f64,
    seconds: usize,
}

/// What a pass leaves for the way back.
#[derive(Debug, Clone, Default)]
pub(super) struct Trace {
    gemm: Gemm,
    /// What each layer multiplied.
    seen: Vec<Vec<f32>>,
    /// What followed each layer but the last: 0 where cut by the rectifier or dropped, else dropout's factor.
    passed: Vec<Vec<f32>>,
}

impl Network {
    /// As torch initialises it. `widths` are the widths of the inputs and of each layer's outputs.
    pub(super) fn new(
        widths: &[usize],
        sights: &[Sight],
        dropout: f64,
        seconds: usize,
        rng: &mut TorchRng,
    ) -> LearnResult<Self> {
        if widths.contains(&0) || seconds == 0 {
            return Err(LearnError::Empty { what: "each width of a network, and the seconds of a clip," });
        }
        let layers = widths.windows(2).zip(sights).map(|(widths, sight)| {
            let width = widths[0] * if *sight == Sight::Neighbours { TAPS } else { 1 };
            let outputs = widths[1];
            let (mut weight, mut bias) = (vec![0.0; width * outputs], vec![0.0; outputs]);
            fan_in_uniform(rng, width, &mut weight, &mut bias);
            Layer { sight: *sight, width, outputs, weight, bias }
        });
        Ok(Self { layers: layers.collect(), dropout, seconds })
    }

    /// All zero, of the same shape.
    pub(super) fn zeros(&self) -> Self {
        let mut zeros = self.clone();
        for layer in &mut zeros.layers {
            layer.weight.fill(0.0);
            layer.bias.fill(0.0);
        }
        zeros
    }

    /// Number of parameters.
    pub(super) fn parameters(&self) -> usize {
        self.layers.iter().map(|layer| layer.weight.len() + layer.bias.len()).sum()
    }

    /// Values of a row of its output.
    pub(super) fn outputs(&self) -> usize {
        self.layers.last().map_or(0, |layer| layer.outputs)
    }

    /// Values and gradients, tensor by tensor, for the optimiser.
    pub(super) fn tensors<'a>(&'a mut self, gradient: &'a Self) -> Vec<(&'a mut [f32], &'a [f32])> {
        let pairs = self.layers.iter_mut().zip(&gradient.layers);
        pairs
            .flat_map(|(layer, gradient)| {
                [(&mut layer.weight[..], &gradient.weight[..]), (&mut layer.bias[..], &gradient.bias[..])]
            })
            .collect()
    }

    /// The output of these rows; drops units if a generator is given.
    pub(super) fn forward(
        &self,
        input: &[f32],
        trace: &mut Trace,
        mut rng: Option<&mut TorchRng>,
    ) -> LearnResult<Vec<f32>> {
        trace.seen.clear();
        trace.passed.clear();
        let mut values = input.to_vec();
        for (at, layer) in self.layers.iter().enumerate() {
            if layer.sight == Sight::Neighbours {
                values = with_neighbours(&values, layer.width / TAPS, self.seconds);
            }
            let rows = values.len() / layer.width;
            let mut output = vec![0.0; rows * layer.outputs];
            let sizes = (rows, layer.width, layer.outputs);
            let weight = (&layer.weight[..], Side::Transposed);
            trace.gemm.multiply((&values, Side::Plain), weight, sizes, &mut output)?;
            for row in output.chunks_exact_mut(layer.outputs) {
                row.iter_mut().zip(&layer.bias).for_each(|(value, bias)| *value += bias);
            }
            trace.seen.push(values);
            if at + 1 < self.layers.len() {
                trace.passed.push(self.pass(layer, &mut output, rng.as_deref_mut()));
            }
            values = output;
        }
        Ok(values)
    }

    /// Rectifier and dropout; gives the factor of each value.
    fn pass(&self, layer: &Layer, values: &mut [f32], rng: Option<&mut TorchRng>) -> Vec<f32> {
        let mut factors = vec![1.0; values.len()];
        if let Some(mut dropout) = rng.and_then(|rng| Dropout::start(rng, self.dropout)) {
            match layer.sight {
                Sight::Second => factors.fill_with(|| dropout.next_factor()),
                // Torch holds a clip's units as rows and its seconds as columns.
                Sight::Neighbours => {
                    for clip in factors.chunks_exact_mut(self.seconds * layer.outputs) {
                        for unit in 0..layer.outputs {
                            let seconds = clip.iter_mut().skip(unit).step_by(layer.outputs);
                            seconds.for_each(|factor| *factor = dropout.next_factor());
                        }
                    }
                }
            }
        }
        for (value, factor) in values.iter_mut().zip(&mut factors) {
            *factor = if *value > 0.0 { *factor } else { 0.0 };
            *value *= *factor;
        }
        factors
    }

    /// The gradient of the parameters, from that of the output of the pass that left the trace.
    pub(super) fn backward(&self, output: &[f32], trace: &mut Trace, gradient: &mut Self) -> LearnResult<()> {
        let Trace { gemm, seen, passed } = trace;
        let mut upstream = output.to_vec();
        for (at, (layer, gradient)) in self.layers.iter().zip(&mut gradient.layers).enumerate().rev() {
            let Some(seen) = seen.get(at) else { continue };
            let rows = seen.len() / layer.width;
            let sizes = (layer.outputs, rows, layer.width);
            gemm.multiply((&upstream, Side::Transposed), (seen, Side::Plain), sizes, &mut gradient.weight)?;
            gradient.bias.fill(0.0);
            for row in upstream.chunks_exact(layer.outputs) {
                gradient.bias.iter_mut().zip(row).for_each(|(sum, value)| *sum += value);
            }
            let Some(factors) = at.checked_sub(1).and_then(|before| passed.get(before)) else { continue };
            let mut below = vec![0.0; seen.len()];
            let sizes = (rows, layer.outputs, layer.width);
            gemm.multiply((&upstream, Side::Plain), (&layer.weight, Side::Plain), sizes, &mut below)?;
            if layer.sight == Sight::Neighbours {
                below = without_neighbours(&below, layer.width / TAPS, self.seconds);
            }
            below.iter_mut().zip(factors).for_each(|(value, factor)| *value *= factor);
            upstream = below;
        }
        Ok(())
    }
}

/// Each row's values with those of the row before and after, feature by feature: `[x₀(t−1), x₀(t), x₀(t+1), x₁(t−1), …]`.
fn with_neighbours(values: &[f32], width: usize, seconds: usize) -> Vec<f32> {
    let mut wide = vec![0.0; values.len() * TAPS];
    let clips = values.chunks_exact(width * seconds).zip(wide.chunks_exact_mut(width * TAPS * seconds));
    for (clip, wide) in clips {
        for (second, row) in wide.chunks_exact_mut(width * TAPS).enumerate() {
            for tap in 0..TAPS {
                let from =
                    (second + tap).checked_sub(1).and_then(|from| clip.get(from * width..(from + 1) * width));
                for (slot, value) in row.iter_mut().skip(tap).step_by(TAPS).zip(from.unwrap_or_default()) {
                    *slot = *value;
                }
            }
        }
    }
    wide
}

/// The transpose of [`with_neighbours`].
fn without_neighbours(wide: &[f32], width: usize, seconds: usize) -> Vec<f32> {
    let mut values = vec![0.0; wide.len() / TAPS];
    let clips = values.chunks_exact_mut(width * seconds).zip(wide.chunks_exact(width * TAPS * seconds));
    for (clip, wide) in clips {
        for (second, row) in wide.chunks_exact(width * TAPS).enumerate() {
            for tap in 0..TAPS {
                let to =
                    (second + tap).checked_sub(1).and_then(|to| clip.get_mut(to * width..(to + 1) * width));
                for (slot, value) in to.unwrap_or_default().iter_mut().zip(row.iter().skip(tap).step_by(TAPS))
                {
                    *slot += value;
                }
            }
        }
    }
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_gradient_is_the_slope_in_every_parameter() {
        let nets: [(&[usize], &[Sight]); 3] = [
            (&[3, 2], &[Sight::Second]),
            (&[3, 5, 2], &[Sight::Second, Sight::Second]),
            (&[3, 4, 5, 1], &[Sight::Neighbours, Sight::Neighbours, Sight::Second]),
        ];
        for (widths, sights) in nets {
            let mut rng = TorchRng::new(3);
            let mut net = Network::new(widths, sights, 0.0, 4, &mut rng).unwrap();
            let input: Vec<f32> = (0..24).map(|_| rng.uniform(-1.0, 1.0)).collect();
            let mut trace = Trace::default();
            let mut gradient = net.zeros();
            let output = net.forward(&input, &mut trace, None).unwrap();
            // The loss is half the sum of squares, so the output is its own gradient.
            net.backward(&output, &mut trace, &mut gradient).unwrap();
            let loss = |net: &Network| {
                let output = net.forward(&input, &mut Trace::default(), None).unwrap();
                output.iter().map(|value| f64::from(value * value) / 2.0).sum::<f64>()
            };
            for tensor in 0..net.tensors(&gradient).len() {
                for at in 0..net.tensors(&gradient)[tensor].1.len() {
                    let wanted = f64::from(net.tensors(&gradient)[tensor].1[at]);
                    let mut moved = |by: f32| {
                        net.tensors(&gradient)[tensor].0[at] += by;
                        let loss = loss(&net);
                        net.tensors(&gradient)[tensor].0[at] -= by;
                        loss
                    };
                    let slope = (moved(1e-3) - moved(-1e-3)) / 2e-3;
                    assert!((slope - wanted).abs() < 5e-3, "{widths:?} {tensor} {at}: {slope} {wanted}");
                }
            }
        }
    }
}
