//! WAV, FLAC, MP3, AAC (also in MP4) and Ogg Vorbis by the `symphonia` decoders.

use std::io::Cursor;

use symphonia::core::audio::GenericAudioBufferRef;
use symphonia::core::codecs::audio::{AudioDecoder, AudioDecoderOptions};
use symphonia::core::errors::Error;
use symphonia::core::formats::probe::Hint;
use symphonia::core::formats::{FormatOptions, FormatReader, TrackType};
use symphonia::core::io::{MediaSourceStream, MediaSourceStreamOptions};
use symphonia::core::meta::MetadataOptions;

use super::{MediaError, MediaResult};
use crate::audio::{SampleRate, Waveform};
use crate::numeric::narrow;

/// Decodes the first audio track, at its own rate; channels are averaged in double precision. `extension` helps to tell
/// formats apart that look alike, and may be empty.
///
/// Delay and padding that an encoder declares are cut off for MP3, FLAC and Vorbis; AAC keeps its first 1024 or 2112
/// samples of delay. Bytes that cannot be decoded, and fewer samples than declared, are errors.
pub fn decode_audio(bytes: Vec<u8>, extension: &str) -> MediaResult<Waveform> {
    let mut hint = Hint::new();
    if !extension.is_empty() {
        hint.with_extension(extension);
    }
    let source = MediaSourceStream::new(Box::new(Cursor::new(bytes)), MediaSourceStreamOptions::default());
    let mut reader = symphonia::default::get_probe()
        .probe(&hint, source, FormatOptions::default(), MetadataOptions::default())
        .map_err(|error| unsupported(&error))?;
    let track = reader.default_track(TrackType::Audio).ok_or(MediaError::NoSound)?;
    let parameters = track
        .codec_params
        .as_ref()
        .and_then(|parameters| parameters.audio())
        .ok_or_else(|| MediaError::Unsupported { reason: "its encoding is not declared".to_owned() })?;
    let (track, promised) = (track.id, track.num_frames);
    let decoder = symphonia::default::get_codecs()
        .make_audio_decoder(parameters, &AudioDecoderOptions::default())
        .map_err(|error| unsupported(&error))?;
    let mut sound = Sound { samples: Vec::new(), rate: None };
    decode_track(&mut *reader, decoder, track, &mut sound)?;
    sound.finished(promised)
}

fn unsupported(error: &Error) -> MediaError {
    MediaError::Unsupported { reason: error.to_string() }
}

/// What was decoded so far.
struct Sound {
    samples: Vec<f32>,
    rate: Option<u32>,
}

fn decode_track(
    reader: &mut dyn FormatReader,
    mut decoder: Box<dyn AudioDecoder>,
    track: u32,
    sound: &mut Sound,
) -> MediaResult<()> {
    let mut interleaved = Vec::new();
    while let Some(packet) = reader.next_packet().map_err(|error| sound.damaged(&error))? {
        if packet.track_id == track {
            let decoded = decoder.decode(&packet).map_err(|error| sound.damaged(&error))?;
            sound.add(&decoded, &mut interleaved)?;
        }
    }
    Ok(())
}

impl Sound {
    fn add(&mut self, decoded: &GenericAudioBufferRef<'_>, interleaved: &mut Vec<f32>) -> MediaResult<()> {
        let rate = decoded.spec().rate();
        if self.rate.is_some_and(|held| held != rate) {
            return Err(MediaError::Unsupported { reason: "its sample rate changes midway".to_owned() });
        }
        self.rate = Some(rate);
        decoded.copy_to_vec_interleaved(interleaved);
        let channels = decoded.num_planes().max(1);
        self.samples.extend(interleaved.chunks_exact(channels).map(mean));
        Ok(())
    }

    fn damaged(&self, error: &Error) -> MediaError {
        let seconds = self.samples.len() as f64 / f64::from(self.rate.unwrap_or(1).max(1));
        MediaError::Damaged { seconds, reason: error.to_string() }
    }

    fn finished(self, promised: Option<u64>) -> MediaResult<Waveform> {
        let found = self.samples.len() as u64;
        if let Some(wanted) = promised.filter(|wanted| found < *wanted && self.lacks(*wanted)) {
            return Err(MediaError::Truncated { found, wanted, unit: "samples" });
        }
        match self.rate {
            Some(rate) if found > 0 => Ok(Waveform::new(self.samples, SampleRate::new(rate)?)?),
            _ => Err(MediaError::NoSound),
        }
    }

    /// Formats that count whole packets promise up to a few packets too many; a cut-off file lacks more.
    fn lacks(&self, wanted: u64) -> bool {
        const SLACK: u64 = 4096;
        wanted - self.samples.len() as u64 > SLACK
    }
}

fn mean(channels: &[f32]) -> f32 {
    narrow(channels.iter().copied().map(f64::from).sum::<f64>() / channels.len() as f64)
}
