//! What is trained, and how.

use isocost_study_learn::torch::AdamRates;

/// A model with its loss, by the names of the reference's trainers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Learner {
    /// LR: logistic regression of each second.
    Logistic,
    /// MLP: one hidden layer on each second.
    Mlp,
    /// TCN: two convolutions over three seconds each.
    Temporal,
    /// MIL: the MLP, taught only that the events of a clip hold the mass of its scores.
    MultipleInstance,
    /// CLS: the MLP with one output per class, classes weighted against their counts.
    Classes,
    /// REG: the MLP, taught numbers.
    Regression,
    /// The teachers of section 11.5: CLS on whole clips at a time, without weights.
    Teacher,
}

/// A learner and its numbers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Recipe {
    /// The model.
    pub learner: Learner,
    /// Passes over the training rows.
    pub epochs: u32,
    /// Rows of a batch; clips for [`Learner::Temporal`], [`Learner::MultipleInstance`] and [`Learner::Teacher`].
    pub batch: usize,
    /// Learning rate, and weight decay, which the reference leaves at `PyTorch`'s 0.01.
    pub rates: AdamRates,
    /// Width of hidden layers; unused by [`Learner::Logistic`].
    pub hidden: usize,
    /// Share of hidden values that training drops.
    pub dropout: f64,
}

impl Learner {
    /// The reference's defaults.
    pub const fn recipe(self) -> Recipe {
        let (epochs, batch, learning, decay, hidden, dropout) = match self {
            Self::Logistic => (50, 2048, 2e-2, 0.01, 0, 0.0),
            Self::Mlp | Self::Regression => (50, 2048, 2e-3, 0.01, 64, 0.0),
            Self::Temporal => (50, 128, 1e-3, 0.01, 64, 0.1),
            Self::MultipleInstance => (50, 128, 2e-3, 0.01, 64, 0.0),
            Self::Classes => (30, 2048, 1e-3, 0.01, 64, 0.0),
            Self::Teacher => (5, 256, 2e-3, 0.0, 128, 0.1),
        };
        Recipe { learner: self, epochs, batch, rates: AdamRates { learning, decay }, hidden, dropout }
    }

    /// Whether a batch holds whole clips.
    pub(super) const fn takes_clips(self) -> bool {
        matches!(self, Self::Temporal | Self::MultipleInstance | Self::Teacher)
    }
}

impl Recipe {
    /// With this width.
    #[must_use]
    pub const fn hidden(self, hidden: usize) -> Self {
        Self { hidden, ..self }
    }

    /// With this dropout.
    #[must_use]
    pub const fn dropout(self, dropout: f64) -> Self {
        Self { dropout, ..self }
    }

    /// With this many passes.
    #[must_use]
    pub const fn epochs(self, epochs: u32) -> Self {
        Self { epochs, ..self }
    }

    /// With batches of this size.
    #[must_use]
    pub const fn batch(self, batch: usize) -> Self {
        Self { batch, ..self }
    }
}
