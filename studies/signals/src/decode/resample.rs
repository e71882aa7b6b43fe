//! Sound at another sample rate.

use rubato::audioadapter_buffers::owned::InterleavedOwned;
use rubato::{Fft, FixedSync, Resampler, WindowFunction};

use super::{MediaError, MediaResult};
use crate::audio::{SampleRate, Waveform};

/// About how many frames are transformed at once.
const CHUNK: usize = 1024;

/// An even number of the smallest blocks that hold whole frames of both rates. Of an odd block the filter's middle lies
/// between two frames, and the sound would come half a frame late.
fn chunk(from: usize, to: usize) -> usize {
    let (mut common, mut rest) = (from, to);
    while rest > 0 {
        (common, rest) = (rest, common % rest);
    }
    let pair = 2 * (from / common.max(1));
    pair * CHUNK.div_ceil(pair)
}

/// The sound at this rate, by `rubato`'s band-limited FFT resampler; unchanged where it has it already. The length is the old
/// one times the ratio, rounded up.
pub fn resampled(wave: &Waveform, rate: SampleRate) -> MediaResult<Waveform> {
    if wave.rate() == rate {
        return Ok(wave.clone());
    }
    if wave.samples().is_empty() {
        return Ok(Waveform::new(Vec::new(), rate)?);
    }
    let (from, to) = (wave.rate().per_second(), rate.per_second());
    let failed = |reason: String| MediaError::Unsupported {
        reason: format!("{from} Hz cannot be made {to} Hz: {reason}"),
    };
    let length = wave.samples().len();
    let input =
        InterleavedOwned::new_from(wave.samples().to_vec(), 1, length).map_err(|e| failed(e.to_string()))?;
    let mut resampler = Fft::<f32>::new_custom(
        from,
        to,
        chunk(from, to),
        1,
        1,
        WindowFunction::BlackmanHarris2,
        FixedSync::Input,
    )
    .map_err(|error| failed(error.to_string()))?;
    let output = resampler.process_all(&input, length, None).map_err(|error| failed(error.to_string()))?;
    Ok(Waveform::new(output.take_data(), rate)?)
}
