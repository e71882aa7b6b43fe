//! What a scorer sees of a second.
//!
//! Source: `listen_core` section 11.3, column "input per second".

use isocost_study_budget::anchors::minmax_01;

use crate::error::{SignalError, SignalResult, check_len};
use crate::numeric::narrowed;
use crate::visual::{Distance, FeatureTable, clip_change};

/// What is known of one clip, each with one row or number per second.
#[derive(Debug, Clone, Copy, Default)]
pub struct ClipTables<'a> {
    /// [`crate::audio::BasicAudio::features`], or any other cached features of the sound.
    pub audio: Option<&'a FeatureTable>,
    /// Cached features of the pictures, at the resolution that the method prefers.
    pub pictures: Option<&'a FeatureTable>,
    /// [`crate::visual::frame_change`]; without frames it counts as 0.
    pub frame_change: Option<&'a [f64]>,
}

/// What a scorer sees of a second; parts stand side by side in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Inputs {
    /// The sound.
    Audio,
    /// The sound, and by how much the frame changed.
    AudioAndFrameChange,
    /// The sound, and by how much the pictures' features changed, from 0 to 1 within the clip.
    AudioAndChange,
    /// That, and by how much the frame changed, from 0 to 1 within the clip.
    AudioAndChangeAndFrameChange,
    /// The sound, and the difference of the pictures' features of length one; 0 in the first second.
    AudioAndDifference,
    /// The sound, and the pictures' features of length one.
    AudioAndPictures,
    /// The pictures' features as they are.
    Pictures,
}

impl Inputs {
    /// The rows of one clip. `method` is named where something is missing.
    pub fn of_clip(self, clip: &ClipTables<'_>, method: &'static str) -> SignalResult<FeatureTable> {
        let audio = || clip.audio.ok_or(SignalError::Missing { method, needs: "features of the sound" });
        let pictures =
            || clip.pictures.ok_or(SignalError::Missing { method, needs: "cached picture features" });
        let frames = |rows: usize| clip.frame_change.map_or_else(|| vec![0.0; rows], <[f64]>::to_vec);
        match self {
            Self::Audio => Ok(audio()?.clone()),
            Self::Pictures => Ok(pictures()?.clone()),
            Self::AudioAndFrameChange => {
                let audio = audio()?;
                audio.beside(&column(&frames(audio.rows()))?)
            }
            Self::AudioAndChange => audio()?.beside(&change(pictures()?)?),
            Self::AudioAndChangeAndFrameChange => {
                let known = audio()?.beside(&change(pictures()?)?)?;
                known.beside(&column(&minmax_01(&frames(known.rows())))?)
            }
            Self::AudioAndDifference => audio()?.beside(&differences(pictures()?)?),
            Self::AudioAndPictures => audio()?.beside(&pictures()?.normalised()),
        }
    }

    /// The rows of clips of `seconds` seconds one after another; every clip must have as many columns.
    pub fn of_clips<'a>(
        self,
        clips: impl IntoIterator<Item = ClipTables<'a>>,
        seconds: usize,
        method: &'static str,
    ) -> SignalResult<FeatureTable> {
        let (mut values, mut width) = (Vec::new(), None);
        for clip in clips {
            let rows = self.of_clip(&clip, method)?;
            check_len("seconds of a clip", rows.rows(), seconds)?;
            check_len("features of a second", rows.width(), *width.get_or_insert(rows.width()))?;
            values.extend_from_slice(rows.values());
        }
        FeatureTable::new(values, width.ok_or(SignalError::Empty("the list of clips"))?)
    }
}

fn column(values: &[f64]) -> SignalResult<FeatureTable> {
    FeatureTable::column(narrowed(values))
}

/// Change of the features from 0 to 1 within the clip.
fn change(pictures: &FeatureTable) -> SignalResult<FeatureTable> {
    column(&minmax_01(&clip_change(pictures, Distance::Cosine)))
}

fn differences(pictures: &FeatureTable) -> SignalResult<FeatureTable> {
    let unit = pictures.normalised();
    let rows: Vec<&[f32]> = unit.iter().collect();
    let first = vec![0.0_f32; if rows.is_empty() { 0 } else { unit.width() }];
    let later = rows.windows(2).flat_map(|pair| pair[0].iter().zip(pair[1]).map(|(a, b)| b - a));
    FeatureTable::new(first.into_iter().chain(later).collect(), unit.width())
}

/// The resolution that a method takes: the one it prefers, else 112, else the smallest; `None` where nothing is cached.
pub fn preferred_resolution(cached: &[u32], preferred: u32) -> Option<u32> {
    let wanted = [preferred, 112].into_iter().find(|resolution| cached.contains(resolution));
    wanted.or(cached.iter().min().copied())
}

/// The cached resolution closest to a wanted one, the smaller of two (section 11.5).
pub fn nearest_resolution(cached: &[u32], wanted: u32) -> Option<u32> {
    cached.iter().copied().min_by_key(|resolution| (resolution.abs_diff(wanted), *resolution))
}
