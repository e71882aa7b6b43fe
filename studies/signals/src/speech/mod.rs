//! Where somebody speaks: the Silero voice activity model, run natively.
//!
//! The weights are those that the Python package `silero-vad` carries (`silero_vad/data/silero_vad_16k.safetensors`, MIT
//! licence); they are not part of this crate. The network is written down from that package's own `tinygrad_model.py`.

mod error;
mod layers;
mod safetensors;
mod share;
mod silero;

pub use error::{ModelError, ModelResult};
pub use share::speech_share;
pub use silero::{CHUNK, Silero};

#[cfg(test)]
mod tests;
