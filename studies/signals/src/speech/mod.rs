//! Where somebody speaks: the Silero voice activity model, run natively.
//!
//! The weights are those of the ONNX model that the Python package `silero-vad` carries
//! (`silero_vad/data/silero_vad_16k_op15.onnx`, MIT licence); they are not part of this crate. The network is written down from that
//! package's `tinygrad_model.py`. Its `.safetensors` file is not read: in version 6.2.3 it holds the weights of another training.

mod error;
mod layers;
mod onnx;
mod share;
mod silero;

pub use error::{ModelError, ModelResult};
pub use share::speech_share;
pub use silero::{CHUNK, Silero};

#[cfg(test)]
mod tests;
