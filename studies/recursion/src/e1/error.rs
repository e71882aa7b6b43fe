//! What keeps the batch from running at all; quantities that are undefined are results, not errors.

use std::path::PathBuf;

use isocost_fs::IoError;
use isocost_npy::NpyError;

/// Why the batch cannot run.
#[derive(Debug, thiserror::Error)]
pub enum E1Error {
    /// A file could not be read or written.
    #[error(transparent)]
    Io(#[from] IoError),
    /// An array could not be read.
    #[error(transparent)]
    Npy(#[from] NpyError),
    /// A file that the batch cannot do without.
    #[error(
        "{}: no such file; the batch needs it (name another place with `path` in --config FILE, or set --root)",
        .0.display()
    )]
    Missing(PathBuf),
    /// An array has another shape than the others.
    #[error("{}: {array} has shape {shape:?}, it must have {wanted}", .path.display())]
    Shape {
        /// The file.
        path: PathBuf,
        /// The array.
        array: &'static str,
        /// Its shape.
        shape: Vec<usize>,
        /// What it must have.
        wanted: String,
    },
    /// The configuration is not one.
    #[error("{}: {reason}", .path.display())]
    Config {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// The values could not be written as JSON.
    #[error("cannot write JSON: {0}")]
    Json(#[from] serde_json::Error),
}
