//! The methods of the reference that need no training, by their names there.
//!
//! Source: `listen_core` section 7, "Score-only methods".

use std::str::FromStr;

use isocost_study_budget::anchors::{minmax_01, shift_scores};

use super::{ANY_SHIFT, FUSED_SCALE, Fusion, LATER_SHIFT, best_shift, fuse, scaled};
use crate::audio::{Strides, Waveform, energy, energy_change, strongest_stride};
use crate::error::{SignalError, SignalResult, check_len};
use crate::numeric::{narrowed, std_f32};

/// What is known of a clip; a method says what it lacks.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct ClipSignals<'a> {
    /// Length of the clip.
    pub seconds: usize,
    /// Its sound.
    pub sound: Option<&'a Waveform>,
    /// [`crate::visual::frame_change`] of its frames.
    pub frame_change: Option<&'a [f64]>,
    /// [`crate::visual::clip_change`] of its cached features.
    pub clip_change: Option<&'a [f64]>,
    /// Share of each second that is speech, from 0 to 1.
    pub speech: Option<&'a [f64]>,
}

/// A method that scores seconds without training.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum CheapMethod {
    /// `energy`: log energy.
    Energy,
    /// `energy_delta`: its change.
    EnergyChange,
    /// `energy_stride_max`: the loudest 0.4 s of each second.
    StrongestStride,
    /// `cheap_visual`: change of the picture.
    FrameChange,
    /// `asr_vad`: loudness where nobody speaks.
    NotSpeech,
    /// `av_fused`, `av_fused_prod`: loudness and change of the picture; without frames the latter is 0.
    SoundAndFrames(Fusion),
    /// `vision_clipdiff`: change of the cached features.
    ClipChange,
    /// `av_fused_clipdiff`, `av_fused_clipdiff_prod`: loudness and change of the cached features.
    SoundAndClip(Fusion),
    /// `moe_energy_clipdiff`: energy, unless its standard deviation is below this; then the change of the features.
    EitherEnergyOrClip {
        /// Below this the energy says nothing.
        flat_below: f64,
    },
    /// `energy_autoshift_clipdiff`, and `…_pos`, which moves only to later seconds.
    ShiftedEnergy {
        /// The shifts to try.
        shifts: &'static [i64],
    },
}

impl CheapMethod {
    /// Every method, with the reference's settings.
    pub const ALL: [Self; 13] = [
        Self::Energy,
        Self::EnergyChange,
        Self::StrongestStride,
        Self::FrameChange,
        Self::NotSpeech,
        Self::SoundAndFrames(Fusion::Max),
        Self::SoundAndFrames(Fusion::Product),
        Self::ClipChange,
        Self::SoundAndClip(Fusion::Max),
        Self::SoundAndClip(Fusion::Product),
        Self::EitherEnergyOrClip { flat_below: 1.0 },
        Self::ShiftedEnergy { shifts: ANY_SHIFT },
        Self::ShiftedEnergy { shifts: LATER_SHIFT },
    ];

    /// The name in the reference's options and score files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Energy => "energy",
            Self::EnergyChange => "energy_delta",
            Self::StrongestStride => "energy_stride_max",
            Self::FrameChange => "cheap_visual",
            Self::NotSpeech => "asr_vad",
            Self::SoundAndFrames(Fusion::Max) => "av_fused",
            Self::SoundAndFrames(Fusion::Product) => "av_fused_prod",
            Self::ClipChange => "vision_clipdiff",
            Self::SoundAndClip(Fusion::Max) => "av_fused_clipdiff",
            Self::SoundAndClip(Fusion::Product) => "av_fused_clipdiff_prod",
            Self::EitherEnergyOrClip { .. } => "moe_energy_clipdiff",
            Self::ShiftedEnergy { shifts } if shifts.iter().all(|shift| *shift >= 0) => {
                "energy_autoshift_clipdiff_pos"
            }
            Self::ShiftedEnergy { .. } => "energy_autoshift_clipdiff",
        }
    }

    /// One score per second.
    pub fn score(self, clip: &ClipSignals<'_>) -> SignalResult<Vec<f64>> {
        if clip.seconds == 0 {
            return Err(SignalError::Empty("the clip"));
        }
        let source = Source { method: self.name(), clip };
        match self {
            Self::Energy => source.energy(),
            Self::EnergyChange => Ok(energy_change(&source.energy()?)),
            Self::StrongestStride => source.loudness(),
            Self::FrameChange => source.per_second(clip.frame_change, "frames"),
            Self::NotSpeech => source.not_speech(),
            Self::SoundAndFrames(fusion) => source.fused(fusion, clip.frame_change.unwrap_or_default()),
            Self::ClipChange => Ok(scaled(&minmax_01(&source.clip_change()?), FUSED_SCALE)),
            Self::SoundAndClip(fusion) => source.fused(fusion, &source.clip_change()?),
            Self::EitherEnergyOrClip { flat_below } => source.energy_or_clip(flat_below),
            Self::ShiftedEnergy { shifts } => source.shifted_energy(shifts),
        }
    }
}

impl FromStr for CheapMethod {
    type Err = SignalError;

    fn from_str(text: &str) -> SignalResult<Self> {
        let known = || Self::ALL.iter().map(|method| method.name()).collect::<Vec<_>>().join(", ");
        Self::ALL.into_iter().find(|method| method.name() == text).ok_or_else(|| SignalError::Unknown {
            what: "method",
            text: text.to_owned(),
            known: known(),
        })
    }
}

/// The signals of a clip, with the method that asks for them.
struct Source<'a> {
    method: &'static str,
    clip: &'a ClipSignals<'a>,
}

impl<'a> Source<'a> {
    fn sound(&self) -> SignalResult<&'a Waveform> {
        self.clip.sound.ok_or(SignalError::Missing { method: self.method, needs: "sound" })
    }

    fn energy(&self) -> SignalResult<Vec<f64>> {
        energy(self.sound()?, self.clip.seconds)
    }

    fn loudness(&self) -> SignalResult<Vec<f64>> {
        strongest_stride(self.sound()?, self.clip.seconds, Strides::default())
    }

    fn per_second(&self, scores: Option<&[f64]>, needs: &'static str) -> SignalResult<Vec<f64>> {
        let scores = scores.ok_or(SignalError::Missing { method: self.method, needs })?;
        check_len(needs, scores.len(), self.clip.seconds)?;
        crate::error::check_finite(needs, scores)?;
        Ok(scores.to_vec())
    }

    fn clip_change(&self) -> SignalResult<Vec<f64>> {
        self.per_second(self.clip.clip_change, "cached picture features")
    }

    fn not_speech(&self) -> SignalResult<Vec<f64>> {
        let speech = self.per_second(self.clip.speech, "the share of speech per second")?;
        Ok(minmax_01(&self.loudness()?)
            .iter()
            .zip(&speech)
            .map(|(loud, speech)| loud * (1.0 - speech))
            .collect())
    }

    fn fused(&self, fusion: Fusion, visual: &[f64]) -> SignalResult<Vec<f64>> {
        let seconds = self.clip.seconds;
        let visual = minmax_01(visual);
        Ok(scaled(&fuse(fusion, &minmax_01(&self.loudness()?), &visual, seconds), FUSED_SCALE))
    }

    fn energy_or_clip(&self, flat_below: f64) -> SignalResult<Vec<f64>> {
        let energy = self.energy()?;
        if f64::from(std_f32(&narrowed(&energy))) < flat_below {
            return Ok(scaled(&minmax_01(&self.clip_change()?), FUSED_SCALE));
        }
        Ok(energy)
    }

    fn shifted_energy(&self, shifts: &[i64]) -> SignalResult<Vec<f64>> {
        let energy = self.energy()?;
        let shift = best_shift(&minmax_01(&energy), &minmax_01(&self.clip_change()?), shifts)?;
        Ok(shift_scores(&energy, shift))
    }
}
