//! Reading sound from media files.

mod error;
mod wav;

pub use error::{MediaError, MediaResult};
pub use wav::{wav_bytes, wav_pcm16};

#[cfg(test)]
mod tests;
