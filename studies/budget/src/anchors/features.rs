//! What the learned clip gate and the second-anchor veto look at.
//!
//! Source: `listen_core` sections 9.1 and 9.2. Everything is taken from scores that were scaled to 0..1 and rounded to single precision.

use super::confidence::gini;
use super::error::{AnchorResult, check_scores};
use super::numeric::{by_score, mean_f32, median_f32, minmax_01, std_f32, to_f32};

/// Number of features of the clip gate.
pub const GATE_FEATURES: usize = 16;
/// Number of features of the veto.
pub const VETO_FEATURES: usize = 12;

struct Scaled {
    scores: Vec<f32>,
    order: Vec<usize>,
}

impl Scaled {
    fn of(scores: &[f64]) -> Self {
        let scores = to_f32(&minmax_01(scores));
        let order = by_score(&widened(&scores));
        Self { scores, order }
    }

    fn at(&self, second: usize) -> f32 {
        self.scores.get(second).copied().unwrap_or(0.0)
    }

    fn ranked(&self, rank: usize) -> Option<usize> {
        self.order.get(rank).copied()
    }

    /// Mean over the second and its neighbours inside the clip.
    fn around(&self, second: usize) -> f32 {
        let end = (second + 2).min(self.scores.len());
        mean_f32(self.scores.get(second.saturating_sub(1)..end).unwrap_or_default())
    }

    fn share(&self, holds: impl Fn(f32) -> bool) -> f32 {
        let count = self.scores.iter().filter(|score| holds(**score)).count();
        count as f32 / self.scores.len() as f32
    }

    fn distance(&self, a: usize, b: usize) -> f32 {
        a.abs_diff(b) as f32 / self.scores.len().saturating_sub(1).max(1) as f32
    }

    #[expect(clippy::cast_possible_truncation, reason = "features are single precision")]
    fn gini(&self) -> f32 {
        gini(&widened(&self.scores)) as f32
    }
}

fn widened(scores: &[f32]) -> Vec<f64> {
    scores.iter().copied().map(f64::from).collect()
}

/// Features of the clip gate, zeros for no score. `anchor` is the first selected anchor, shifted; the best second where it is missing or outside.
pub fn gate_features(scores: &[f64], anchor: Option<usize>) -> AnchorResult<[f32; GATE_FEATURES]> {
    check_scores(scores)?;
    let scaled = Scaled::of(scores);
    let Some(best) = scaled.ranked(0) else { return Ok([0.0; GATE_FEATURES]) };
    let anchor = anchor.filter(|anchor| *anchor < scores.len()).unwrap_or(best);
    let second = scaled.ranked(1).unwrap_or(best);
    let third = scaled.ranked(2).unwrap_or(second);
    let median = median_f32(&scaled.scores);
    let (top1, top2, top3) = (scaled.at(anchor), scaled.at(second), scaled.at(third));
    let lowest = scaled.order.last().map_or(0.0, |second| scaled.at(*second));
    let next_lowest = scaled.order.len().checked_sub(2).and_then(|rank| scaled.ranked(rank));
    Ok([
        top1,
        top2,
        top3,
        top1 - top2,
        top1 - top3,
        top1 - median,
        top1 - mean_f32(&scaled.scores),
        std_f32(&scaled.scores),
        scaled.gini(),
        scaled.share(|score| score > median),
        scaled.share(|score| score >= 0.8),
        scaled.around(anchor),
        scaled.around(second),
        scaled.distance(anchor, second),
        lowest,
        next_lowest.map_or(lowest, |second| scaled.at(second)) - lowest,
    ])
}

/// Features of the second-anchor veto; zeros for fewer than two scores or anchors, or anchors outside the clip.
pub fn veto_features(scores: &[f64], anchors: &[usize]) -> AnchorResult<[f32; VETO_FEATURES]> {
    check_scores(scores)?;
    let [first, second, ..] = *anchors else { return Ok([0.0; VETO_FEATURES]) };
    if scores.len() < 2 || first >= scores.len() || second >= scores.len() {
        return Ok([0.0; VETO_FEATURES]);
    }
    let scaled = Scaled::of(scores);
    let third = scaled.ranked(2).or(scaled.ranked(1)).map_or(0.0, |third| scaled.at(third));
    let median = median_f32(&scaled.scores);
    let (a, b) = (scaled.at(first), scaled.at(second));
    Ok([
        a,
        b,
        a - b,
        b - third,
        a - median,
        b - median,
        std_f32(&scaled.scores),
        scaled.gini(),
        scaled.distance(first, second),
        scaled.around(first),
        scaled.around(second),
        mean_f32(&scaled.scores),
    ])
}
