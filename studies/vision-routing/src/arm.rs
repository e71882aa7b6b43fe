//! The arms of the trial.

use std::fmt;

use serde::{Serialize, Serializer};

/// A policy under trial.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Arm {
    /// Looks at nothing and answers with the commonest class of the training images.
    NoVision,
    /// Looks at each image coarsely.
    AlwaysCoarse,
    /// Looks at each image fully.
    AlwaysFull,
    /// Sends a random subset to the full look at once, as large as the budget pays for.
    RandomMatched,
    /// [`Arm::RandomMatched`] once more: other initial weights, other order of training, other subset.
    RandomMatchedAgain,
    /// Looks at each image coarsely and looks fully as well where the coarse answer is least certain.
    UncertaintyThreshold,
    /// [`Arm::UncertaintyThreshold`] once more: other initial weights, other order of training.
    UncertaintyThresholdAgain,
    /// Knows the labels; the most that any choice of images to escalate could reach.
    Oracle,
}

/// Whether an arm spends the budget, or the same at any budget.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Spending {
    Fixed,
    Budgeted,
}

impl Arm {
    /// All arms, in the order of the outputs.
    pub const ALL: [Self; 8] = [
        Self::NoVision,
        Self::AlwaysCoarse,
        Self::AlwaysFull,
        Self::RandomMatched,
        Self::RandomMatchedAgain,
        Self::UncertaintyThreshold,
        Self::UncertaintyThresholdAgain,
        Self::Oracle,
    ];

    /// Its name in tables and rules.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NoVision => "no_vision",
            Self::AlwaysCoarse => "always_coarse",
            Self::AlwaysFull => "always_full",
            Self::RandomMatched => "random_matched",
            Self::RandomMatchedAgain => "random_matched_again",
            Self::UncertaintyThreshold => "uncertainty_threshold",
            Self::UncertaintyThresholdAgain => "uncertainty_threshold_again",
            Self::Oracle => "oracle",
        }
    }

    pub(crate) const fn spending(self) -> Spending {
        match self {
            Self::NoVision | Self::AlwaysCoarse | Self::AlwaysFull => Spending::Fixed,
            Self::RandomMatched
            | Self::RandomMatchedAgain
            | Self::UncertaintyThreshold
            | Self::UncertaintyThresholdAgain
            | Self::Oracle => Spending::Budgeted,
        }
    }
}

impl fmt::Display for Arm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl Serialize for Arm {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}
