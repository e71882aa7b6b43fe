//! Targets from teachers: what is a second worth being looked at more closely?
//!
//! Source: `listen_core` sections 11.3 (`visgain`) and 11.5.

use super::{Labels, Learner, Recipe, Scorer, train};
use crate::error::{SignalError, SignalResult, check_len};
use crate::numeric::narrow;
use crate::visual::FeatureTable;

/// A classifier of seconds, trained on features at one resolution.
#[derive(Debug, Clone, PartialEq)]
pub struct Teacher(Scorer);

impl Teacher {
    /// Trains it by [`Learner::Teacher`]'s recipe, or another, with seed 0; classes up to the largest label.
    pub fn new(
        recipe: &Recipe,
        features: &FeatureTable,
        labels: &[usize],
        seconds: usize,
    ) -> SignalResult<Self> {
        let classes = 1 + labels.iter().max().ok_or(SignalError::Empty("the list of labels"))?;
        let recipe = Recipe { learner: Learner::Teacher, ..*recipe };
        Ok(Self(train(&recipe, features, Labels::Classes(labels), (classes, seconds), 0)?))
    }

    /// Cross entropy of each row with its label.
    fn losses(&self, features: &FeatureTable, labels: &[usize]) -> SignalResult<Vec<f32>> {
        check_len("labels", labels.len(), features.rows())?;
        let outputs = self.0.outputs(features)?;
        Ok(outputs.iter().zip(labels).map(|(row, label)| cross_entropy(row, *label)).collect())
    }

    /// Whether each row's class is its label.
    fn right(&self, features: &FeatureTable, labels: &[usize]) -> SignalResult<Vec<bool>> {
        check_len("labels", labels.len(), features.rows())?;
        let outputs = self.0.outputs(features)?;
        Ok(outputs.iter().zip(labels).map(|(row, label)| first_maximum(row) == *label).collect())
    }
}

fn cross_entropy(row: &[f32], label: usize) -> f32 {
    let top = row.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let mass: f32 = row.iter().map(|logit| libm::expf(logit - top)).sum();
    libm::logf(mass) - (row.get(label).copied().unwrap_or(f32::NEG_INFINITY) - top)
}

fn first_maximum(row: &[f32]) -> usize {
    let best = row.iter().enumerate().fold((0, f32::NEG_INFINITY), |best, (class, logit)| {
        if *logit > best.1 { (class, *logit) } else { best }
    });
    best.0
}

/// By how much the loss falls from base to high resolution on event seconds, as a share of the clip's largest fall;
/// `teacher` was trained at the base resolution.
pub fn loss_gains(
    teacher: &Teacher,
    base: &FeatureTable,
    high: &FeatureTable,
    labels: &[usize],
    seconds: usize,
) -> SignalResult<Vec<f32>> {
    if seconds == 0 {
        return Err(SignalError::Empty("a clip"));
    }
    let (before, after) = (teacher.losses(base, labels)?, teacher.losses(high, labels)?);
    let mut gains: Vec<f32> = before
        .iter()
        .zip(&after)
        .zip(labels)
        .map(|((before, after), label)| if *label == 0 { 0.0 } else { (before - after).max(0.0) })
        .collect();
    for clip in gains.chunks_mut(seconds) {
        let most = clip.iter().copied().fold(0.0, f32::max) + 1e-6;
        for gain in clip.iter_mut() {
            *gain /= most;
        }
    }
    Ok(gains)
}

/// 1 on event seconds that only the teacher of the high resolution gets right, else 0.
pub fn accuracy_flips(
    (low_teacher, base): (&Teacher, &FeatureTable),
    (high_teacher, high): (&Teacher, &FeatureTable),
    labels: &[usize],
) -> SignalResult<Vec<f32>> {
    let (before, after) = (low_teacher.right(base, labels)?, high_teacher.right(high, labels)?);
    let flips = before.iter().zip(&after).zip(labels);
    Ok(flips.map(|((before, after), label)| f32::from(u8::from(*after && !*before && *label != 0))).collect())
}

/// On event seconds, how far the features at high resolution are from those at the base: 1 − cosine, cut to 0 … 1.
pub fn visual_gains(base: &FeatureTable, high: &FeatureTable, labels: &[usize]) -> SignalResult<Vec<f32>> {
    check_len("rows of the features at high resolution", high.rows(), base.rows())?;
    check_len("columns of the features at high resolution", high.width(), base.width())?;
    check_len("labels", labels.len(), base.rows())?;
    let gain = |((base, high), label): ((&[f32], &[f32]), &usize)| {
        if *label == 0 { 0.0 } else { narrow(crate::visual::cosine_distance(base, high).clamp(0.0, 1.0)) }
    };
    Ok(base.iter().zip(high.iter()).zip(labels).map(gain).collect())
}
