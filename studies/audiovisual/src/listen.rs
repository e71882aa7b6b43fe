//! Stage 1: scores of clips, computed from their sound and their cached features.
//!
//! Source: `listen_core` sections 7 and 11.3. Signals that look at cached features take resolution 160, else 112, else the smallest.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use isocost_study_budget::anchors::minmax_01;
use isocost_study_budget::patch_tokens;
use isocost_study_signals::SignalError;
use isocost_study_signals::audio::{BasicAudio, Waveform};
use isocost_study_signals::decode::wav_pcm16;
use isocost_study_signals::scores::{CheapMethod, ClipSignals};
use isocost_study_signals::visual::{Distance, FeatureTable, clip_change};
use rayon::prelude::*;

use crate::config::FallbackMode;
use crate::data::{FeatureStore, Scores};
use crate::policy::VisualScores;
use crate::{AvError, AvResult};

/// Where clips lie.
#[derive(Debug, Clone, PartialEq)]
pub struct ClipFolders {
    /// `<id>/audio.wav` and `<id>/frames`.
    pub processed: Option<PathBuf>,
    /// `<id>.npz`.
    pub caches: PathBuf,
    /// Seconds of each clip.
    pub seconds: usize,
}

fn of_clip(id: &str) -> impl Fn(SignalError) -> AvError {
    move |error| AvError::clip(id, error.to_string())
}

impl ClipFolders {
    /// The sound of a clip.
    pub fn sound(&self, id: &str) -> AvResult<Waveform> {
        let processed = self.processed.as_ref().ok_or_else(|| {
            AvError::options(
                "the signal listens to sound, and there is no folder of processed clips",
                "give --processed-dir",
            )
        })?;
        let path = processed.join(id).join("audio.wav");
        let bytes = isocost_fs::read(&path)?;
        wav_pcm16(&bytes).map_err(|error| AvError::clip(id, format!("{}: {error}", path.display())))
    }

    /// How much its cached features change from second to second, at the first of these resolutions that is cached, else at the smallest.
    pub fn change(&self, id: &str, wanted: &[u32]) -> AvResult<Vec<f64>> {
        let cached = FeatureStore::cached_resolutions(&self.caches, id)?;
        let chosen = wanted.iter().find(|side| cached.contains(side)).or_else(|| cached.iter().min());
        let side = *chosen.ok_or_else(|| AvError::clip(id, "its cache holds no resolution"))?;
        let store = FeatureStore::read(&self.caches, &[id.to_owned()], &[side], self.seconds)?;
        let table = FeatureTable::new(store.values().to_vec(), store.columns()).map_err(of_clip(id))?;
        Ok(clip_change(&table, Distance::Cosine))
    }

    /// The basic audio features of clips, second by second.
    pub fn basic_audio(&self, ids: &[String]) -> AvResult<BTreeMap<String, Vec<f32>>> {
        let features = |id: &String| {
            let sound = self.sound(id)?;
            let table = BasicAudio::new(sound.rate()).features(&sound, self.seconds).map_err(of_clip(id))?;
            Ok((id.clone(), table.values().to_vec()))
        };
        ids.par_iter().map(features).collect()
    }

    /// Scores of clips by a method that needs no training.
    pub fn listen(&self, method: &str, ids: &[String]) -> AvResult<Scores> {
        let method: CheapMethod = method.parse().map_err(|error: SignalError| {
            AvError::options(error.to_string(), "for any other method give its scores in a file")
        })?;
        ids.par_iter().map(|id| Ok((id.clone(), self.score(method, id)?))).collect()
    }

    fn score(&self, method: CheapMethod, id: &str) -> AvResult<Vec<f64>> {
        let hears = !matches!(method, CheapMethod::FrameChange | CheapMethod::ClipChange);
        let sees = matches!(
            method,
            CheapMethod::ClipChange
                | CheapMethod::SoundAndClip(_)
                | CheapMethod::EitherEnergyOrClip { .. }
                | CheapMethod::ShiftedEnergy { .. }
        );
        let sound = if hears { Some(self.sound(id)?) } else { None };
        let change = if sees { Some(self.change(id, &[160, 112])?) } else { None };
        let clip = ClipSignals {
            seconds: self.seconds,
            sound: sound.as_ref(),
            clip_change: change.as_deref(),
            ..ClipSignals::default()
        };
        method.score(&clip).map_err(of_clip(id))
    }
}

impl VisualScores for ClipFolders {
    fn scores(&self, id: &str, mode: FallbackMode) -> AvResult<Vec<f64>> {
        match mode {
            FallbackMode::CheapVisualClipdiff => Ok(minmax_01(&self.change(id, &[112])?)),
            FallbackMode::CheapVisualFramediff | FallbackMode::Uniform => {
                Err(AvError::clip(id, "frames are not read here; use cheap_visual_clipdiff"))
            }
        }
    }
}

/// What a signal spends on pictures per second: the tokens of the resolution that signals look at, or nothing for sound alone. An unknown name counts as a
/// signal that looks.
pub fn listening_tokens(method: &str, patch: u32) -> AvResult<u64> {
    const HEARD: [&str; 5] = ["energy", "asr_vad", "ast", "panns", "clap"];
    const LOOKED: [&str; 3] = ["clipdiff", "visual", "clip_agree"];
    let sound_alone = HEARD.iter().any(|name| method.starts_with(name))
        || method.starts_with("audio_")
        || method.starts_with("wavlm_");
    if sound_alone && !LOOKED.iter().any(|name| method.contains(name)) {
        return Ok(0);
    }
    Ok(patch_tokens(112, patch)?.get())
}

/// Whether a method has shifted its scores already, so that anchors are not shifted.
pub fn is_shifted(method: &str) -> bool {
    method.starts_with("energy_autoshift_clipdiff")
}

/// Reads scores of a file where there is one, and computes what it lacks if the method can be computed; writes a file that was completed.
pub fn scores_of(
    folders: &ClipFolders,
    method: &str,
    file: Option<&Path>,
    ids: &[String],
) -> AvResult<Scores> {
    let mut scores = match file.filter(|path| isocost_fs::exists(path)) {
        Some(path) => crate::data::read_scores(path)?,
        None => Scores::new(),
    };
    let missing: Vec<String> = ids.iter().filter(|id| !scores.contains_key(*id)).cloned().collect();
    if missing.is_empty() {
        return Ok(scores);
    }
    scores.extend(folders.listen(method, &missing)?);
    if let Some(path) = file {
        crate::data::write_scores(path, method, folders.seconds, &scores)?;
    }
    Ok(scores)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signal_that_reads_pictures_pays_for_them() {
        let looked = [
            "av_clipdiff_mlp",
            "vision_clipdiff",
            "moe_energy_clipdiff",
            "energy_autoshift_clipdiff",
            "cheap_visual",
            "psp_avel_evt",
            "anything_else",
            "av_clap_clip_agree",
        ];
        for method in looked {
            assert_eq!(listening_tokens(method, 16).unwrap(), 49, "{method}");
        }
        for method in
            ["energy", "energy_stride_max", "asr_vad", "audio_basic_lr", "panns_lr", "wavlm_evt_mlp"]
        {
            assert_eq!(listening_tokens(method, 16).unwrap(), 0, "{method}");
        }
    }
}
