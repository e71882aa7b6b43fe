//! The methods that are compared.

use std::fmt;
use std::str::FromStr;

use crate::AvError;

/// A method, called a baseline in metric files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(
    missing_docs,
    reason = "the names that metric files carry; `listen_core` section 10.2 describes them"
)]
pub enum Method {
    Uniform,
    UniformLow,
    RandomTop2,
    AnchoredTop2,
    OracleTop2,
    AudioConcatUniform,
    AudioConcatAnchoredTop2,
    AudioFeatConcatUniform,
    AudioFeatConcatAnchoredTop2,
}

/// How a method looks at a clip.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// All seconds at the base resolution.
    Base,
    /// All seconds at the low resolution: a smaller budget, on purpose.
    Low,
    /// High where chance falls.
    Random,
    /// High at anchors.
    Anchored,
    /// High where events are.
    Oracle,
}

/// What a method reads besides the features.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extra {
    /// Nothing.
    None,
    /// The score of the second.
    Score,
    /// The basic audio features of the second.
    Audio,
}

impl Method {
    /// All, in the order of the reference's own command.
    pub const ALL: [Self; 9] = [
        Self::Uniform,
        Self::UniformLow,
        Self::RandomTop2,
        Self::AnchoredTop2,
        Self::OracleTop2,
        Self::AudioConcatUniform,
        Self::AudioConcatAnchoredTop2,
        Self::AudioFeatConcatUniform,
        Self::AudioFeatConcatAnchoredTop2,
    ];

    /// Its name in metric files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Uniform => "uniform",
            Self::UniformLow => "uniform_low",
            Self::RandomTop2 => "random_top2",
            Self::AnchoredTop2 => "anchored_top2",
            Self::OracleTop2 => "oracle_top2",
            Self::AudioConcatUniform => "audio_concat_uniform",
            Self::AudioConcatAnchoredTop2 => "audio_concat_anchored_top2",
            Self::AudioFeatConcatUniform => "audio_feat_concat_uniform",
            Self::AudioFeatConcatAnchoredTop2 => "audio_feat_concat_anchored_top2",
        }
    }

    /// How it looks.
    pub const fn look(self) -> Look {
        match self {
            Self::Uniform | Self::AudioConcatUniform | Self::AudioFeatConcatUniform => Look::Base,
            Self::UniformLow => Look::Low,
            Self::RandomTop2 => Look::Random,
            Self::AnchoredTop2 | Self::AudioConcatAnchoredTop2 | Self::AudioFeatConcatAnchoredTop2 => {
                Look::Anchored
            }
            Self::OracleTop2 => Look::Oracle,
        }
    }

    /// What it reads besides.
    pub const fn extra(self) -> Extra {
        match self {
            Self::AudioConcatUniform | Self::AudioConcatAnchoredTop2 => Extra::Score,
            Self::AudioFeatConcatUniform | Self::AudioFeatConcatAnchoredTop2 => Extra::Audio,
            _ => Extra::None,
        }
    }

    /// Whether it needs scores.
    pub fn listens(self) -> bool {
        self.look() == Look::Anchored || self.extra() == Extra::Score
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Method {
    type Err = AvError;

    fn from_str(text: &str) -> Result<Self, AvError> {
        Self::ALL.into_iter().find(|method| method.name() == text).ok_or_else(|| {
            let known = Self::ALL.map(Self::name).join(", ");
            AvError::options(format!("`{text}` is no method; there are {known}"), "check its spelling")
        })
    }
}
