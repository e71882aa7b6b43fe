//! Scores and features from sound.

mod basic;
mod energy;
mod pool;
mod stride;
mod waveform;

pub use basic::{BASIC_FEATURES, BasicAudio};
pub use energy::{energy, energy_change};
pub use pool::stride_max_pool;
pub use stride::{Strides, strongest_stride};
pub use waveform::{SampleRate, Waveform};

#[cfg(test)]
mod tests;
