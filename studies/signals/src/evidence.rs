//! Do the chosen seconds cover the true ones?
//!
//! Source: `listen_qa` sections 2.6 and 2.7.

use isocost_study_budget::windows::TimeWindow;

use crate::error::{SignalError, SignalResult};

/// What anchors cover.
#[derive(Debug, Clone, PartialEq)]
pub struct Recall {
    /// The seconds within reach of an anchor, ascending; none where no second is true.
    pub covered: Vec<usize>,
    /// Share of the true seconds among them; 0 where no second is true.
    pub share: f64,
}

/// Share of the true seconds that lie at most `reach` from an anchor; anchors outside the clip count for nothing beyond
/// the part of their reach that lies inside. True seconds and anchors may repeat: each counts once.
pub fn recall_at_k(truth: &[usize], anchors: &[usize], reach: usize, seconds: usize) -> Recall {
    if truth.is_empty() {
        return Recall { covered: Vec::new(), share: 0.0 };
    }
    let near =
        |second: usize| anchors.iter().any(|&anchor| anchor < seconds && anchor.abs_diff(second) <= reach);
    let covered: Vec<usize> = (0..seconds).filter(|&second| near(second)).collect();
    let mut truth = truth.to_vec();
    truth.sort_unstable();
    truth.dedup();
    let hits = truth.iter().filter(|second| covered.binary_search(second).is_ok()).count();
    Recall { covered, share: hits as f64 / truth.len() as f64 }
}

/// Overlap of two windows as a share of what they cover together; 0 where that has no length.
pub fn iou(a: TimeWindow, b: TimeWindow) -> f64 {
    let common = (a.end_s.min(b.end_s) - a.start_s.max(b.start_s)).max(0.0);
    let together = a.duration() + b.duration() - common;
    if together > 0.0 { common / together } else { 0.0 }
}

/// Share of the evidence windows that some predicted window overlaps by at least `tau`; 0 without evidence or
/// prediction. `tau` outside 0 to 1 is an error.
pub fn coverage_at_tau(predicted: &[TimeWindow], evidence: &[TimeWindow], tau: f64) -> SignalResult<f64> {
    if !(0.0..=1.0).contains(&tau) {
        return Err(SignalError::BadSetting { what: "tau", value: tau, range: "from 0 to 1" });
    }
    if predicted.is_empty() || evidence.is_empty() {
        return Ok(0.0);
    }
    let found =
        |window: &&TimeWindow| predicted.iter().map(|guess| iou(*guess, **window)).fold(0.0, f64::max) >= tau;
    Ok(evidence.iter().filter(found).count() as f64 / evidence.len() as f64)
}
