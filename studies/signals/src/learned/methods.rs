//! The learned methods that need only cached features, by the reference's names, in its score-cache path.
//!
//! Source: `listen_core` section 11.3.

use std::str::FromStr;

use super::{Inputs, Learner, Reading, Recipe};
use crate::error::{SignalError, SignalResult};

/// A learned method: what it sees, how it is trained, how its output is read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LearnedMethod {
    /// The name in the reference's options and score files.
    pub name: &'static str,
    /// What it sees of a second.
    pub inputs: Inputs,
    /// The resolution of cached features that it prefers, see [`super::preferred_resolution`].
    pub resolution: u32,
    /// How it is trained.
    pub recipe: Recipe,
    /// How its output is read.
    pub reading: Reading,
}

const LOGISTIC: Recipe = Learner::Logistic.recipe();
const MLP: Recipe = Learner::Mlp.recipe();
const TEMPORAL: Recipe = Learner::Temporal.recipe();
const INSTANCES: Recipe = Learner::MultipleInstance.recipe();
const CLASSES: Recipe = Learner::Classes.recipe();
const REGRESSION: Recipe = Learner::Regression.recipe();

const fn method(name: &'static str, inputs: Inputs, recipe: Recipe, reading: Reading) -> LearnedMethod {
    LearnedMethod { name, inputs, resolution: 112, recipe, reading }
}

impl LearnedMethod {
    /// Every method. Those whose targets come from teachers are taught by [`super::visual_gains`], [`super::loss_gains`] and
    /// [`super::accuracy_flips`].
    pub const ALL: [Self; 28] = [
        method("audio_basic_lr", Inputs::Audio, LOGISTIC, Reading::Logit),
        method("audio_basic_mlp", Inputs::Audio, MLP, Reading::Logit),
        method("audio_basic_tcn", Inputs::Audio, TEMPORAL, Reading::Logit),
        method("audio_basic_mlp_cls", Inputs::Audio, CLASSES, Reading::NotBackground),
        method("audio_basic_mlp_cls_target", Inputs::Audio, CLASSES, Reading::ClassLogit),
        method("av_basic_lr", Inputs::AudioAndFrameChange, LOGISTIC, Reading::Logit),
        method("av_basic_mlp", Inputs::AudioAndFrameChange, MLP, Reading::Logit),
        method("av_clipdiff_lr", Inputs::AudioAndChange, LOGISTIC, Reading::Logit),
        method("av_clipdiff_mlp", Inputs::AudioAndChange, MLP.hidden(128), Reading::Logit),
        method("av_clipdiff_mlp_r160", Inputs::AudioAndChange, MLP.hidden(128), Reading::Logit).at(160),
        method("av_clipdiff_mlp_r224", Inputs::AudioAndChange, MLP.hidden(128), Reading::Logit).at(224),
        method("av_clipdiff_tcn", Inputs::AudioAndChange, TEMPORAL, Reading::Logit),
        method("av_clipdiff_mil_mlp", Inputs::AudioAndChange, INSTANCES.hidden(128), Reading::Logit),
        method(
            "av_clipdiff_framediff_mlp",
            Inputs::AudioAndChangeAndFrameChange,
            MLP.hidden(128),
            Reading::Logit,
        ),
        method(
            "av_clipdiff_vec_mlp",
            Inputs::AudioAndDifference,
            MLP.hidden(128).dropout(0.1),
            Reading::Logit,
        ),
        method("av_clipdiff_mlp_cls", Inputs::AudioAndChange, CLASSES, Reading::EventMargin),
        method("av_clipdiff_mlp_cls_target", Inputs::AudioAndChange, CLASSES, Reading::ClassMargin),
        method(
            "av_clip_mlp_cls",
            Inputs::AudioAndPictures,
            CLASSES.hidden(128).dropout(0.1),
            Reading::EventMargin,
        ),
        method(
            "av_clip_mlp_cls_target",
            Inputs::AudioAndPictures,
            CLASSES.hidden(128).dropout(0.1),
            Reading::ClassMargin,
        ),
        method("av_clipdiff_visgain_mlp", Inputs::AudioAndChange, REGRESSION.epochs(60), Reading::Logit),
        method("av_clipdiff_lossgain_mlp", Inputs::AudioAndChange, REGRESSION.epochs(60), Reading::Logit),
        method("av_clipdiff_accflip_mlp", Inputs::AudioAndChange, MLP.hidden(128), Reading::Logit),
        method("vision_binary_lr", Inputs::Pictures, LOGISTIC, Reading::Logit).at(160),
        method("vision_binary_mlp", Inputs::Pictures, MLP.hidden(128).dropout(0.1), Reading::Logit).at(160),
        method("vision_binary_mlp_r224", Inputs::Pictures, MLP.hidden(128).dropout(0.1), Reading::Logit)
            .at(224),
        method("vision_binary_mlp_r352", Inputs::Pictures, MLP.hidden(128).dropout(0.1), Reading::Logit)
            .at(352),
        method("vision_mlp_cls", Inputs::Pictures, CLASSES.hidden(128).dropout(0.1), Reading::EventMargin)
            .at(160),
        method(
            "vision_mlp_cls_target",
            Inputs::Pictures,
            CLASSES.hidden(128).dropout(0.1),
            Reading::ClassMargin,
        )
        .at(160),
    ];

    const fn at(self, resolution: u32) -> Self {
        Self { resolution, ..self }
    }
}

impl FromStr for LearnedMethod {
    type Err = SignalError;

    fn from_str(text: &str) -> SignalResult<Self> {
        let known = || Self::ALL.iter().map(|method| method.name).collect::<Vec<_>>().join(", ");
        Self::ALL.into_iter().find(|method| method.name == text).ok_or_else(|| SignalError::Unknown {
            what: "learned method",
            text: text.to_owned(),
            known: known(),
        })
    }
}
