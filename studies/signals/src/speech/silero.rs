//! The network: short-time spectrum, four convolutions, an LSTM cell, one output.

use super::layers::{Cell, Convolution, Memory, sigmoid};
use super::onnx::Weights;
use super::{ModelError, ModelResult};
use crate::audio::{SampleRate, Waveform};
use crate::error::SignalResult;
use crate::numeric::dot_lanes;

/// Samples of one decision: 32 ms.
pub const CHUNK: usize = 512;
/// Samples of the chunk before that are looked at again.
const CONTEXT: usize = 64;
/// Samples that are mirrored at the end of a chunk.
const MIRRORED: usize = 64;
/// Samples of a spectrum, and from one to the next.
const WINDOW: usize = 256;
const HOP: usize = 128;
/// Frequencies of a spectrum.
const BINS: usize = WINDOW / 2 + 1;
/// Width of the memory.
const WIDTH: usize = 128;

/// The model at 16 kHz.
pub struct Silero {
    spectrum: Vec<f32>,
    convolutions: [Convolution; 4],
    cell: Cell,
    weight: Vec<f32>,
    bias: f32,
}

impl std::fmt::Debug for Silero {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Silero").finish_non_exhaustive()
    }
}

impl Silero {
    /// Reads the bytes of `silero_vad_16k_op15.onnx`.
    pub fn from_onnx(bytes: &[u8]) -> ModelResult<Self> {
        let file = Weights::parse(bytes)?;
        let convolution = |names, sizes, stride| Convolution::read(&file, names, sizes, stride);
        let bias = file.tensor("model.decoder.decoder.2.bias", &[1])?;
        Ok(Self {
            spectrum: file.tensor("model.stft.forward_basis_buffer", &[2 * BINS, 1, WINDOW])?,
            convolutions: [
                convolution(
                    ("model.encoder.0.reparam_conv.weight", "model.encoder.0.reparam_conv.bias"),
                    (BINS, 128),
                    1,
                )?,
                convolution(
                    ("model.encoder.1.reparam_conv.weight", "model.encoder.1.reparam_conv.bias"),
                    (128, 64),
                    2,
                )?,
                convolution(
                    ("model.encoder.2.reparam_conv.weight", "model.encoder.2.reparam_conv.bias"),
                    (64, 64),
                    2,
                )?,
                convolution(
                    ("model.encoder.3.reparam_conv.weight", "model.encoder.3.reparam_conv.bias"),
                    (64, WIDTH),
                    1,
                )?,
            ],
            cell: Cell::read(&file, WIDTH)?,
            weight: file.tensor("model.decoder.decoder.2.weight", &[1, WIDTH, 1])?,
            bias: bias.first().copied().ok_or(ModelError::NotOnnx("its last bias is empty"))?,
        })
    }

    /// Probability of speech in each chunk of 512 samples, the last one filled up with silence. The sound must be at 16 kHz.
    pub fn probabilities(&self, wave: &Waveform) -> SignalResult<Vec<f32>> {
        wave.rate().expect("the speech model", SampleRate::SPEECH)?;
        let mut memory = Memory::new(WIDTH);
        let mut context = vec![0.0; CONTEXT];
        let probabilities = wave.samples().chunks(CHUNK).map(|chunk| {
            let mut samples = context.clone();
            samples.extend_from_slice(chunk);
            samples.resize(CONTEXT + CHUNK, 0.0);
            context = samples.get(CHUNK..).unwrap_or_default().to_vec();
            self.probability(samples, &mut memory)
        });
        Ok(probabilities.collect())
    }

    fn probability(&self, mut samples: Vec<f32>, memory: &mut Memory) -> f32 {
        // The last sample itself is not repeated.
        let mirrored: Vec<f32> = samples.iter().rev().skip(1).take(MIRRORED).copied().collect();
        samples.extend(mirrored);
        let (mut values, mut steps) = self.spectra(&samples);
        for convolution in &self.convolutions {
            (values, steps) = convolution.apply(&values, steps);
        }
        self.cell.step(&values, memory);
        let rectified: Vec<f32> = memory.hidden.iter().map(|value| value.max(0.0)).collect();
        sigmoid(dot_lanes(&self.weight, &rectified) + self.bias)
    }

    /// Strength of each frequency in each window, frequency by frequency; and the number of windows.
    fn spectra(&self, samples: &[f32]) -> (Vec<f32>, usize) {
        let windows: Vec<&[f32]> = samples.windows(WINDOW).step_by(HOP).collect();
        let (real, imaginary) = self.spectrum.split_at(self.spectrum.len() / 2);
        let strengths =
            real.chunks_exact(WINDOW).zip(imaginary.chunks_exact(WINDOW)).flat_map(|(real, imaginary)| {
                windows.iter().map(move |window| {
                    let (x, y) = (dot_lanes(real, window), dot_lanes(imaginary, window));
                    (x * x + y * y).sqrt()
                })
            });
        (strengths.collect(), windows.len())
    }
}
