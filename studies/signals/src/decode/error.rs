//! Why a media file cannot be read.

use std::path::{Path, PathBuf};

use isocost_fs::IoError;

use crate::SignalError;

/// Result of reading media.
pub type MediaResult<T> = Result<T, MediaError>;

/// Why a media file cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum MediaError {
    /// What is wrong with which file.
    #[error("{}: {source}", .path.display())]
    In {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        source: Box<MediaError>,
    },
    /// The file cannot be opened or read.
    #[error(transparent)]
    Io(#[from] IoError),
    /// The file is larger than what is taken into memory.
    #[error("the file holds more than {limit} bytes; cut it into clips first")]
    TooLarge {
        /// The most that is read.
        limit: u64,
    },
    /// The bytes are of another kind.
    #[error("this is no WAV file ({0}); name a RIFF/WAVE file with PCM sound")]
    NotWav(&'static str),
    /// The file promises more than it holds.
    #[error(
        "the sound ends after {found} of {wanted} {unit}; the file was cut off (copy or record it again)"
    )]
    Truncated {
        /// What is there.
        found: u64,
        /// What its header promises.
        wanted: u64,
        /// In what it is counted.
        unit: &'static str,
    },
    /// Another encoding.
    #[error(
        "the sound is {found}; only 16-bit PCM is read here (convert it: ffmpeg -i IN -c:a pcm_s16le OUT.wav)"
    )]
    NotPcm16 {
        /// The encoding.
        found: String,
    },
    /// A container or encoding that the built-in decoders do not know.
    #[error("the built-in decoders (WAV, FLAC, MP3, AAC, Vorbis) do not read it: {reason}")]
    Unsupported {
        /// What the decoder says.
        reason: String,
    },
    /// Bytes that cannot be decoded.
    #[error("the sound is damaged after {seconds:.2} s: {reason} (copy or record it again)")]
    Damaged {
        /// What was decoded up to there.
        seconds: f64,
        /// What the decoder says.
        reason: String,
    },
    /// A file without a sample.
    #[error("the file holds no sound (0 samples); a silent clip still has samples")]
    NoSound,
    /// A file without a frame.
    #[error("the file holds no picture")]
    NoPicture,
    /// The program that reads everything else is not there.
    #[error(
        "the program `ffmpeg` is not on the PATH; install it (apt-get install ffmpeg), or convert the file to WAV"
    )]
    NoFfmpeg,
    /// The program cannot be started.
    #[error("`{program}` cannot be started: {source}")]
    Start {
        /// The program.
        program: String,
        /// The system's reason.
        source: std::io::Error,
    },
    /// The program gave up.
    #[error("ffmpeg could not read it: {reason}")]
    Ffmpeg {
        /// Its last words.
        reason: String,
    },
    /// The sound itself is of no use.
    #[error(transparent)]
    Signal(#[from] SignalError),
}

impl MediaError {
    /// Names the file.
    pub(super) fn at(self, path: &Path) -> Self {
        match self {
            // These name it already.
            Self::In { .. } | Self::Io(_) => self,
            source => Self::In { path: path.to_owned(), source: Box::new(source) },
        }
    }

    /// Whether another decoder may know better.
    pub(super) fn is_unknown_format(&self) -> bool {
        matches!(self, Self::NotWav(_) | Self::NotPcm16 { .. } | Self::Unsupported { .. })
    }
}
