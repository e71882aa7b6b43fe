//! In which order the seconds that are not high are offered the base resolution.
//!
//! Source: the listen-then-look reference, `listen_core` section 5.2 step 4 and section 5.3 step 4.

use std::cmp::Reverse;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::{PlanError, PlanResult};

/// Which seconds get the base resolution first. All ties go to the earlier second.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BaseAllocation {
    /// The nearest to an anchor.
    #[default]
    Distance,
    /// One step before every anchor, one step behind every anchor, two steps before, and so on.
    Balanced,
    /// Between the two earliest high seconds, from the middle outwards, then the nearest.
    Bridge,
    /// The highest score, then the nearest.
    Score,
    /// The farthest from every anchor.
    Farthest,
    /// Half the nearest, half the farthest.
    Mixed,
}

/// From where distances are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DistanceTo {
    /// All anchors, also those that the budget leaves without high resolution.
    #[default]
    Anchors,
    /// The high seconds alone, where there are any.
    High,
}

/// An allocation with the origin of its distances; written `distance`, or `distance_high`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct BaseRule {
    /// The order.
    pub allocation: BaseAllocation,
    /// The origin of distances.
    pub distance_to: DistanceTo,
}

impl FromStr for BaseRule {
    type Err = PlanError;

    fn from_str(text: &str) -> PlanResult<Self> {
        let (core, distance_to) = match text.strip_suffix("_high") {
            Some(core) => (core, DistanceTo::High),
            None => (text, DistanceTo::Anchors),
        };
        let allocation = match core {
            "distance" => BaseAllocation::Distance,
            "balanced" => BaseAllocation::Balanced,
            "bridge" => BaseAllocation::Bridge,
            "score" => BaseAllocation::Score,
            "farthest" => BaseAllocation::Farthest,
            "mixed" => BaseAllocation::Mixed,
            _ => return Err(PlanError::UnknownAllocation { text: text.to_owned() }),
        };
        Ok(Self { allocation, distance_to })
    }
}

/// How the rest of the clip is shared out: by a number of base seconds, or by a ranking of all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    /// So many seconds get the base resolution.
    Base(usize),
    /// All seconds that are not high, ranked.
    Ranking,
}

/// Buffers for one clip after another.
#[derive(Debug, Clone, Default)]
pub(super) struct Orderer {
    /// Seconds that are anchors, as they were given.
    pub(super) anchors: Vec<usize>,
    /// Seconds in high resolution, ascending.
    high: Vec<usize>,
    is_high: Vec<bool>,
    reference: Vec<usize>,
    distance: Vec<usize>,
    taken: Vec<bool>,
    /// The ordered seconds.
    pub(super) ordered: Vec<usize>,
}

impl Orderer {
    /// Marks the first `high` anchors as high and measures distances.
    pub(super) fn start(&mut self, seconds: usize, high: usize, rule: BaseRule) {
        self.high.clear();
        self.high.extend(self.anchors.iter().take(high));
        self.high.sort_unstable();
        self.is_high.clear();
        self.is_high.resize(seconds, false);
        for second in &self.high {
            if let Some(is_high) = self.is_high.get_mut(*second) {
                *is_high = true;
            }
        }
        self.reference.clear();
        let from_high = rule.distance_to == DistanceTo::High && !self.high.is_empty();
        self.reference.extend(if from_high { &self.high } else { &self.anchors });
        self.reference.sort_unstable();
        let reference = &self.reference;
        let nearest = |second: usize| reference.iter().map(|a| a.abs_diff(second)).min().unwrap_or(0);
        self.distance.clear();
        self.distance.extend((0..seconds).map(nearest));
    }

    pub(super) fn is_high(&self, second: usize) -> bool {
        self.is_high.get(second).copied().unwrap_or(false)
    }

    fn dist(&self, second: usize) -> usize {
        self.distance.get(second).copied().unwrap_or(0)
    }

    /// Orders the seconds that are not high. The result may be longer than a wanted number: its front counts.
    pub(super) fn order(&mut self, rule: BaseRule, scores: &[f64], wanted: Wanted) {
        let seconds = self.is_high.len();
        let mut ordered = std::mem::take(&mut self.ordered);
        ordered.clear();
        ordered.extend((0..seconds).filter(|second| !self.is_high(*second)));
        if !self.reference.is_empty() || rule.allocation == BaseAllocation::Score {
            match rule.allocation {
                BaseAllocation::Distance => self.nearest_first(&mut ordered),
                BaseAllocation::Farthest => {
                    ordered.sort_by_key(|second| (Reverse(self.dist(*second)), *second));
                }
                BaseAllocation::Score => self.best_first(&mut ordered, scores),
                BaseAllocation::Balanced => self.balance(&mut ordered, wanted),
                BaseAllocation::Bridge => self.bridge(&mut ordered),
                BaseAllocation::Mixed => self.mix(&mut ordered, wanted),
            }
        }
        self.ordered = ordered;
    }

    fn nearest_first(&self, ordered: &mut [usize]) {
        ordered.sort_by_key(|second| (self.dist(*second), *second));
    }

    /// Distances are all 0 where there is no anchor, so that they decide nothing.
    fn best_first(&self, ordered: &mut [usize], scores: &[f64]) {
        let score = |second: usize| scores.get(second).copied().unwrap_or(f64::NEG_INFINITY);
        ordered.sort_by(|&a, &b| {
            let by_score = score(b).partial_cmp(&score(a)).unwrap_or(std::cmp::Ordering::Equal);
            by_score.then_with(|| (self.dist(a), a).cmp(&(self.dist(b), b)))
        });
    }

    /// Distance 0 is never offered: an anchor that is not high comes late. A ranking goes one step out and then takes all in order, as
    /// the reference does.
    fn balance(&mut self, ordered: &mut Vec<usize>, wanted: Wanted) {
        let seconds = self.is_high.len();
        let steps = if wanted == Wanted::Ranking { 1 } else { seconds };
        self.taken.clone_from(&self.is_high);
        let mut balanced = Vec::with_capacity(ordered.len());
        for step in 1..=steps {
            let before = self.reference.iter().filter_map(|anchor| anchor.checked_sub(step));
            let behind = self.reference.iter().filter_map(|anchor| anchor.checked_add(step));
            for second in before.chain(behind) {
                take(&mut self.taken, &mut balanced, second);
            }
            if balanced.len() == ordered.len() {
                break;
            }
        }
        for second in ordered.drain(..) {
            take(&mut self.taken, &mut balanced, second);
        }
        *ordered = balanced;
    }

    fn bridge(&self, ordered: &mut [usize]) {
        if let [left, right, ..] = *self.high.as_slice() {
            // Twice the distance to the middle, which may lie between two seconds.
            let off_middle = |second: usize| (2 * second).abs_diff(left + right);
            ordered.sort_by_key(|&second| {
                let between = second > left && second < right;
                (!between, if between { off_middle(second) } else { self.dist(second) }, second)
            });
        } else {
            self.nearest_first(ordered);
        }
    }

    /// For a ranking the near half is already everything.
    fn mix(&self, ordered: &mut [usize], wanted: Wanted) {
        self.nearest_first(ordered);
        let Wanted::Base(base) = wanted else { return };
        // At least one near second, even where half of the number is none.
        let near = (base / 2).max(1).min(ordered.len());
        if let Some(far) = ordered.get_mut(near..) {
            far.sort_by_key(|second| (Reverse(self.dist(*second)), *second));
        }
    }
}

fn take(taken: &mut [bool], into: &mut Vec<usize>, second: usize) {
    if let Some(taken) = taken.get_mut(second)
        && !*taken
    {
        *taken = true;
        into.push(second);
    }
}
