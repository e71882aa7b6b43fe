//! What a comparison says about other clips.

use std::collections::BTreeMap;

use isocost_stats::{Alpha, Tail, ttest};

use super::accuracy::MethodScore;
use crate::AvResult;

/// A paired t-test over clips, each clip the mean of its seeds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ClipLevel {
    /// Clips; rows of one id count as one clip.
    pub clips: usize,
    /// Mean difference of accuracy.
    pub mean: f64,
    /// The statistic; `None` without scatter.
    pub t: Option<f64>,
    /// Two-sided p; `None` where it is undefined.
    pub p: Option<f64>,
    /// 95 % interval of the mean difference.
    pub interval: (f64, f64),
}

/// Compares two methods clip by clip. `first` is subtracted from `second`; both hold one score per seed. `None` for fewer than two clips.
pub fn clip_level(
    ids: &[String],
    first: &[&MethodScore],
    second: &[&MethodScore],
) -> AvResult<Option<ClipLevel>> {
    let mut by_clip: BTreeMap<&str, (f64, f64)> = BTreeMap::new();
    for (first, second) in first.iter().zip(second) {
        for ((id, x), y) in ids.iter().zip(&first.clips).zip(&second.clips) {
            let entry = by_clip.entry(id).or_default();
            entry.0 += (y.right as f64 - x.right as f64) / x.seconds as f64;
            entry.1 += 1.0;
        }
    }
    let differences: Vec<f64> = by_clip.values().map(|(sum, count)| sum / count).collect();
    if differences.len() < 2 {
        return Ok(None);
    }
    let test = ttest::paired(&differences, 0.0, Tail::TwoSided, Alpha::FIVE_PERCENT)?;
    Ok(Some(ClipLevel {
        clips: differences.len(),
        mean: test.mean,
        t: test.t,
        p: test.p.map(isocost_stats::PValue::get),
        interval: (test.interval.low, test.interval.high),
    }))
}
