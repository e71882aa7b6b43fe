//! How many anchors of a clip may be looked at in high resolution.
//!
//! Source: `listen_core` section 9.3.

use serde::{Deserialize, Serialize};

use super::Confidence;
use super::error::{AnchorError, AnchorResult, check_scores};

/// The policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HighPolicy {
    /// Always the cap.
    #[default]
    Fixed,
    /// One where the first two anchors are neighbours, or where the best score leads by the gap.
    AdaptiveV1,
    /// As v1, and one where confidence is low.
    AdaptiveV2,
    /// One where the first two anchors are not neighbours, where confidence is low, or where the best score leads by the gap.
    AdaptiveV3,
}

/// A policy with its thresholds; a threshold of 0 or less is off.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HighRule {
    /// The policy.
    pub policy: HighPolicy,
    /// The cap; `None`: as many as the budget pays.
    pub cap: Option<usize>,
    /// Anchors this close are neighbours, in seconds.
    pub adjacent: usize,
    /// A lead of the best score that is enough for one.
    pub gap: f64,
    /// Confidence that two need.
    pub confidence_threshold: f64,
    /// The measure of confidence; [`Confidence::StdNorm`] is refused, as in the reference.
    pub confidence: Confidence,
}

impl HighRule {
    /// The most high seconds of a clip with these anchors and unshifted scores; `None`: no limit but the budget.
    pub fn max_high(&self, anchors: &[usize], scores: &[f64]) -> AnchorResult<Option<usize>> {
        check_scores(scores)?;
        if self.confidence == Confidence::StdNorm && self.policy != HighPolicy::Fixed {
            return Err(AnchorError::MetricNotAccepted {
                metric: "std_norm",
                place: "the number of high anchors",
                instead: "std or another metric",
            });
        }
        let (HighPolicy::AdaptiveV1 | HighPolicy::AdaptiveV2 | HighPolicy::AdaptiveV3, [first, second, ..]) =
            (self.policy, anchors)
        else {
            return Ok(self.cap);
        };
        let near = first.abs_diff(*second) <= self.adjacent;
        let leads = self.gap > 0.0 && Confidence::Top12Gap.of(scores)? >= self.gap;
        let unsure = self.policy != HighPolicy::AdaptiveV1
            && self.confidence_threshold > 0.0
            && self.confidence.of(scores)? < self.confidence_threshold;
        let apart = if self.policy == HighPolicy::AdaptiveV3 { !near } else { near };
        Ok(if apart || unsure || leads { Some(1) } else { self.cap })
    }
}
