//! Ten simple features of each second of sound.
//!
//! Source: `listen_core` section 7, feature set `basic`.

use std::sync::Arc;

use isocost_study_budget::anchors::pairwise_sum;
use realfft::{RealFftPlanner, RealToComplex};

use super::energy::{energy, energy_change};
use super::{SampleRate, Waveform};
use crate::error::SignalResult;
use crate::logarithm::ln;
use crate::numeric::{narrow, std_f32};
use crate::visual::FeatureTable;

/// Number of features of a second.
pub const BASIC_FEATURES: usize = 10;

/// Where a band of frequencies starts, in Hz; the last one ends at half the sample rate.
const BANDS: [usize; 4] = [0, 250, 1000, 4000];
/// Share of the power that lies below the roll-off frequency.
const ROLL_OFF: f64 = 0.85;
/// Keeps logarithms finite.
const FLOOR: f64 = 1e-12;

/// Computes the features of sound at one sample rate; made once, used for many clips.
#[derive(Clone)]
pub struct BasicAudio {
    rate: SampleRate,
    transform: Arc<dyn RealToComplex<f64>>,
}

impl std::fmt::Debug for BasicAudio {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("BasicAudio").field("rate", &self.rate).finish_non_exhaustive()
    }
}

impl BasicAudio {
    /// Plans the transform for this rate.
    pub fn new(rate: SampleRate) -> Self {
        Self { rate, transform: RealFftPlanner::new().plan_fft_forward(rate.per_second()) }
    }

    /// One row per second; the clip is cut or filled up with silence to `seconds`.
    ///
    /// 0 log energy; 1 its change, unsigned; 2 standard deviation; 3 zero crossings per sample; 4 spectral centroid
    /// and 5 roll-off (85 % of the power), as shares of half the sample rate; 6 to 9 log power below 250, 1000,
    /// 4000 Hz and above. The mean (0 Hz) is left out of the power.
    pub fn features(&self, wave: &Waveform, seconds: usize) -> SignalResult<FeatureTable> {
        wave.rate().expect("the audio features", self.rate)?;
        let energies = energy(wave, seconds)?;
        let changes = energy_change(&energies);
        let fitted = wave.fitted(seconds)?;
        let rows = fitted.samples().chunks_exact(self.rate.per_second()).zip(energies.iter().zip(&changes));
        let mut values = Vec::with_capacity(seconds * BASIC_FEATURES);
        for (samples, (energy, change)) in rows {
            values.extend([
                narrow(*energy),
                narrow(*change),
                std_f32(samples),
                narrow(zero_crossings(samples)),
            ]);
            values.extend(self.spectral(samples).map(narrow));
        }
        FeatureTable::new(values, BASIC_FEATURES)
    }

    /// Features 4 to 9.
    fn spectral(&self, samples: &[f32]) -> [f64; 6] {
        let power = self.power(samples);
        let nyquist = f64::from(self.rate.hertz()) / 2.0;
        let total = pairwise_sum(&power);
        let (centroid, roll_off) = if total > 0.0 {
            (centroid(&power, total) / nyquist, roll_off(&power, total) / nyquist)
        } else {
            (0.0, 0.0)
        };
        let band = |band: usize| {
            let end = BANDS.get(band + 1).copied().unwrap_or(power.len()).min(power.len());
            let start = BANDS.get(band).copied().unwrap_or(end).min(end);
            ln(pairwise_sum(power.get(start..end).unwrap_or_default()) + FLOOR)
        };
        [centroid, roll_off, band(0), band(1), band(2), band(3)]
    }

    /// Power of each frequency, 1 Hz apart, without the mean.
    fn power(&self, samples: &[f32]) -> Vec<f64> {
        let mut input: Vec<f64> = samples.iter().copied().map(f64::from).collect();
        let mut spectrum = self.transform.make_output_vec();
        // Both buffers have the planned lengths, the only thing this can fail on.
        if self.transform.process(&mut input, &mut spectrum).is_err() {
            return Vec::new();
        }
        let mut power: Vec<f64> = spectrum.iter().map(|bin| bin.re * bin.re + bin.im * bin.im).collect();
        if let Some(mean) = power.first_mut() {
            *mean = 0.0;
        }
        power
    }
}

/// Share of neighbours whose product is negative; 0 for a single sample.
fn zero_crossings(samples: &[f32]) -> f64 {
    let crossings = samples.windows(2).filter(|pair| pair[0] * pair[1] < 0.0).count();
    crossings as f64 / samples.len().saturating_sub(1).max(1) as f64
}

/// Mean frequency, in Hz.
fn centroid(power: &[f64], total: f64) -> f64 {
    let weighted: Vec<f64> = power.iter().enumerate().map(|(hertz, power)| hertz as f64 * power).collect();
    pairwise_sum(&weighted) / total
}

/// The first frequency up to which the share of the power lies, in Hz.
fn roll_off(power: &[f64], total: f64) -> f64 {
    let mut sum = 0.0;
    let found = power.iter().position(|power| {
        sum += power;
        sum >= ROLL_OFF * total
    });
    found.unwrap_or(power.len().saturating_sub(1)) as f64
}
