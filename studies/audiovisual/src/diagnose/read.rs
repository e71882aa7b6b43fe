//! What a metric file says about each clip.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

use crate::{AvError, AvResult};

#[derive(Deserialize)]
struct File {
    results_by_seed: Vec<Seed>,
    debug_eval: BTreeMap<String, BTreeMap<String, Story>>,
    #[serde(default)]
    debug_eval_clip_ids: Vec<String>,
}

#[derive(Deserialize)]
struct Seed {
    baselines: BTreeMap<String, Samples>,
}

#[derive(Deserialize)]
struct Samples {
    val_acc_by_sample: Vec<f32>,
    val_acc_event_by_sample: Vec<Option<f32>>,
}

/// How a clip was planned.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(super) struct Story {
    pub(super) anchors: Vec<usize>,
    pub(super) fallback_used: bool,
    pub(super) fallback_reason: Option<String>,
    pub(super) conf_value: f64,
    pub(super) plan_resolutions: Vec<u32>,
    pub(super) scores: Vec<f64>,
}

/// One clip.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ClipGain {
    /// Gain of `anchored_top2` over `uniform`, the mean of seeds in single precision.
    pub(super) gain: f64,
    /// The same over event seconds; NaN without any.
    pub(super) event_gain: f64,
    pub(super) story: Story,
}

/// All clips, those that are listed twice once.
pub(super) struct Diagnosed {
    pub(super) listed: usize,
    pub(super) clips: BTreeMap<String, ClipGain>,
}

const HINT: &str =
    "give a metrics.json with uniform and anchored_top2, or an end-to-end file with such metrics inside";

pub(super) fn read_metrics(path: &Path) -> AvResult<Diagnosed> {
    let text = isocost_fs::read_to_string(path)?;
    let wrong = |what: String| AvError::file(path, what, HINT);
    let mut value: serde_json::Value =
        serde_json::from_str(&without_bare(&text)).map_err(|error| wrong(error.to_string()))?;
    let listed = value.get("eval_ids").cloned();
    if let Some(inner) =
        value.get_mut("metrics").filter(|inner| inner.is_object()).map(serde_json::Value::take)
    {
        value = inner;
    }
    let mut file: File = serde_json::from_value(value).map_err(|error| wrong(error.to_string()))?;
    let listed: Vec<String> = match listed {
        Some(ids) => serde_json::from_value(ids).map_err(|error| wrong(error.to_string()))?,
        None => std::mem::take(&mut file.debug_eval_clip_ids),
    };
    let mut stories = file.debug_eval.remove("anchored_top2").unwrap_or_default();
    let (gains, event_gains) = gains(&file.results_by_seed, listed.len()).map_err(wrong)?;
    let mut by_clip: BTreeMap<String, (Vec<f64>, Vec<f64>)> = BTreeMap::new();
    for ((id, gain), event) in listed.iter().zip(gains).zip(event_gains) {
        let clip = by_clip.entry(id.clone()).or_default();
        clip.0.push(gain);
        clip.1.extend((!event.is_nan()).then_some(event));
    }
    let mut clips = BTreeMap::new();
    for (id, (gains, events)) in by_clip {
        let story = stories
            .remove(&id)
            .ok_or_else(|| AvError::clip(&id, "the metric file does not say how it was planned"))?;
        clips.insert(id, ClipGain { gain: mean(&gains), event_gain: mean(&events), story });
    }
    Ok(Diagnosed { listed: listed.len(), clips })
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// Gains by sample: differences and means over seeds in single precision.
fn gains(seeds: &[Seed], count: usize) -> Result<(Vec<f64>, Vec<f64>), String> {
    let (mut sums, mut events) = (vec![0.0_f32; count], vec![(0.0_f32, 0.0_f32); count]);
    for seed in seeds {
        let of = |name: &str| seed.baselines.get(name).ok_or_else(|| format!("`{name}` is missing"));
        let (uniform, anchored) = (of("uniform")?, of("anchored_top2")?);
        let sizes = [
            uniform.val_acc_by_sample.len(),
            anchored.val_acc_by_sample.len(),
            uniform.val_acc_event_by_sample.len(),
            anchored.val_acc_event_by_sample.len(),
        ];
        if sizes.iter().any(|size| *size != count) {
            return Err(format!("there are {sizes:?} samples for {count} ids"));
        }
        for ((sum, x), y) in sums.iter_mut().zip(&uniform.val_acc_by_sample).zip(&anchored.val_acc_by_sample)
        {
            *sum += y - x;
        }
        let pairs = uniform.val_acc_event_by_sample.iter().zip(&anchored.val_acc_event_by_sample);
        for (event, pair) in events.iter_mut().zip(pairs) {
            if let (Some(x), Some(y)) = pair {
                event.0 += y - x;
                event.1 += 1.0;
            }
        }
    }
    let all = seeds.len() as f32;
    Ok((
        sums.iter().map(|sum| f64::from(sum / all)).collect(),
        events.iter().map(|(sum, count)| f64::from(sum / count)).collect(),
    ))
}

/// Python writes NaN and infinities bare, which no JSON reader takes: they become null, outside of text.
fn without_bare(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, part) in text.split('"').enumerate() {
        if at > 0 {
            out.push('"');
        }
        // Ids and names hold no escaped quotes; a text with one is left as it is from there on, and the reader decides.
        if at % 2 == 0 {
            out.push_str(
                &part.replace("-Infinity", "null").replace("Infinity", "null").replace("NaN", "null"),
            );
        } else {
            out.push_str(part);
        }
    }
    out
}
