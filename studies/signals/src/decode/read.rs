//! Sound of a file, whatever decodes it.

use std::path::Path;

use super::{Ffmpeg, MediaError, MediaResult, decode_audio, resampled, wav_pcm16};
use crate::audio::{SampleRate, Waveform};

/// Most bytes of a file that are taken into memory.
const LARGEST: u64 = 1 << 31;

/// What decoded a file. It belongs into a record: decoders differ in the last bits, and in how they resample.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decoder {
    /// 16-bit PCM, as the reference reads it.
    Wav,
    /// The built-in decoders.
    BuiltIn,
    /// The `ffmpeg` program.
    Ffmpeg,
}

/// Sound and what it came from.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadAudio {
    /// The sound, at the rate that was asked for.
    pub wave: Waveform,
    /// What decoded it.
    pub decoder: Decoder,
    /// The rate that the file had; the rate that was asked for where `ffmpeg` resampled.
    pub file_rate: SampleRate,
}

/// Reads a file's sound at this rate: 16-bit WAV directly, other formats by the built-in decoders, what these do not
/// know by `ffmpeg`. Every error names the file. A file that is cut off, damaged or empty is not handed on to the next decoder.
pub fn read_audio(path: &Path, rate: SampleRate) -> MediaResult<ReadAudio> {
    read_unnamed(path, rate).map_err(|error| error.at(path))
}

fn read_unnamed(path: &Path, rate: SampleRate) -> MediaResult<ReadAudio> {
    let bytes = isocost_fs::read_limited(path, LARGEST)?.ok_or(MediaError::TooLarge { limit: LARGEST })?;
    if bytes.is_empty() {
        return Err(MediaError::NoSound);
    }
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    match built_in(bytes, extension) {
        Ok((wave, decoder)) => {
            Ok(ReadAudio { wave: resampled(&wave, rate)?, decoder, file_rate: wave.rate() })
        }
        Err(error) if error.is_unknown_format() => with_ffmpeg(path, rate, &error),
        Err(error) => Err(error),
    }
}

fn built_in(bytes: Vec<u8>, extension: &str) -> MediaResult<(Waveform, Decoder)> {
    match wav_pcm16(&bytes) {
        Ok(wave) => Ok((wave, Decoder::Wav)),
        Err(error) if error.is_unknown_format() => Ok((decode_audio(bytes, extension)?, Decoder::BuiltIn)),
        Err(error) => Err(error),
    }
}

/// Says both what the built-in decoders said and that `ffmpeg` is not there.
fn with_ffmpeg(path: &Path, rate: SampleRate, first: &MediaError) -> MediaResult<ReadAudio> {
    let ffmpeg = match Ffmpeg::find() {
        Err(MediaError::NoFfmpeg) => {
            return Err(MediaError::Unsupported { reason: format!("{first}; and {}", MediaError::NoFfmpeg) });
        }
        found => found?,
    };
    Ok(ReadAudio { wave: ffmpeg.audio(path, rate)?, decoder: Decoder::Ffmpeg, file_rate: rate })
}
