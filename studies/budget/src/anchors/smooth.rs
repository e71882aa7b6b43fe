//! Smoothing and shifting of scores.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::error::{AnchorError, AnchorResult};

/// What a smoothing window holds; it is cut at the ends of the clip.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Smoothing {
    /// The mean of the scores in the window.
    #[default]
    Mean,
    /// Their sum.
    Sum,
}

impl Smoothing {
    /// Centred windows of an odd number of seconds; up to 1 changes nothing, an even number is an error.
    pub fn apply(self, scores: &[f64], window: usize) -> AnchorResult<Vec<f64>> {
        if window <= 1 {
            return Ok(scores.to_vec());
        }
        if window.is_multiple_of(2) {
            return Err(AnchorError::EvenWindow(window));
        }
        let half = window / 2;
        let smoothed = |second: usize| {
            let end = (second + half + 1).min(scores.len());
            let inside = scores.get(second.saturating_sub(half)..end).unwrap_or_default();
            let sum: f64 = inside.iter().sum();
            if self == Self::Sum { sum } else { sum / inside.len() as f64 }
        };
        Ok((0..scores.len()).map(smoothed).collect())
    }
}

impl FromStr for Smoothing {
    type Err = AnchorError;

    fn from_str(text: &str) -> AnchorResult<Self> {
        match text {
            "mean" => Ok(Self::Mean),
            "sum" => Ok(Self::Sum),
            _ => Err(AnchorError::Unknown { what: "smoothing", text: text.to_owned(), known: "mean, sum" }),
        }
    }
}

/// Moves scores by whole seconds, to the right where `by` is positive; seconds that become empty take the smallest score.
pub fn shift_scores(scores: &[f64], by: i64) -> Vec<f64> {
    let low = scores.iter().copied().fold(f64::INFINITY, f64::min);
    let from = |second: usize| {
        i64::try_from(second).ok()?.checked_sub(by).and_then(|from| usize::try_from(from).ok())
    };
    (0..scores.len())
        .map(|second| from(second).and_then(|from| scores.get(from).copied()).unwrap_or(low))
        .collect()
}
