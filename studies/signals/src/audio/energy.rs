//! Loudness per second.
//!
//! Source: `listen_core` section 7.

use isocost_study_budget::anchors::mean_f32;

use super::Waveform;
use crate::error::SignalResult;
use crate::logarithm::ln;

/// Keeps the logarithm of digital silence finite: ln(1e-12) = −27.631….
const FLOOR: f64 = 1e-12;

/// `ln(mean of squares + 1e-12)`: squares and mean in single precision, the logarithm in double.
pub(super) fn log_energy(samples: &[f32]) -> f64 {
    let squares: Vec<f32> = samples.iter().map(|sample| sample * sample).collect();
    ln(f64::from(mean_f32(&squares)) + FLOOR)
}

/// Log energy of each second (`energy`); the clip is cut or filled up with silence to `seconds`.
pub fn energy(wave: &Waveform, seconds: usize) -> SignalResult<Vec<f64>> {
    let fitted = wave.fitted(seconds)?;
    Ok(fitted.samples().chunks_exact(wave.rate().per_second()).map(log_energy).collect())
}

/// How much the log energy changed since the second before, unsigned; 0 for the first (`energy_delta`).
pub fn energy_change(energy: &[f64]) -> Vec<f64> {
    let first = energy.first().map(|_| 0.0);
    first.into_iter().chain(energy.windows(2).map(|pair| (pair[1] - pair[0]).abs())).collect()
}
