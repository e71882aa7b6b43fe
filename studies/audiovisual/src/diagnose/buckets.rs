//! Gains by how clips were planned.

use std::collections::BTreeMap;

use isocost_stats::percentile::percentile;
use isocost_study_budget::anchors::Confidence;

use super::read::{ClipGain, Diagnosed};
use crate::Json;

/// Mean, sample standard deviation and percentiles of the numbers that are finite.
pub(super) fn summary_with_spread(values: &[f64]) -> Json {
    let finite: Vec<f64> = values.iter().copied().filter(|value| value.is_finite()).collect();
    let mut json = summary(values);
    let count = finite.len() as f64;
    let mean = finite.iter().sum::<f64>() / count;
    let squares: f64 = finite.iter().map(|value| (value - mean) * (value - mean)).sum();
    if let Json::Map(fields) = &mut json {
        fields.insert("std".to_owned(), (squares / (count - 1.0)).sqrt().into());
    }
    json
}

fn summary(values: &[f64]) -> Json {
    let finite: Vec<f64> = values.iter().copied().filter(|value| value.is_finite()).collect();
    let at = |percent: f64| percentile(&finite, percent).unwrap_or(f64::NAN);
    Json::map([
        ("mean", (finite.iter().sum::<f64>() / finite.len() as f64).into()),
        ("p10", at(10.0).into()),
        ("p50", at(50.0).into()),
        ("p90", at(90.0).into()),
    ])
}

pub(super) fn plan_stats(read: &Diagnosed) -> Json {
    let clips = || read.clips.values();
    let anchors = |clip: &ClipGain| Some(clip.story.anchors.len().to_string());
    let high = |clip: &ClipGain| Some(high_count(&clip.story.plan_resolutions).to_string());
    let distance = |clip: &ClipGain| match clip.story.anchors[..] {
        [first, second, ..] => Some(first.abs_diff(second).to_string()),
        _ => None,
    };
    let reason = |clip: &ClipGain| {
        let named = || clip.story.fallback_reason.clone().unwrap_or_else(|| "unknown".to_owned());
        clip.story.fallback_used.then(named)
    };
    let share = |holds: &dyn Fn(&ClipGain) -> bool| {
        clips().filter(|clip| holds(clip)).count() as f64 / read.clips.len() as f64
    };
    let confidence = |keep: &dyn Fn(&ClipGain) -> bool| {
        summary(&clips().filter(|clip| keep(clip)).map(|clip| clip.story.conf_value).collect::<Vec<_>>())
    };
    let gaps: Vec<f64> =
        clips().map(|clip| Confidence::Top12Gap.of(&clip.story.scores).unwrap_or(f64::NAN)).collect();
    Json::map([
        ("anchors_len_hist", histogram(read, anchors)),
        ("anchors_len_fallback_frac", share(&|clip| clip.story.anchors.is_empty()).into()),
        ("fallback_used_frac", share(&|clip| clip.story.fallback_used).into()),
        ("fallback_reason_hist", histogram(read, reason)),
        ("high_count_hist", histogram(read, high)),
        ("anchor_dist_hist", histogram(read, distance)),
        ("gap_summary", summary(&gaps)),
        ("conf_summary", confidence(&|_| true)),
        ("conf_fallback_summary", confidence(&|clip| clip.story.fallback_used)),
        ("delta_by_anchor_len", gains(read, anchors)),
        ("delta_by_high_count", gains(read, high)),
        ("delta_by_anchor_dist", gains(read, distance)),
    ])
}

/// Seconds at the clip's largest resolution; none where all are equal.
fn high_count(sides: &[u32]) -> usize {
    let (low, high) = (sides.iter().min(), sides.iter().max());
    if low == high { 0 } else { sides.iter().filter(|side| Some(*side) == high).count() }
}

fn grouped(read: &Diagnosed, key: impl Fn(&ClipGain) -> Option<String>) -> BTreeMap<String, Vec<f64>> {
    let mut groups: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    for clip in read.clips.values() {
        if let Some(key) = key(clip) {
            groups.entry(key).or_default().push(clip.gain);
        }
    }
    groups
}

fn histogram(read: &Diagnosed, key: impl Fn(&ClipGain) -> Option<String>) -> Json {
    Json::Map(grouped(read, key).into_iter().map(|(key, gains)| (key, gains.len().into())).collect())
}

fn gains(read: &Diagnosed, key: impl Fn(&ClipGain) -> Option<String>) -> Json {
    let entry = |(key, gains): (String, Vec<f64>)| {
        let mean = gains.iter().sum::<f64>() / gains.len() as f64;
        (key, Json::map([("n", gains.len().into()), ("mean_delta", mean.into())]))
    };
    Json::Map(grouped(read, key).into_iter().map(entry).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_uniform_plan_has_no_high_second() {
        assert_eq!(high_count(&[224; 10]), 0);
        assert_eq!(high_count(&[160, 352, 224, 352]), 2);
        assert_eq!(high_count(&[]), 0);
    }
}
