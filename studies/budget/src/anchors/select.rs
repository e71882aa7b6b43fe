//! Which seconds become anchors.
//!
//! Source: `listen_core` section 8.2 and `listen_qa_and_reports` section 2.9.

use serde::{Deserialize, Serialize};

use super::error::{AnchorError, AnchorResult, check_scores};
use super::numeric::{at, by_score, compare};
use super::smooth::Smoothing;

const TIE: f64 = 1e-12;

/// How seconds are picked. Ties go to the higher score and then to the earlier second.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "select")]
pub enum Selector {
    /// The highest scores.
    #[serde(rename = "topk")]
    TopK,
    /// The highest scores that are farther than `radius` seconds from each taken one; there may be fewer.
    Nms {
        /// Seconds around a taken one that are skipped.
        radius: usize,
    },
    /// The best and, if it is not weaker by more than `max_gap`, the best one far from it; otherwise the second best.
    NmsStrong {
        /// Seconds that count as near.
        radius: usize,
        /// How much weaker the far one may be, at least 0.
        max_gap: f64,
    },
    /// The best and, if it is not weaker by more than `max_gap`, the best one near it; otherwise the second best.
    AdjacentTop2 {
        /// Seconds that count as near, at least 1.
        radius: usize,
        /// How much weaker the near one may be, at least 0.
        max_gap: f64,
    },
    /// [`Self::Nms`] over means of a window.
    WindowTopK {
        /// Seconds of the window, odd.
        window: usize,
        /// Seconds around a taken one that are skipped.
        radius: usize,
    },
}

impl Selector {
    /// At most `count` seconds, in the order in which they were picked. Refuses NaN and infinities.
    pub fn pick(self, scores: &[f64], count: usize) -> AnchorResult<Vec<usize>> {
        check_scores(scores)?;
        if count == 0 || scores.is_empty() {
            return Ok(Vec::new());
        }
        Ok(match self {
            Self::TopK => by_score(scores).into_iter().take(count).collect(),
            Self::Nms { radius } => spaced(Vec::new(), &by_score(scores), radius, count),
            Self::NmsStrong { radius, max_gap } => {
                check_gap(max_gap)?;
                let far = |order: &[usize], best: usize| {
                    order.iter().copied().find(|second| second.abs_diff(best) > radius)
                };
                pair(scores, count, radius, max_gap, far)
            }
            Self::AdjacentTop2 { radius, max_gap } => {
                check_gap(max_gap)?;
                let radius = radius.max(1);
                let near = |_: &[usize], best: usize| nearby(scores, best, radius);
                pair(scores, count, radius, max_gap, near)
            }
            Self::WindowTopK { window, radius } => {
                let smoothed = Smoothing::Mean.apply(scores, window)?;
                spaced(Vec::new(), &by_score(&smoothed), radius, count)
            }
        })
    }
}

fn check_gap(gap: f64) -> AnchorResult<()> {
    if gap.is_finite() && gap >= 0.0 { Ok(()) } else { Err(AnchorError::BadGap(gap)) }
}

/// Takes seconds in order that are farther than `radius` from all that are taken.
fn spaced(mut taken: Vec<usize>, order: &[usize], radius: usize, count: usize) -> Vec<usize> {
    for second in order {
        if taken.len() >= count {
            break;
        }
        if taken.iter().all(|taken| taken.abs_diff(*second) > radius) {
            taken.push(*second);
        }
    }
    taken
}

/// The best second near another one; the first of those within 1e-12.
fn nearby(scores: &[f64], best: usize, radius: usize) -> Option<usize> {
    let end = best.saturating_add(radius).min(scores.len().saturating_sub(1));
    let mut found: Option<usize> = None;
    for second in (best.saturating_sub(radius)..=end).filter(|second| *second != best) {
        if found.is_none_or(|found| at(scores, second) > at(scores, found) + TIE) {
            found = Some(second);
        }
    }
    found
}

/// The best second, a partner if it is strong enough, and for more than two the rest by distance; all ordered again by score.
fn pair(
    scores: &[f64],
    count: usize,
    radius: usize,
    max_gap: f64,
    partner: impl Fn(&[usize], usize) -> Option<usize>,
) -> Vec<usize> {
    let order = by_score(scores);
    let [best, runner_up, rest @ ..] = order.as_slice() else { return order };
    if count == 1 {
        return vec![*best];
    }
    let strong = |second: &usize| at(scores, *best) - at(scores, *second) <= max_gap;
    let second = partner(&order, *best).filter(strong).unwrap_or(*runner_up);
    let mut taken = spaced(vec![*best, second], rest, radius, count);
    taken.sort_by(|a, b| compare(scores, *a, *b));
    taken.dedup();
    taken.truncate(count);
    taken
}

/// Local maxima (rising before, not rising behind; strictly at both ends) by score, spaced by more than `radius`; where there is none, as
/// [`Selector::Nms`].
pub fn local_maxima(scores: &[f64], count: usize, radius: usize) -> AnchorResult<Vec<usize>> {
    check_scores(scores)?;
    let is_peak = |second: &usize| {
        let here = at(scores, *second);
        let before = second.checked_sub(1).and_then(|before| scores.get(before));
        let behind = scores.get(second + 1);
        match (before, behind) {
            (Some(before), Some(behind)) => here > *before && here >= *behind,
            (Some(other), None) | (None, Some(other)) => here > *other,
            (None, None) => true,
        }
    };
    let order = by_score(scores);
    let peaks: Vec<usize> = order.iter().copied().filter(is_peak).collect();
    Ok(spaced(Vec::new(), if peaks.is_empty() { &order } else { &peaks }, radius, count))
}
