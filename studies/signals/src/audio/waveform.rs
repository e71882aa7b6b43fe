//! Samples of one channel.

use crate::error::{SignalError, SignalResult, check_finite_f32};
use crate::numeric::MOST;

/// Samples per second, from 1 to 768,000.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct SampleRate(u32);

impl SampleRate {
    /// What the reference's clips have, and what speech models take.
    pub const SPEECH: Self = Self(16_000);

    /// Checks the range.
    pub fn new(hertz: u32) -> SignalResult<Self> {
        if (1..=768_000).contains(&hertz) { Ok(Self(hertz)) } else { Err(SignalError::BadRate(hertz)) }
    }

    /// Samples per second.
    pub fn hertz(self) -> u32 {
        self.0
    }

    /// Refuses another rate.
    pub(crate) fn expect(self, what: &'static str, wanted: Self) -> SignalResult<()> {
        if self == wanted {
            return Ok(());
        }
        Err(SignalError::WrongRate { what, wanted: wanted.0, found: self.0 })
    }

    /// Samples in a second, to index with.
    pub(crate) fn per_second(self) -> usize {
        self.0 as usize
    }
}

/// One channel of sound, in single precision, usually within ±1.
#[derive(Debug, Clone, PartialEq)]
pub struct Waveform {
    samples: Vec<f32>,
    rate: SampleRate,
}

impl Waveform {
    /// Takes samples; none at all is silence of no length. NaN and infinity are an error.
    pub fn new(samples: Vec<f32>, rate: SampleRate) -> SignalResult<Self> {
        check_finite_f32("audio sample", &samples)?;
        Ok(Self { samples, rate })
    }

    /// Samples that are known to be finite.
    pub(crate) fn of_finite(samples: Vec<f32>, rate: SampleRate) -> Self {
        Self { samples, rate }
    }

    /// The samples.
    pub fn samples(&self) -> &[f32] {
        &self.samples
    }

    /// Their rate.
    pub fn rate(&self) -> SampleRate {
        self.rate
    }

    /// Its length in seconds.
    pub fn duration(&self) -> f64 {
        self.samples.len() as f64 / f64::from(self.rate.hertz())
    }

    /// Exactly this many seconds: cut at the end, or filled up with silence.
    pub fn fitted(&self, seconds: usize) -> SignalResult<Self> {
        let wanted = seconds.checked_mul(self.rate.per_second()).filter(|&samples| samples <= MOST).ok_or(
            SignalError::BadSetting {
                what: "the number of seconds",
                value: seconds as f64,
                range: "smaller",
            },
        )?;
        let mut samples = self.samples.clone();
        samples.resize(wanted, 0.0);
        Ok(Self { samples, rate: self.rate })
    }
}
