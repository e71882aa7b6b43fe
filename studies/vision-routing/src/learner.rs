//! The classifiers, and what they answer at each level of vision.

use isocost_study_learn::{
    AdamWConfig, Labelled, LearnResult, Matrix, Mlp, Seed, Stream, Training, argmax, entropy, fit,
    fit_temperature, softmax,
};

use crate::data::CLASSES;
use crate::vision::{COARSE_FEATURES, FULL_FEATURES, coarse_features, full_features};
use crate::{Digit, Stage};

/// Hidden units, the same at both resolutions, so that what differs is what is seen.
const HIDDEN: usize = 64;

/// Which of two independent trainings with the same seed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lineage {
    First,
    Again,
}

impl Lineage {
    pub(crate) const ALL: [Self; 2] = [Self::First, Self::Again];

    /// The stream for all that is random in it.
    pub(crate) fn stream(self, seed: Seed) -> Stream {
        let name = match self {
            Self::First => "first",
            Self::Again => "again",
        };
        Stream::new(seed, "vision-routing/1").child(name)
    }
}

/// The images of a stage: to fit the weights, to fit the temperature, to evaluate.
#[derive(Debug, Clone)]
pub(crate) struct Material<'a> {
    pub(crate) train: Vec<&'a Digit>,
    pub(crate) tune: Vec<&'a Digit>,
    pub(crate) evaluate: Vec<&'a Digit>,
}

/// What one training answers: whether it is right at each level, image by image, and how sure its coarse answer is.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Seen {
    pub(crate) blind: Vec<bool>,
    pub(crate) coarse: Vec<bool>,
    pub(crate) full: Vec<bool>,
    /// Entropy of the calibrated coarse answer in nats.
    pub(crate) uncertainty: Vec<f64>,
    /// The same on the tuning images.
    pub(crate) tuning_uncertainty: Vec<f64>,
    /// What the coarse logits are divided by.
    pub(crate) temperature: f64,
}

/// Trains both classifiers and asks them about the images to evaluate.
pub(crate) fn learn(
    material: &Material<'_>,
    stage: Stage,
    seed: Seed,
    lineage: Lineage,
) -> LearnResult<Seen> {
    let stream = lineage.stream(seed);
    let coarse = train(&coarse_matrix(&material.train)?, &material.train, stage, &stream.child("coarse"))?;
    let full = train(&full_matrix(&material.train)?, &material.train, stage, &stream.child("full"))?;

    let tuning = coarse.logits(&coarse_matrix(&material.tune)?)?;
    let temperature = fit_temperature(&tuning, &labels(&material.tune))?.value;
    let answers = coarse.logits(&coarse_matrix(&material.evaluate)?)?;
    let truth = labels(&material.evaluate);
    let commonest = commonest_class(&material.train);
    Ok(Seen {
        blind: truth.iter().map(|label| *label == commonest).collect(),
        coarse: right(&answers, &truth),
        full: right(&full.logits(&full_matrix(&material.evaluate)?)?, &truth),
        uncertainty: uncertainty(&answers, temperature),
        tuning_uncertainty: uncertainty(&tuning, temperature),
        temperature,
    })
}

/// Chosen by hand on the validation split, among the settings listed in the study's page.
fn training(stage: Stage) -> Training {
    let (epochs, batch) = match stage {
        Stage::Smoke => (2, 2),
        Stage::Validation | Stage::Full => (30, 16),
    };
    Training { epochs, batch, learning_rate: 0.01, optimiser: AdamWConfig::default() }
}

fn train(features: &Matrix, digits: &[&Digit], stage: Stage, stream: &Stream) -> LearnResult<Mlp> {
    let examples = Labelled::new(features.clone(), labels(digits))?;
    let mut model = Mlp::new(&[features.columns(), HIDDEN, CLASSES], &mut stream.child("init"))?;
    fit(&mut model, &examples, &training(stage), stream.child("order"))?;
    Ok(model)
}

fn coarse_matrix(digits: &[&Digit]) -> LearnResult<Matrix> {
    Matrix::from_values(COARSE_FEATURES, digits.iter().flat_map(|digit| coarse_features(digit)).collect())
}

fn full_matrix(digits: &[&Digit]) -> LearnResult<Matrix> {
    Matrix::from_values(FULL_FEATURES, digits.iter().flat_map(|digit| full_features(digit)).collect())
}

fn labels(digits: &[&Digit]) -> Vec<usize> {
    digits.iter().map(|digit| usize::from(digit.label)).collect()
}

fn right(logits: &Matrix, truth: &[usize]) -> Vec<bool> {
    logits.iter().zip(truth).map(|(row, label)| argmax(row) == Some(*label)).collect()
}

fn uncertainty(logits: &Matrix, temperature: f64) -> Vec<f64> {
    logits.iter().map(|row| entropy(&softmax(row, temperature))).collect()
}

/// The commonest class; of equally common ones the smallest.
fn commonest_class(digits: &[&Digit]) -> usize {
    let mut counts = [0.0; CLASSES];
    for label in labels(digits) {
        if let Some(count) = counts.get_mut(label) {
            *count += 1.0;
        }
    }
    argmax(&counts).unwrap_or(0)
}
