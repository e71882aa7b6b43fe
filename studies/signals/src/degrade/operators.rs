//! Three ways to spoil sound; each keeps its length.

use isocost_stats::generators::numpy::Generator;
use isocost_study_budget::anchors::mean_f32;

use crate::audio::Waveform;
use crate::error::{SignalError, SignalResult};
use crate::numeric::{count, narrow};

/// Moved to later by this many seconds, to earlier where negative; what becomes empty is silence.
pub fn shifted(wave: &Waveform, seconds: f64) -> SignalResult<Waveform> {
    let samples = wave.samples();
    let by = count((seconds.abs() * f64::from(wave.rate().hertz())).round_ties_even())
        .ok_or(SignalError::BadSetting {
            what: "the shift",
            value: seconds,
            range: "finite and below a year",
        })?
        .min(samples.len());
    let silence = std::iter::repeat_n(0.0, by);
    let moved = if seconds >= 0.0 {
        silence.chain(samples.iter().copied().take(samples.len() - by)).collect()
    } else {
        samples.iter().copied().skip(by).chain(silence).collect()
    };
    Ok(Waveform::of_finite(moved, wave.rate()))
}

/// With Gaussian noise `snr_db` below the sound: its strength is `√(mean of squares + 1e-12) / 10^(snr / 20)`, in
/// single precision. One normal draw per sample.
pub fn noised(wave: &Waveform, snr_db: f64, draws: &mut Generator) -> SignalResult<Waveform> {
    let bad = SignalError::BadSetting {
        what: "the signal-to-noise ratio",
        value: snr_db,
        range: "from −300 to 300 dB",
    };
    if !(-300.0..=300.0).contains(&snr_db) {
        return Err(bad);
    }
    if wave.samples().is_empty() {
        return Ok(wave.clone());
    }
    let squares: Vec<f32> = wave.samples().iter().map(|sample| sample * sample).collect();
    let strength = (mean_f32(&squares) + narrow(1e-12)).sqrt() / narrow(libm::pow(10.0, snr_db / 20.0));
    let noise = |sample: &f32| sample + narrow(draws.standard_normal()) * strength;
    Waveform::new(wave.samples().iter().map(noise).collect(), wave.rate()).map_err(|_| bad)
}

/// With one stretch set to zero, `max(1, round(share · length))` samples at a uniform place; a share of 0 or less cuts
/// nothing, 1 or more everything, both without a draw.
pub fn silenced(wave: &Waveform, share: f64, draws: &mut Generator) -> SignalResult<Waveform> {
    if !share.is_finite() {
        let range = "finite";
        return Err(SignalError::BadSetting { what: "the share of silence", value: share, range });
    }
    let length = wave.samples().len();
    if share <= 0.0 || length == 0 {
        return Ok(wave.clone());
    }
    if share >= 1.0 {
        return Ok(Waveform::of_finite(vec![0.0; length], wave.rate()));
    }
    let cut = count((share * length as f64).round_ties_even()).unwrap_or(length).clamp(1, length);
    let places = (length - cut) as u64 + 1;
    let start = usize::try_from(draws.below(places)).unwrap_or(0);
    let mut samples = wave.samples().to_vec();
    samples.iter_mut().skip(start).take(cut).for_each(|sample| *sample = 0.0);
    Ok(Waveform::of_finite(samples, wave.rate()))
}
