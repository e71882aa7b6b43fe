//! Why a media file cannot be read.

use crate::SignalError;

/// Result of reading media.
pub type MediaResult<T> = Result<T, MediaError>;

/// Why a media file cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum MediaError {
    /// The bytes are of another kind.
    #[error("this is no WAV file ({0}); name a RIFF/WAVE file with PCM sound")]
    NotWav(&'static str),
    /// The file promises more than it holds.
    #[error("the sound ends after {found} of {wanted} bytes; the file was cut off (copy or record it again)")]
    Truncated {
        /// Bytes that are there.
        found: u64,
        /// Bytes that its header promises.
        wanted: u64,
    },
    /// Another encoding.
    #[error(
        "the sound is {found}; only 16-bit PCM is read here (convert it: ffmpeg -i IN -c:a pcm_s16le OUT.wav)"
    )]
    NotPcm16 {
        /// The encoding.
        found: String,
    },
    /// A file without a sample.
    #[error("the file holds no sound (0 samples); a silent clip still has samples")]
    NoSound,
    /// The sound itself is of no use.
    #[error(transparent)]
    Signal(#[from] SignalError),
}
