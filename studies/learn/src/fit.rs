//! Training by mini-batches.

use crate::error::{LearnError, same};
use crate::{AdamW, AdamWConfig, LearnResult, Matrix, Mlp, Stream};

/// Examples with their class.
#[derive(Debug, Clone, PartialEq)]
pub struct Labelled {
    features: Matrix,
    labels: Vec<usize>,
}

impl Labelled {
    /// One label per row of features. Errors if the numbers differ or there is no example.
    pub fn new(features: Matrix, labels: Vec<usize>) -> LearnResult<Self> {
        same("number of labels", features.rows(), labels.len())?;
        if labels.is_empty() {
            return Err(LearnError::Empty { what: "the number of labelled examples" });
        }
        Ok(Self { features, labels })
    }

    /// The features, one row per example.
    pub const fn features(&self) -> &Matrix {
        &self.features
    }

    /// The classes, one per example.
    pub fn labels(&self) -> &[usize] {
        &self.labels
    }

    /// Number of examples, at least 1.
    pub fn len(&self) -> usize {
        self.labels.len()
    }

    /// Always false: see [`Labelled::new`].
    pub fn is_empty(&self) -> bool {
        self.labels.is_empty()
    }

    fn batch(&self, indices: &[usize]) -> LearnResult<(Matrix, Vec<usize>)> {
        let labels = indices.iter().filter_map(|index| self.labels.get(*index)).copied().collect();
        Ok((self.features.select(indices)?, labels))
    }
}

/// How to train.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Training {
    /// Passes over the examples.
    pub epochs: u32,
    /// Examples per step; the last step of an epoch takes what is left.
    pub batch: usize,
    /// Learning rate of the first step; it falls linearly to 0 at the last.
    pub learning_rate: f64,
    /// The optimiser's settings.
    pub optimiser: AdamWConfig,
}

/// What training came to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fit {
    /// Mean loss in nats over the steps of the last epoch, weighted by examples; 0 after no epoch.
    pub loss: f64,
    /// Steps made.
    pub steps: u64,
}

/// Trains the network in place; the stream orders the examples, afresh in each epoch.
///
/// Errors if shapes or labels do not fit the network, the batch is 0, or the loss diverges.
pub fn fit(
    model: &mut Mlp,
    examples: &Labelled,
    training: &Training,
    mut stream: Stream,
) -> LearnResult<Fit> {
    if training.batch == 0 {
        return Err(LearnError::Empty { what: "the batch size" });
    }
    let steps_per_epoch = examples.len().div_ceil(training.batch);
    let planned = f64::from(training.epochs) * steps_per_epoch as f64;
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut optimiser = AdamW::new(training.optimiser);
    let mut done = Fit { loss: 0.0, steps: 0 };
    for epoch in 1..=training.epochs {
        stream.shuffle(&mut order);
        let mut total = 0.0;
        for indices in order.chunks(training.batch) {
            let (features, labels) = examples.batch(indices)?;
            let (loss, gradient) = model.loss_and_gradient(&features, &labels)?;
            let rate = training.learning_rate * (1.0 - done.steps as f64 / planned);
            optimiser.step(rate, model.tensors(&gradient))?;
            total += loss * indices.len() as f64;
            done.steps += 1;
        }
        done.loss = total / examples.len() as f64;
        if !done.loss.is_finite() {
            return Err(LearnError::Diverged { epoch });
        }
    }
    Ok(done)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Seed, argmax};

    const TRAINING: Training = Training {
        epochs: 200,
        batch: 4,
        learning_rate: 0.05,
        optimiser: AdamWConfig { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weight_decay: 0.0 },
    };

    fn exclusive_or() -> Labelled {
        let features = Matrix::from_values(2, vec![0.0, 0.0, 0.0, 1.0, 1.0, 0.0, 1.0, 1.0]).unwrap();
        Labelled::new(features, vec![0, 1, 1, 0]).unwrap()
    }

    fn trained(widths: &[usize], training: &Training) -> (Mlp, LearnResult<Fit>) {
        let stream = Stream::new(Seed(5), "xor");
        let mut model = Mlp::new(widths, &mut stream.child("init")).unwrap();
        let done = fit(&mut model, &exclusive_or(), training, stream.child("order"));
        (model, done)
    }

    fn hits(model: &Mlp) -> usize {
        let examples = exclusive_or();
        let logits = model.logits(examples.features()).unwrap();
        logits.iter().zip(examples.labels()).filter(|(row, label)| argmax(row) == Some(**label)).count()
    }

    #[test]
    fn a_hidden_layer_learns_exclusive_or_and_a_linear_model_cannot() {
        assert_eq!(hits(&trained(&[2, 16, 2], &TRAINING).0), 4);
        assert!(hits(&trained(&[2, 2], &TRAINING).0) < 4);
    }

    #[test]
    fn training_twice_gives_the_same_bits() {
        assert_eq!(trained(&[2, 16, 2], &TRAINING), trained(&[2, 16, 2], &TRAINING));
    }

    #[test]
    fn a_divergence_is_an_error_that_names_the_epoch() {
        let (_, done) = trained(&[2, 16, 2], &Training { learning_rate: f64::INFINITY, ..TRAINING });
        assert!(matches!(done, Err(LearnError::Diverged { epoch: 1 | 2 })), "{done:?}");
    }

    #[test]
    fn a_batch_of_nothing_is_an_error() {
        assert!(trained(&[2, 2], &Training { batch: 0, ..TRAINING }).1.is_err());
    }
}
