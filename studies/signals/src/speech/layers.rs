//! Convolutions over time and an LSTM cell. Sequences are held second index fastest: one row per channel.

use super::ModelResult;
use super::onnx::Weights;
use crate::numeric::dot_lanes;

/// A convolution of three steps, with zeros beyond the ends, and a rectifier.
pub(super) struct Convolution {
    weight: Vec<f32>,
    bias: Vec<f32>,
    inputs: usize,
    stride: usize,
}

const TAPS: usize = 3;

impl Convolution {
    pub(super) fn read(
        file: &Weights<'_>,
        (weight, bias): (&'static str, &'static str),
        (inputs, outputs): (usize, usize),
        stride: usize,
    ) -> ModelResult<Self> {
        let weight = file.tensor(weight, &[outputs, inputs, TAPS])?;
        Ok(Self { weight, bias: file.tensor(bias, &[outputs])?, inputs, stride })
    }

    /// `input` holds `steps` values of each channel; gives the output and its number of steps.
    pub(super) fn apply(&self, input: &[f32], steps: usize) -> (Vec<f32>, usize) {
        let after = steps.div_ceil(self.stride);
        let mut output = vec![0.0; self.bias.len() * after];
        for step in 0..after {
            let window = Self::window(input, steps, step * self.stride);
            let weights = self.weight.chunks_exact(self.inputs * TAPS).zip(&self.bias);
            let slots = output.iter_mut().skip(step).step_by(after);
            for (slot, (weight, bias)) in slots.zip(weights) {
                *slot = (dot_lanes(weight, &window) + bias).max(0.0);
            }
        }
        (output, after)
    }

    /// What lies around a step, channel by channel.
    fn window(input: &[f32], steps: usize, centre: usize) -> Vec<f32> {
        let near = |row: &[f32], tap: usize| {
            (centre + tap).checked_sub(1).and_then(|at| row.get(at)).copied().unwrap_or(0.0)
        };
        input.chunks_exact(steps).flat_map(|row| [near(row, 0), near(row, 1), near(row, 2)]).collect()
    }
}

/// A long short-term memory cell, gates in the order input, forget, cell, output.
pub(super) struct Cell {
    input: Vec<f32>,
    recurrent: Vec<f32>,
    bias: Vec<f32>,
    width: usize,
}

/// What the cell remembers.
pub(super) struct Memory {
    pub(super) hidden: Vec<f32>,
    cell: Vec<f32>,
}

impl Memory {
    pub(super) fn new(width: usize) -> Self {
        Self { hidden: vec![0.0; width], cell: vec![0.0; width] }
    }
}

impl Cell {
    pub(super) fn read(file: &Weights<'_>, width: usize) -> ModelResult<Self> {
        let shape = [4 * width, width];
        let biases = (
            file.tensor("model.decoder.rnn.bias_ih", &shape[..1])?,
            file.tensor("model.decoder.rnn.bias_hh", &shape[..1])?,
        );
        Ok(Self {
            input: file.tensor("model.decoder.rnn.weight_ih", &shape)?,
            recurrent: file.tensor("model.decoder.rnn.weight_hh", &shape)?,
            bias: biases.0.iter().zip(&biases.1).map(|(a, b)| a + b).collect(),
            width,
        })
    }

    pub(super) fn step(&self, input: &[f32], memory: &mut Memory) {
        let rows = self.input.chunks_exact(self.width).zip(self.recurrent.chunks_exact(self.width));
        let gates: Vec<f32> = rows
            .zip(&self.bias)
            .map(|((from_input, from_hidden), bias)| {
                dot_lanes(from_input, input) + dot_lanes(from_hidden, &memory.hidden) + bias
            })
            .collect();
        let gate = |which: usize, unit: usize| gates.get(which * self.width + unit).copied().unwrap_or(0.0);
        for (unit, (hidden, cell)) in memory.hidden.iter_mut().zip(&mut memory.cell).enumerate() {
            *cell = sigmoid(gate(1, unit)) * *cell + sigmoid(gate(0, unit)) * libm::tanhf(gate(2, unit));
            *hidden = sigmoid(gate(3, unit)) * libm::tanhf(*cell);
        }
    }
}

pub(super) fn sigmoid(value: f32) -> f32 {
    1.0 / (1.0 + libm::expf(-value))
}
