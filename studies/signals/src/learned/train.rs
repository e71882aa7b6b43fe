//! Training a scorer.

use isocost_study_learn::LearnError;
use isocost_study_learn::torch::{Adam, TorchRng};

use super::loss::Loss;
use super::network::{Network, Sight, Trace};
use super::{Learner, Recipe, Scorer};
use crate::error::{SignalError, SignalResult, check_finite_f32, check_len};
use crate::visual::FeatureTable;

/// What is to be learnt, one per row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Labels<'a> {
    /// 1 where an event is, else 0; or the target of [`Learner::Regression`].
    Values(&'a [f32]),
    /// The class, 0 for none.
    Classes(&'a [usize]),
}

impl Labels<'_> {
    fn len(&self) -> usize {
        match self {
            Labels::Values(values) => values.len(),
            Labels::Classes(classes) => classes.len(),
        }
    }
}

/// Trains on rows that are clips of `seconds` rows one after another, as `torch.manual_seed(seed)` and the reference's loops
/// do. `classes` is the number of outputs for labels of classes, 1 otherwise.
pub fn train(
    recipe: &Recipe,
    features: &FeatureTable,
    labels: Labels<'_>,
    (classes, seconds): (usize, usize),
    seed: u64,
) -> SignalResult<Scorer> {
    let loss = checked(recipe, features, &labels, classes, seconds)?;
    let mut rng = TorchRng::new(seed);
    let mut network = build(recipe, features.width(), classes, seconds, &mut rng)?;
    let mut gradient = network.zeros();
    let mut adam = Adam::new(recipe.rates, network.parameters());
    let mut trace = Trace::default();
    let rows_each = if recipe.learner.takes_clips() { seconds } else { 1 };
    for epoch in 0..recipe.epochs {
        for batch in rng.permutation(features.rows() / rows_each).chunks(recipe.batch) {
            let picked = Batch::gather(features, &labels, batch, rows_each);
            let mut output = network.forward(&picked.input, &mut trace, Some(&mut rng))?;
            let taught = loss
                .gradient(&mut output, &picked.labels(), seconds)
                .ok_or(LearnError::Diverged { epoch: epoch + 1 })?;
            if taught {
                network.backward(&output, &mut trace, &mut gradient)?;
                adam.step(&mut network.tensors(&gradient))?;
            }
        }
    }
    Ok(Scorer { network, seconds, inputs: features.width() })
}

fn build(
    recipe: &Recipe,
    inputs: usize,
    classes: usize,
    seconds: usize,
    rng: &mut TorchRng,
) -> SignalResult<Network> {
    use Sight::{Neighbours, Second};
    let hidden = recipe.hidden;
    let network = match recipe.learner {
        Learner::Logistic => Network::new(&[inputs, 1], &[Second], 0.0, seconds, rng),
        Learner::Temporal => {
            let sights = [Neighbours, Neighbours, Second];
            Network::new(&[inputs, hidden, hidden, 1], &sights, recipe.dropout, seconds, rng)
        }
        _ => Network::new(&[inputs, hidden, classes], &[Second, Second], recipe.dropout, seconds, rng),
    };
    Ok(network?)
}

/// The loss, once everything fits.
fn checked(
    recipe: &Recipe,
    features: &FeatureTable,
    labels: &Labels<'_>,
    classes: usize,
    seconds: usize,
) -> SignalResult<Loss> {
    let rows = features.rows();
    if rows == 0 || seconds == 0 || recipe.batch == 0 {
        return Err(SignalError::Empty("the training rows, a clip or a batch"));
    }
    check_len("labels", labels.len(), rows)?;
    check_len("rows beyond the last whole clip", rows % seconds, 0)?;
    match (recipe.learner, labels) {
        (Learner::Classes | Learner::Teacher, Labels::Classes(labels)) => {
            if let Some((example, label)) = labels.iter().enumerate().find(|(_, label)| **label >= classes) {
                return Err(LearnError::Label { example, label: *label, classes }.into());
            }
            let plain = recipe.learner == Learner::Teacher;
            Ok(Loss::Classes {
                weights: if plain { vec![1.0; classes] } else { class_weights(labels, classes) },
            })
        }
        (Learner::Classes | Learner::Teacher, Labels::Values(_)) => Err(wrong_labels("a class")),
        (_, Labels::Classes(_)) => Err(wrong_labels("a number")),
        (learner, Labels::Values(values)) => {
            check_finite_f32("label", values)?;
            check_len("outputs of a scorer of numbers", classes, 1)?;
            let positive = Loss::weight_of(Loss::with_target(values), rows);
            Ok(match learner {
                Learner::MultipleInstance => Loss::Instances,
                Learner::Regression => Loss::Values { positive },
                _ => Loss::Events { positive },
            })
        }
    }
}

fn wrong_labels(needs: &'static str) -> SignalError {
    SignalError::Missing { method: "the chosen trainer", needs }
}

/// `all / (classes · count)`, 0 for a class without a row.
fn class_weights(labels: &[usize], classes: usize) -> Vec<f32> {
    let count = |class: usize| labels.iter().filter(|label| **label == class).count();
    let weight = |count: usize| if count == 0 { 0.0 } else { labels.len() as f64 / (classes * count) as f64 };
    (0..classes).map(|class| crate::numeric::narrow(weight(count(class)))).collect()
}

/// The rows of a batch.
struct Batch {
    input: Vec<f32>,
    values: Vec<f32>,
    classes: Vec<usize>,
}

impl Batch {
    fn gather(features: &FeatureTable, labels: &Labels<'_>, batch: &[usize], rows_each: usize) -> Self {
        let mut picked = Self { input: Vec::new(), values: Vec::new(), classes: Vec::new() };
        for place in batch {
            let (from, to) = (place * rows_each, (place + 1) * rows_each);
            let width = features.width();
            picked
                .input
                .extend_from_slice(features.values().get(from * width..to * width).unwrap_or_default());
            match labels {
                Labels::Values(values) => {
                    picked.values.extend_from_slice(values.get(from..to).unwrap_or_default());
                }
                Labels::Classes(classes) => {
                    picked.classes.extend_from_slice(classes.get(from..to).unwrap_or_default());
                }
            }
        }
        picked
    }

    fn labels(&self) -> Labels<'_> {
        if self.classes.is_empty() { Labels::Values(&self.values) } else { Labels::Classes(&self.classes) }
    }
}
