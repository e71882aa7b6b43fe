//! The class of each second, by video id.

use std::collections::BTreeMap;

use super::{AveIndex, Clip, Split};
use crate::{AvError, AvResult};

/// Which row counts for an id that stands in several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LabelRule {
    /// The last one over all splits.
    LastOfAll,
    /// The last one of the split in which the id is looked up, for ids of the evaluation split before those of training.
    LastOfSplits {
        /// Training.
        train: Split,
        /// Evaluation; its rows override those of training.
        eval: Split,
    },
}

/// Labels by video id.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LabelMap {
    by_id: BTreeMap<String, Vec<usize>>,
    seconds: usize,
}

impl LabelMap {
    /// Labels of clips of that many seconds.
    pub fn new(index: &AveIndex, rule: LabelRule, seconds: usize) -> Self {
        let mut by_id = BTreeMap::new();
        let mut take = |clips: &[Clip]| {
            for clip in clips {
                by_id.insert(clip.id.clone(), index.labels(clip, seconds));
            }
        };
        match rule {
            LabelRule::LastOfAll => take(index.clips()),
            LabelRule::LastOfSplits { train, eval } => {
                take(index.split(train));
                take(index.split(eval));
            }
        }
        Self { by_id, seconds }
    }

    /// Seconds of each clip.
    pub const fn seconds(&self) -> usize {
        self.seconds
    }

    /// The labels of a clip.
    pub fn get(&self, id: &str) -> AvResult<&[usize]> {
        let labels = self.by_id.get(id).map(Vec::as_slice);
        labels.ok_or_else(|| AvError::clip(id, "it stands in no annotation row"))
    }

    /// The labels of these clips, one after another.
    pub fn of_all(&self, ids: &[String]) -> AvResult<Vec<usize>> {
        let mut labels = Vec::with_capacity(ids.len() * self.seconds);
        for id in ids {
            labels.extend_from_slice(self.get(id)?);
        }
        Ok(labels)
    }

    /// Whether an event is within `radius` seconds of a second.
    pub fn event_near(&self, id: &str, second: usize, radius: usize) -> AvResult<bool> {
        let labels = self.get(id)?;
        let end = second.saturating_add(radius).saturating_add(1).min(labels.len());
        let near = labels.get(second.saturating_sub(radius)..end).unwrap_or_default();
        Ok(near.iter().any(|label| *label != 0))
    }
}
