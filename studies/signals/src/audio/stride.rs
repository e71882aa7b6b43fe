//! Loudness of short windows that overlap.
//!
//! Source: `listen_core` section 7, `listen_qa` section 2.8.

use super::Waveform;
use super::energy::log_energy;
use crate::error::{SignalError, SignalResult};
use crate::numeric::count;

/// Windows of equal length at equal distances.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Strides {
    /// Seconds from one start to the next.
    pub stride: f64,
    /// Seconds of a window.
    pub window: f64,
}

impl Default for Strides {
    /// 0.4 s every 0.2 s.
    fn default() -> Self {
        Self { stride: 0.2, window: 0.4 }
    }
}

impl Strides {
    /// Log energy of the windows that start within the sound, the last ones filled up with silence. Sound shorter
    /// than a window is one that is filled up first.
    pub fn energies(self, wave: &Waveform) -> SignalResult<Vec<f64>> {
        let stride = samples("stride", self.stride, wave)?;
        let window = samples("window", self.window, wave)?;
        let mut sound = wave.samples().to_vec();
        let covered = sound.len().max(window);
        sound.resize(covered, 0.0);
        let mut padded = vec![0.0; window];
        Ok((0..covered)
            .step_by(stride)
            .map(|start| {
                let inside = sound.get(start..(start + window).min(covered)).unwrap_or_default();
                if inside.len() == window {
                    return log_energy(inside);
                }
                padded.fill(0.0);
                padded.iter_mut().zip(inside).for_each(|(to, from)| *to = *from);
                log_energy(&padded)
            })
            .collect())
    }

    /// The middle of a window, in seconds.
    pub fn centre(self, window: usize) -> f64 {
        window as f64 * self.stride + self.window / 2.0
    }

    /// Per second the largest score of the windows whose middle lies in it; a second without one takes the smallest of
    /// the others, or 0 if there is none at all.
    pub fn max_per_second(self, scores: &[f64], seconds: usize) -> Vec<f64> {
        let mut best: Vec<Option<f64>> = vec![None; seconds];
        for (window, &score) in scores.iter().enumerate() {
            let slot = count(self.centre(window)).and_then(|second| best.get_mut(second));
            if let Some(slot) = slot {
                *slot = Some(slot.map_or(score, |held| held.max(score)));
            }
        }
        let least = best.iter().flatten().copied().reduce(f64::min).unwrap_or(0.0);
        best.into_iter().map(|score| score.unwrap_or(least)).collect()
    }
}

/// A length in samples, rounded half to even as Python rounds.
fn samples(what: &'static str, seconds: f64, wave: &Waveform) -> SignalResult<usize> {
    let rate = wave.rate().hertz();
    count((seconds * f64::from(rate)).round_ties_even())
        .filter(|&samples| samples > 0)
        .ok_or(SignalError::BadStep { what, value: seconds, rate })
}

/// The loudest window of each second (`energy_stride_max`); the clip is cut or filled up to `seconds` first.
pub fn strongest_stride(wave: &Waveform, seconds: usize, strides: Strides) -> SignalResult<Vec<f64>> {
    let dense = strides.energies(&wave.fitted(seconds)?)?;
    Ok(strides.max_per_second(&dense, seconds))
}
