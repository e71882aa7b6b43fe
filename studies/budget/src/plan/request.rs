//! What is known of a clip when it is planned.

use super::{PlanError, PlanResult};

/// One clip to be planned.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Request<'a> {
    /// Seconds of the clip.
    pub seconds: usize,
    /// Where events are expected, best first. Seconds outside the clip and repeated ones are skipped.
    pub anchors: &'a [i64],
    /// Scores per second; only the allocation `score` reads them.
    pub scores: Option<&'a [f64]>,
    /// At most so many anchors are looked at in high resolution; `None`: as many as the budget pays.
    pub max_high: Option<usize>,
}

impl<'a> Request<'a> {
    /// A clip with anchors and nothing else.
    pub fn anchored(seconds: usize, anchors: &'a [i64]) -> Self {
        Self { seconds, anchors, scores: None, max_high: None }
    }

    /// Anchors inside the clip, the first of each.
    pub(super) fn anchors_inside(&self, inside: &mut Vec<usize>) {
        inside.clear();
        for anchor in self.anchors {
            if let Ok(second) = usize::try_from(*anchor)
                && second < self.seconds
                && !inside.contains(&second)
            {
                inside.push(second);
            }
        }
    }

    /// The scores of the clip's seconds; refuses too few and those that are not finite.
    pub(super) fn scores_of_seconds(&self) -> PlanResult<&'a [f64]> {
        let given = self.scores.unwrap_or_default();
        let missing = PlanError::MissingScores { seconds: self.seconds, found: given.len() };
        let scores = given.get(..self.seconds).ok_or(missing)?;
        match scores.iter().enumerate().find(|(_, score)| !score.is_finite()) {
            Some((index, value)) => Err(PlanError::ScoreNotFinite { index, value: *value }),
            None => Ok(scores),
        }
    }
}
