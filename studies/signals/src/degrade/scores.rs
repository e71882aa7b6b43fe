//! Spoils scores instead of sound, for methods whose sound is not at hand.

use isocost_stats::generators::numpy::Generator;
use isocost_study_budget::anchors::pairwise_sum;

use super::Condition;
use crate::error::{SignalResult, check_finite};

impl Condition {
    /// Scores of which every second is one sample, cut to 0 … 1: moved by whole seconds (half away from zero), with noise
    /// `snr_db` below them, and each second lost with probability `silence`.
    pub fn apply_to_scores(self, scores: &[f64], draws: &mut Generator) -> SignalResult<Vec<f64>> {
        check_finite("score", scores)?;
        let moved = moved(scores, self.shift_s.round());
        let squares: Vec<f64> = moved.iter().map(|score| score * score).collect();
        let power = if moved.is_empty() { 0.0 } else { pairwise_sum(&squares) / moved.len() as f64 };
        let strength = (power / libm::pow(10.0, self.snr_db / 10.0)).sqrt();
        let noisy: Vec<f64> = moved.iter().map(|score| score + draws.normal(0.0, strength)).collect();
        let kept = noisy.into_iter().map(|score| {
            let lost = self.silence > 0.0 && draws.random() < self.silence;
            if lost { 0.0 } else { score.clamp(0.0, 1.0) }
        });
        Ok(kept.collect())
    }
}

/// Moved by whole seconds; what becomes empty is 0.
fn moved(scores: &[f64], by: f64) -> Vec<f64> {
    (0..scores.len())
        .map(|second| {
            crate::numeric::count(second as f64 - by)
                .and_then(|from| scores.get(from))
                .copied()
                .unwrap_or(0.0)
        })
        .collect()
}
