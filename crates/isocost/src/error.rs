//! What a verb can fail with, and the exit code of each.

use std::path::PathBuf;

use isocost_fs::IoError;
use isocost_ledger::text::SourceError;

use crate::exit::Exit;

/// A failed verb.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CliError {
    /// The command line asks for something that does not go together.
    #[error("{0}")]
    Usage(String),
    /// A file operation failed.
    #[error(transparent)]
    Io(#[from] IoError),
    /// A ledger is not text.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// A file would be overwritten.
    #[error("{} exists already; choose another name or remove it first (nothing was changed)", .0.display())]
    Exists(PathBuf),
    /// Nothing in the documents was recognised.
    #[error(
        "{file}: no experiment, claim or run was recognised; see `isocost init` for the form, and docs/ledger.md"
    )]
    NothingRecognised {
        /// The document.
        file: String,
    },
    /// `git` could not tell the history.
    #[error("git cannot tell the history of {}: {reason}", .path.display())]
    Git {
        /// The document.
        path: PathBuf,
        /// What git said.
        reason: String,
    },
    /// A value could not be written as JSON.
    #[error("cannot write JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// A failed part that brings its own words and exit code.
    #[error("{message}")]
    Failed {
        /// The code.
        exit: Exit,
        /// The words.
        message: String,
    },
}

impl CliError {
    /// A failure with its exit code.
    pub(crate) fn failed(exit: Exit, error: impl std::fmt::Display) -> Self {
        Self::Failed { exit, message: error.to_string() }
    }

    /// The exit code.
    pub(crate) fn exit(&self) -> Exit {
        match self {
            Self::Usage(_) => Exit::Usage,
            Self::Io(_)
            | Self::Source(_)
            | Self::Exists(_)
            | Self::NothingRecognised { .. }
            | Self::Git { .. } => Exit::Input,
            Self::Json(_) => Exit::Internal,
            Self::Failed { exit, .. } => *exit,
        }
    }
}
