//! Scores of many clips, and which of them can be used.

use std::collections::BTreeMap;

use super::{FileError, FileResult};

/// Scores by clip id, with what the file says about them. A number that the file does not have is NaN.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ClipScores {
    /// The method that made them; empty where the file does not say.
    pub method: String,
    /// Seconds of each clip, where the file says so.
    pub seconds: Option<usize>,
    /// One number per second, by clip id.
    pub scores: BTreeMap<String, Vec<f64>>,
}

/// What is wrong with the scores of a clip.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum ClipFault {
    /// Too few or too many seconds.
    #[error("it has scores for {found} seconds, not {wanted}")]
    Length {
        /// Seconds that it has.
        found: usize,
        /// Seconds of a clip.
        wanted: usize,
    },
    /// NaN, infinite or null.
    #[error("the score of second {second} is {value}")]
    NotFinite {
        /// The second, from 0.
        second: usize,
        /// Its score.
        value: f64,
    },
    /// Asked for, and not there.
    #[error("it has no scores")]
    Absent,
}

/// A clip that was left out.
#[derive(Debug, Clone, PartialEq)]
pub struct BadClip {
    /// The clip.
    pub clip: String,
    /// Why.
    pub fault: ClipFault,
}

impl ClipScores {
    /// The scores of these clips, in their order; the first clip without usable ones is an error.
    pub fn of_clips(&self, clips: &[&str], seconds: usize) -> FileResult<Vec<&[f64]>> {
        let scores = |clip: &&str| {
            self.of_clip(clip, seconds).map_err(|fault| FileError::Clip { clip: (*clip).to_owned(), fault })
        };
        clips.iter().map(scores).collect()
    }

    /// The scores of those of these clips that have usable ones, in their order, and which were left out.
    pub fn usable<'a>(
        &'a self,
        clips: &[&'a str],
        seconds: usize,
    ) -> (Vec<(&'a str, &'a [f64])>, Vec<BadClip>) {
        let (mut good, mut bad) = (Vec::new(), Vec::new());
        for clip in clips {
            match self.of_clip(clip, seconds) {
                Ok(scores) => good.push((*clip, scores)),
                Err(fault) => bad.push(BadClip { clip: (*clip).to_owned(), fault }),
            }
        }
        (good, bad)
    }

    fn of_clip(&self, clip: &str, seconds: usize) -> Result<&[f64], ClipFault> {
        let scores = self.scores.get(clip).ok_or(ClipFault::Absent)?;
        if scores.len() != seconds {
            return Err(ClipFault::Length { found: scores.len(), wanted: seconds });
        }
        match scores.iter().enumerate().find(|(_, score)| !score.is_finite()) {
            Some((second, value)) => Err(ClipFault::NotFinite { second, value: *value }),
            None => Ok(scores),
        }
    }
}
