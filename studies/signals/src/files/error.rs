//! Why a file of scores cannot be used.

use super::ClipFault;

/// Result of reading or writing scores.
pub type FileResult<T> = Result<T, FileError>;

/// Why a file of scores cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// The text is no JSON.
    #[error("the scores are no JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// The JSON holds something else.
    #[error("the file holds no scores: {0}; it has an object of clip ids with one number per second")]
    NoScores(&'static str),
    /// An id twice.
    #[error("clip `{0}` has scores twice; keep one of them")]
    Duplicate(String),
    /// A clip's scores cannot be used.
    #[error("clip `{clip}`: {fault}; correct it, or leave it out with --skip-bad")]
    Clip {
        /// The clip.
        clip: String,
        /// What is wrong.
        fault: ClipFault,
    },
    /// An archive cannot be read or written.
    #[error(transparent)]
    Npy(#[from] isocost_npy::NpyError),
}
