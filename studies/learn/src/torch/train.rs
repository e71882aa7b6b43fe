//! Training a head on picked clips, and its predictions.

use super::pass::Pass;
use super::{Adam, AdamRates, Head, HeadShape, PickedClips, TorchRng, cross_entropy_rows};
use crate::error::same;
use crate::{LearnError, LearnResult};

/// How long and how fast to train.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HeadTraining {
    /// Passes over the clips.
    pub epochs: u32,
    /// Clips of a batch, at least 1; the last batch of a pass may be short.
    pub batch: usize,
    /// Learning rate and weight decay.
    pub rates: AdamRates,
}

/// Trains a head as `torch.manual_seed(seed)` and a plain loop over shuffled batches would. `labels` holds one class per second.
pub fn train_head(
    shape: HeadShape,
    training: &HeadTraining,
    clips: &PickedClips<'_>,
    labels: &[usize],
    seed: u64,
) -> LearnResult<Head> {
    let seconds = clips.seconds();
    same("features of a second", shape.inputs, clips.inputs())?;
    same("labels of the clips", clips.clips() * seconds, labels.len())?;
    if training.batch == 0 {
        return Err(LearnError::Empty { what: "the batch" });
    }
    let mut rng = TorchRng::new(seed);
    let mut head = Head::new(shape, &mut rng)?;
    let mut gradient = Head::zeros(shape);
    let mut adam = Adam::new(training.rates, head.parameters());
    let mut pass = Pass::default();
    let mut batch_labels = Vec::new();
    for epoch in 0..training.epochs {
        for batch in rng.permutation(clips.clips()).chunks(training.batch) {
            clips.gather(batch, &mut pass.input);
            gather_labels(labels, batch, seconds, &mut batch_labels);
            pass.forward(&head, seconds, Some(&mut rng))?;
            cross_entropy_rows(&mut pass.logits, shape.classes, &batch_labels)?
                .ok_or(LearnError::Diverged { epoch: epoch + 1 })?;
            pass.backward(&head, seconds, &mut gradient)?;
            adam.step(&mut [
                (&mut head.weight1, &gradient.weight1),
                (&mut head.bias1, &gradient.bias1),
                (&mut head.weight2, &gradient.weight2),
                (&mut head.bias2, &gradient.bias2),
            ])?;
        }
    }
    Ok(head)
}

fn gather_labels(labels: &[usize], batch: &[usize], seconds: usize, out: &mut Vec<usize>) {
    out.clear();
    for clip in batch {
        out.extend_from_slice(labels.get(clip * seconds..(clip + 1) * seconds).unwrap_or_default());
    }
}

/// The likeliest class of each second, the first among equals; clip after clip.
pub fn predict(head: &Head, clips: &PickedClips<'_>) -> LearnResult<Vec<usize>> {
    const CLIPS_AT_ONCE: usize = 64;
    same("features of a second", head.shape().inputs, clips.inputs())?;
    let mut pass = Pass::default();
    let mut classes = Vec::with_capacity(clips.clips() * clips.seconds());
    let all: Vec<usize> = (0..clips.clips()).collect();
    for batch in all.chunks(CLIPS_AT_ONCE) {
        clips.gather(batch, &mut pass.input);
        pass.forward(head, clips.seconds(), None)?;
        classes.extend(pass.logits.chunks_exact(head.shape().classes).map(first_maximum));
    }
    Ok(classes)
}

fn first_maximum(row: &[f32]) -> usize {
    let mut best = (0, f32::NEG_INFINITY);
    for (class, value) in row.iter().enumerate() {
        if *value > best.1 {
            best = (class, *value);
        }
    }
    best.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::torch::HeadKind;

    #[test]
    fn a_head_learns_which_feature_is_largest_and_the_same_seed_gives_the_same_head() {
        let mut rng = TorchRng::new(11);
        let table: Vec<f32> = (0..400 * 3).map(|_| rng.uniform(-1.0, 1.0)).collect();
        let labels: Vec<usize> = table.chunks_exact(3).map(first_maximum).collect();
        let rows: Vec<u32> = (0..400).collect();
        let clips = PickedClips::new(&table, 3, &rows, 10).unwrap();
        let training = HeadTraining { epochs: 60, batch: 8, rates: AdamRates { learning: 1e-2, decay: 0.0 } };
        for (kind, dropout) in [(HeadKind::Mlp, 0.0), (HeadKind::TemporalConv { kernel: 3 }, 0.1)] {
            let shape = HeadShape { kind, inputs: 3, hidden: 16, classes: 3, dropout };
            let head = train_head(shape, &training, &clips, &labels, 0).unwrap();
            assert_eq!(head, train_head(shape, &training, &clips, &labels, 0).unwrap());
            let right = predict(&head, &clips).unwrap().iter().zip(&labels).filter(|(a, b)| a == b).count();
            assert!(right > 380, "{kind:?}: {right}");
        }
    }
}
