//! Reading sound, and frames, from media files: the one part of this crate that touches files and starts a program.

mod error;
mod ffmpeg;
mod media;
mod read;
mod resample;
mod wav;

pub use error::{MediaError, MediaResult};
pub use ffmpeg::{Ffmpeg, FrameRequest};
pub use media::decode_audio;
pub use read::{Decoder, ReadAudio, read_audio};
pub use resample::resampled;
pub use wav::{wav_bytes, wav_pcm16};

#[cfg(test)]
mod tests;
