//! Anchors of one clip, or the reason why it has none.
//!
//! Source: `listen_core` section 8.3.

use serde::{Deserialize, Serialize};

use super::error::{AnchorResult, check_scores};
use super::{Confidence, Selector, Smoothing};

/// How anchors are taken from scores.
#[derive(Debug, Clone, PartialEq)]
pub struct AnchorRule {
    /// At most so many anchors.
    pub count: usize,
    /// Seconds of the clip; `None`: one per score.
    pub seconds: Option<usize>,
    /// Seconds added to each anchor.
    pub shift: i64,
    /// The measure of confidence.
    pub confidence: Confidence,
    /// Below this there is no anchor; 0 or less asks nothing.
    pub threshold: f64,
    /// How seconds are picked.
    pub select: Selector,
    /// Seconds of the smoothing window, odd; up to 1 is none.
    pub smooth_window: usize,
    /// What the window holds.
    pub smoothing: Smoothing,
}

/// Why a clip is looked at uniformly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fallback {
    /// It has no second.
    EmptyScores,
    /// Its scores do not stand out enough.
    ConfBelowThreshold,
}

/// The anchors of a clip.
#[derive(Debug, Clone, PartialEq)]
pub struct Picked {
    /// The anchors, in the order in which they were picked, shifted.
    pub anchors: Vec<usize>,
    /// Confidence of the scores as they came: not smoothed, not shifted.
    pub confidence: f64,
    /// Why there are none. A shift out of the clip can leave none without a reason.
    pub fallback: Option<Fallback>,
}

impl AnchorRule {
    /// Picks anchors. Scores beyond the clip are cut off; refuses NaN and infinities.
    pub fn pick(&self, scores: &[f64]) -> AnchorResult<Picked> {
        let seconds = self.seconds.unwrap_or(scores.len());
        let none =
            |confidence, fallback| Picked { anchors: Vec::new(), confidence, fallback: Some(fallback) };
        let scores = scores.get(..seconds).unwrap_or(scores);
        check_scores(scores)?;
        if seconds == 0 {
            return Ok(none(0.0, Fallback::EmptyScores));
        }
        let confidence = self.confidence.of(scores)?;
        if self.threshold > 0.0 && confidence < self.threshold {
            return Ok(none(confidence, Fallback::ConfBelowThreshold));
        }
        let smoothed = self.smoothing.apply(scores, self.smooth_window)?;
        let picked = self.select.pick(&smoothed, self.count)?;
        Ok(Picked { anchors: self.shifted(picked, seconds), confidence, fallback: None })
    }

    fn shifted(&self, picked: Vec<usize>, seconds: usize) -> Vec<usize> {
        if self.shift == 0 {
            return picked;
        }
        let mut anchors: Vec<usize> = Vec::with_capacity(picked.len());
        for second in picked {
            let moved = i64::try_from(second).ok().and_then(|second| second.checked_add(self.shift));
            if let Some(moved) = moved.and_then(|moved| usize::try_from(moved).ok())
                && moved < seconds
                && !anchors.contains(&moved)
            {
                anchors.push(moved);
            }
        }
        anchors
    }
}
