//! WAV files of 16-bit PCM, to the last bit as the reference reads them.
//!
//! Source: `listen_core` section 3.2, `listen_qa` section 2.8.

use super::{MediaError, MediaResult};
use crate::audio::{SampleRate, Waveform};
use crate::numeric::narrow;

/// Format tag of PCM.
const PCM: u16 = 1;
/// Format tag of a header that names its format further down.
const EXTENSIBLE: u16 = 0xFFFE;
/// The size that a writer leaves which could not know it.
const UNKNOWN: u32 = u32::MAX;
/// Full scale of 16 bits.
const FULL_SCALE: f32 = 32768.0;

/// What the `fmt ` chunk says.
struct Format {
    channels: usize,
    rate: SampleRate,
}

/// Reads a RIFF/WAVE file of 16-bit PCM: channels are averaged as integers, in double precision, then narrowed to
/// single and divided by 32768. Another encoding, missing bytes and a file without samples are errors.
pub fn wav_pcm16(bytes: &[u8]) -> MediaResult<Waveform> {
    let body = match bytes.split_at_checked(12) {
        Some((header, body)) if header.starts_with(b"RIFF") && header.ends_with(b"WAVE") => body,
        Some(_) => return Err(MediaError::NotWav("it does not start with RIFF…WAVE")),
        None => return Err(MediaError::NotWav("it is shorter than a header")),
    };
    let mut format = None;
    let mut rest = body;
    while let Some((name, size, after)) = chunk(rest) {
        if name == *b"data" {
            let format = format.ok_or(MediaError::NotWav("its sound comes before its format"))?;
            return samples(&format, size, after);
        }
        let size = size as usize;
        let content = after.get(..size).ok_or(MediaError::NotWav("a chunk of its header is cut off"))?;
        if name == *b"fmt " {
            format = Some(read_format(content)?);
        }
        // Chunks start at even places.
        rest = after.get(size + size % 2..).unwrap_or_default();
    }
    Err(MediaError::NotWav("it has no data chunk"))
}

/// Name, size and what follows.
fn chunk(bytes: &[u8]) -> Option<([u8; 4], u32, &[u8])> {
    let (name, rest) = bytes.split_first_chunk::<4>()?;
    let (size, rest) = rest.split_first_chunk::<4>()?;
    Some((*name, u32::from_le_bytes(*size), rest))
}

fn read_format(content: &[u8]) -> MediaResult<Format> {
    let short = |at: usize| content.get(at..)?.first_chunk::<2>().map(|bytes| u16::from_le_bytes(*bytes));
    let cut = MediaError::NotWav("its format chunk is cut off");
    let long =
        content.get(4..).and_then(|rest| rest.first_chunk::<4>()).map(|bytes| u32::from_le_bytes(*bytes));
    let (Some(tag), Some(channels), Some(rate), Some(bits)) = (short(0), short(2), long, short(14)) else {
        return Err(cut);
    };
    let tag = if tag == EXTENSIBLE { short(24).ok_or(cut)? } else { tag };
    if tag != PCM || bits != 16 {
        return Err(MediaError::NotPcm16 { found: format!("{bits}-bit of format {tag:#06x}") });
    }
    if channels == 0 {
        return Err(MediaError::NotWav("it says that it has no channel"));
    }
    Ok(Format { channels: usize::from(channels), rate: SampleRate::new(rate)? })
}

fn samples(format: &Format, size: u32, content: &[u8]) -> MediaResult<Waveform> {
    let wanted = if size == UNKNOWN { content.len() } else { size as usize };
    let Some(content) = content.get(..wanted) else {
        return Err(MediaError::Truncated {
            found: content.len() as u64,
            wanted: wanted as u64,
            unit: "bytes",
        });
    };
    let frame = 2 * format.channels;
    if size != UNKNOWN && !content.len().is_multiple_of(frame) {
        let wanted = content.len().next_multiple_of(frame) as u64;
        return Err(MediaError::Truncated { found: content.len() as u64, wanted, unit: "bytes" });
    }
    let samples: Vec<f32> = content.chunks_exact(frame).map(mono).collect();
    if samples.is_empty() { Err(MediaError::NoSound) } else { Ok(Waveform::new(samples, format.rate)?) }
}

/// The mean of the channels of one moment.
fn mono(frame: &[u8]) -> f32 {
    let (channels, _) = frame.as_chunks::<2>();
    let sum: f64 = channels.iter().map(|bytes| f64::from(i16::from_le_bytes(*bytes))).sum();
    narrow(sum / channels.len() as f64) / FULL_SCALE
}

/// A WAV file of one channel in 16-bit PCM; samples are rounded half to even and cut to the range. What [`wav_pcm16`]
/// read from one channel comes back unchanged.
pub fn wav_bytes(wave: &Waveform) -> Vec<u8> {
    let rate = wave.rate().hertz();
    let data: Vec<u8> = wave.samples().iter().flat_map(|sample| quantised(*sample).to_le_bytes()).collect();
    let size = u32::try_from(data.len()).unwrap_or(UNKNOWN);
    let mut bytes = Vec::with_capacity(44 + data.len());
    bytes.extend(b"RIFF");
    bytes.extend(size.saturating_add(36).to_le_bytes());
    bytes.extend(b"WAVEfmt ");
    bytes.extend(16_u32.to_le_bytes());
    bytes.extend(PCM.to_le_bytes());
    bytes.extend(1_u16.to_le_bytes());
    bytes.extend(rate.to_le_bytes());
    bytes.extend((rate * 2).to_le_bytes());
    bytes.extend([2, 0, 16, 0]);
    bytes.extend(b"data");
    bytes.extend(size.to_le_bytes());
    bytes.extend(data);
    bytes
}

#[expect(clippy::cast_possible_truncation, reason = "the value is cut to the range of 16 bits")]
fn quantised(sample: f32) -> i16 {
    (sample * FULL_SCALE).round_ties_even().clamp(-32768.0, 32767.0) as i16
}
