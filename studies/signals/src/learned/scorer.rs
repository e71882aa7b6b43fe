//! A trained model and how its output becomes a score.

use super::network::{Network, Trace};
use crate::error::{SignalError, SignalResult, check_len};
use crate::visual::FeatureTable;

/// A trained model.
#[derive(Debug, Clone, PartialEq)]
pub struct Scorer {
    pub(super) network: Network,
    pub(super) seconds: usize,
    pub(super) inputs: usize,
}

/// How outputs become one score per second.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// The only output.
    Logit,
    /// One minus the probability of no event.
    NotBackground,
    /// The largest output of an event, minus that of none.
    EventMargin,
    /// The output of the clip's class: of the event whose mean output over the clip is largest.
    ClassLogit,
    /// That, minus the output of no event.
    ClassMargin,
}

impl Scorer {
    /// The outputs of clips, row by row.
    pub fn outputs(&self, clips: &FeatureTable) -> SignalResult<FeatureTable> {
        check_len("features of a second", clips.width(), self.inputs)?;
        check_len("rows beyond the last whole clip", clips.rows() % self.seconds, 0)?;
        let outputs = self.network.forward(clips.values(), &mut Trace::default(), None)?;
        FeatureTable::new(outputs, self.network.outputs())
    }

    /// One score per second of clips that follow one another.
    pub fn scores(&self, clips: &FeatureTable, reading: Reading) -> SignalResult<Vec<f64>> {
        let outputs = self.outputs(clips)?;
        let wants_classes = reading != Reading::Logit;
        if wants_classes != (outputs.width() > 1) {
            let what = "outputs of the scorer for this reading";
            return Err(SignalError::Shape {
                what,
                found: outputs.width(),
                wanted: 1 + usize::from(wants_classes),
            });
        }
        let clip = |clip: &[f32]| read(clip, outputs.width(), reading);
        Ok(outputs.values().chunks_exact(self.seconds * outputs.width()).flat_map(clip).collect())
    }
}

fn read(clip: &[f32], width: usize, reading: Reading) -> Vec<f64> {
    let class = clip_class(clip, width);
    let score = |row: &[f32]| {
        let background = row.first().copied().unwrap_or(0.0);
        let events = || row.iter().copied().skip(1).fold(f32::NEG_INFINITY, f32::max);
        let of_class = row.get(class).copied().unwrap_or(background);
        f64::from(match reading {
            Reading::Logit => background,
            Reading::NotBackground => 1.0 - background_probability(row),
            Reading::EventMargin => events() - background,
            Reading::ClassLogit => of_class,
            Reading::ClassMargin => of_class - background,
        })
    };
    clip.chunks_exact(width).map(score).collect()
}

fn background_probability(row: &[f32]) -> f32 {
    let top = row.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let mass: f32 = row.iter().map(|logit| libm::expf(logit - top)).sum();
    row.first().map_or(0.0, |logit| libm::expf(logit - top) / mass)
}

/// The event with the largest mean, the first among equals.
fn clip_class(clip: &[f32], width: usize) -> usize {
    let mean =
        |class: usize| clip.iter().skip(class).step_by(width).sum::<f32>() / (clip.len() / width) as f32;
    let mut best = (1, f32::NEG_INFINITY);
    for class in 1..width {
        let mean = mean(class);
        if mean > best.1 {
            best = (class, mean);
        }
    }
    best.0
}
