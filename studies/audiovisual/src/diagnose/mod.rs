//! Where the gain comes from: `diagnose`.
//!
//! Source: `listen_core` section 14.5.

mod buckets;
mod read;

use std::collections::BTreeMap;
use std::path::PathBuf;

use isocost_stats::correlation::{Coefficient, estimate};
use isocost_study_signals::recall_at_k;

use crate::data::{AveIndex, LabelMap, LabelRule};
use crate::session::{SECONDS, path_json, write_json};
use crate::{AvError, AvResult, Json, Mode};
use read::{Diagnosed, read_metrics};

/// What to diagnose.
#[derive(Debug, Clone, PartialEq)]
pub struct DiagnoseOptions {
    /// A metric file.
    pub metrics: PathBuf,
    /// Annotations.
    pub meta: PathBuf,
    /// Seconds around an anchor that count as found.
    pub deltas: Vec<usize>,
    /// Clips to list at either end.
    pub top: usize,
    /// Whose behaviour is wanted.
    pub mode: Mode,
    /// The folder for `diagnose.json`.
    pub out: PathBuf,
}

/// Per clip and distance: the share of its event seconds that anchors found.
type Recalls = BTreeMap<usize, BTreeMap<String, f64>>;

/// Writes `diagnose.json` and gives it back.
pub fn diagnose(options: &DiagnoseOptions) -> AvResult<Json> {
    let read = read_metrics(&options.metrics)?;
    let index = AveIndex::read(&options.meta)?;
    let labels = LabelMap::new(&index, LabelRule::LastOfAll, SECONDS);
    let recalls = recalls(&read, &labels, &options.deltas)?;
    let first = options.deltas.first().and_then(|delta| recalls.get(delta));
    let first = first.ok_or_else(|| AvError::options("there is no distance", "give --deltas 0,1,2"))?;
    let by_delta = |(delta, clips): (&usize, &BTreeMap<String, f64>)| (delta.to_string(), numbers(clips));
    let json = Json::map([
        ("in_metrics", path_json(&options.metrics)),
        ("num_eval_ids", read.listed.into()),
        ("num_unique_eval_ids", read.clips.len().into()),
        ("deltas", Json::list(options.deltas.iter().copied())),
        (
            "delta_summary",
            buckets::summary_with_spread(&read.clips.values().map(|clip| clip.gain).collect::<Vec<_>>()),
        ),
        (
            "delta_event_summary",
            buckets::summary_with_spread(
                &read.clips.values().map(|clip| clip.event_gain).collect::<Vec<_>>(),
            ),
        ),
        ("anchor_plan_stats", buckets::plan_stats(&read)),
        ("corr_delta_vs_recall", correlation(&read, first)),
        ("top_improve", Json::List(ranked(&read, first).into_iter().rev().take(options.top).collect())),
        ("top_degrade", Json::List(ranked(&read, first).into_iter().take(options.top).collect())),
        (
            "per_clip",
            Json::map([
                ("delta", numbers(&read.clips.iter().map(|(id, clip)| (id.clone(), clip.gain)).collect())),
                (
                    "delta_event",
                    numbers(&read.clips.iter().map(|(id, clip)| (id.clone(), clip.event_gain)).collect()),
                ),
                ("recall_by_delta", Json::Map(recalls.iter().map(by_delta).collect())),
            ]),
        ),
        ("notes", Json::list(NOTES)),
    ]);
    isocost_fs::create_dir_all(&options.out)?;
    write_json(&options.out.join("diagnose.json"), &json, options.mode)?;
    Ok(json)
}

const NOTES: [&str; 3] = [
    "delta = mean_over_seeds(acc_anchored - acc_uniform) per clip (eval split).",
    "recall_d0 uses anchors from debug_eval.anchored_top2 and GT segments from AVE annotations.",
    "If corr is low, anchored gains may be dominated by classifier noise or misalignment; inspect top_degrade clips.",
];

fn numbers(values: &BTreeMap<String, f64>) -> Json {
    Json::Map(values.iter().map(|(id, value)| (id.clone(), (*value).into())).collect())
}

fn recalls(read: &Diagnosed, labels: &LabelMap, deltas: &[usize]) -> AvResult<Recalls> {
    let mut recalls = Recalls::new();
    for delta in deltas {
        let of_delta = recalls.entry(*delta).or_default();
        for (id, clip) in &read.clips {
            let events = labels.get(id)?.iter().enumerate().filter(|(_, label)| **label != 0);
            let truth: Vec<usize> = events.map(|(second, _)| second).collect();
            of_delta.insert(id.clone(), recall_at_k(&truth, &clip.story.anchors, *delta, SECONDS).share);
        }
    }
    Ok(recalls)
}

fn correlation(read: &Diagnosed, recalls: &BTreeMap<String, f64>) -> Json {
    let pairs = || recalls.iter().filter_map(|(id, recall)| Some((read.clips.get(id)?.gain, *recall)));
    let (x, y): (Vec<f64>, Vec<f64>) = pairs().unzip();
    let of = |coefficient| estimate(coefficient, &x, &y).unwrap_or(f64::NAN);
    Json::map([
        ("pearson", of(Coefficient::Pearson).into()),
        ("spearman", of(Coefficient::Spearman).into()),
        ("n", x.len().into()),
    ])
}

/// Clips by gain, the worst first.
fn ranked(read: &Diagnosed, recalls: &BTreeMap<String, f64>) -> Vec<Json> {
    let mut clips: Vec<_> =
        recalls.iter().filter_map(|(id, recall)| Some((id, read.clips.get(id)?, *recall))).collect();
    clips.sort_by(|a, b| a.1.gain.total_cmp(&b.1.gain));
    let entry = |(id, clip, recall): (&String, &read::ClipGain, f64)| {
        Json::map([
            ("clip_id", id.as_str().into()),
            ("delta", clip.gain.into()),
            ("delta_event", clip.event_gain.into()),
            ("recall_d0", recall.into()),
        ])
    };
    clips.into_iter().map(entry).collect()
}
