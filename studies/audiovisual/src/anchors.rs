//! Do anchors fall on events: `anchors`.
//!
//! Source: `listen_core` section 14.7.

use std::path::PathBuf;

use isocost_stats::generators::cpython::Random;
use isocost_study_signals::recall_at_k;

use crate::data::{AveIndex, LabelMap, LabelRule, Split};
use crate::listen::{ClipFolders, scores_of};
use crate::session::{SECONDS, path_json, write_json};
use crate::{AvError, AvResult, Json, Mode, P0Config};

/// What to measure.
#[derive(Debug, Clone, PartialEq)]
pub struct AnchorOptions {
    /// Annotations.
    pub meta: PathBuf,
    /// Clips and caches.
    pub folders: ClipFolders,
    /// The split.
    pub split: Split,
    /// The signal.
    pub signal: String,
    /// Its scores; completed if they can be.
    pub scores: Option<PathBuf>,
    /// How anchors are picked.
    pub config: P0Config,
    /// Seconds around an anchor that count as found.
    pub deltas: Vec<usize>,
    /// Seed of the random control.
    pub seed: u64,
    /// Whose behaviour is wanted.
    pub mode: Mode,
    /// The folder for `anchors_metrics.json`.
    pub out: PathBuf,
}

/// Mean recall within a distance, of the anchors and of as many seconds at random.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AnchorRecall {
    /// Seconds around an anchor that count as found.
    pub delta: usize,
    /// Of the anchors.
    pub ours: f64,
    /// Of random seconds.
    pub random: f64,
    /// Clips with an event and, for a signal without scores, with sound.
    pub clips: usize,
}

/// Measures recall over the clips with an event; writes `anchors_metrics.json`.
pub fn anchors(options: &AnchorOptions) -> AvResult<Vec<AnchorRecall>> {
    let index = AveIndex::read(&options.meta)?;
    let labels = LabelMap::new(&index, LabelRule::LastOfAll, SECONDS);
    let listed = index.split(options.split);
    let mut ids = Vec::new();
    let mut truths = Vec::new();
    for clip in listed {
        let events = labels.get(&clip.id)?.iter().enumerate().filter(|(_, label)| **label != 0);
        let truth: Vec<usize> = events.map(|(second, _)| second).collect();
        if !truth.is_empty() && (options.scores.is_some() || has_sound(&options.folders, &clip.id)) {
            ids.push(clip.id.clone());
            truths.push(truth);
        }
    }
    if ids.is_empty() {
        return Err(AvError::options(
            "no clip of the split has an event and a sound",
            "check the folders and the split",
        ));
    }
    let scores = scores_of(&options.folders, &options.signal, options.scores.as_deref(), &ids)?;
    let mut random = Random::from_magnitude(u128::from(options.seed));
    let rule = options.config.anchor_rule(SECONDS);
    let mut picked = Vec::with_capacity(ids.len());
    for (id, truth) in ids.iter().zip(truths) {
        let scores = scores.get(id).ok_or_else(|| AvError::clip(id, "it has no scores"))?;
        let ours = rule.pick(scores).map_err(|source| AvError::Anchors { clip: id.clone(), source })?;
        picked.push((truth, ours.anchors, random.sample(SECONDS, options.config.k.min(SECONDS))?));
    }
    let mean = |delta: usize, anchors: fn(&Compared) -> &[usize]| {
        let shares = picked.iter().map(|one| recall_at_k(&one.0, anchors(one), delta, SECONDS).share);
        shares.sum::<f64>() / picked.len() as f64
    };
    let recall = |delta: &usize| AnchorRecall {
        delta: *delta,
        ours: mean(*delta, |one| &one.1),
        random: mean(*delta, |one| &one.2),
        clips: picked.len(),
    };
    let recalls: Vec<AnchorRecall> = options.deltas.iter().map(recall).collect();
    isocost_fs::create_dir_all(&options.out)?;
    let json = file(options, listed.len(), &recalls);
    write_json(&options.out.join("anchors_metrics.json"), &json, options.mode)?;
    Ok(recalls)
}

/// Event seconds of a clip, its anchors, and as many seconds at random.
type Compared = (Vec<usize>, Vec<usize>, Vec<usize>);

fn has_sound(folders: &ClipFolders, id: &str) -> bool {
    folders.processed.as_ref().is_some_and(|folder| isocost_fs::exists(&folder.join(id).join("audio.wav")))
}

fn file(options: &AnchorOptions, clips: usize, recalls: &[AnchorRecall]) -> Json {
    let entry = |recall: &AnchorRecall| {
        let fields = [
            ("ours_mean_recall", recall.ours.into()),
            ("random_mean_recall", recall.random.into()),
            ("num_clips", recall.clips.into()),
        ];
        (recall.delta.to_string(), Json::map(fields))
    };
    Json::map([
        ("data_dir", path_json(&options.meta)),
        ("num_input_clips", clips.into()),
        (
            "metrics",
            Json::map([
                ("method", options.signal.as_str().into()),
                ("k", options.config.k.into()),
                ("deltas", Json::list(options.deltas.iter().copied())),
                ("by_delta", Json::Map(recalls.iter().map(entry).collect())),
            ]),
        ),
    ])
}
