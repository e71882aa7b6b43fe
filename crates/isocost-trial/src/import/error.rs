//! Why files cannot be imported.

use std::path::{Path, PathBuf};

use crate::TableError;

/// Why files cannot be imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The rows do not make a table.
    #[error(transparent)]
    Table(#[from] TableError),
    /// Something is wrong with a file or directory.
    #[error("{}: {problem}", .path.display())]
    At {
        /// The file or directory.
        path: PathBuf,
        /// What is wrong.
        #[source]
        problem: ImportProblem,
    },
}

impl ImportError {
    pub(super) fn at(path: &Path, problem: impl Into<ImportProblem>) -> Self {
        Self::At { path: path.to_owned(), problem: problem.into() }
    }

    pub(super) fn malformed(path: &Path, what: impl Into<String>) -> Self {
        Self::at(path, ImportProblem::Malformed(what.into()))
    }
}

/// What is wrong with a file or directory that should be imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportProblem {
    /// It could not be read.
    #[error(transparent)]
    Io(#[from] isocost_fs::IoError),
    /// It is of no known format.
    #[error(
        "{0}; known are outcome tables, inspect_ai, lm-evaluation-harness, lmms-eval and MLflow logs, npz, and CSV or JSON Lines with `--map item=COLUMN,value=COLUMN`"
    )]
    Unrecognised(String),
    /// It is of a known format, but not as that should be.
    #[error("{0}")]
    Malformed(String),
    /// Files of two formats were given as one.
    #[error("this is {found}, and the files before it are {before}; import one format at a time")]
    Mixed {
        /// The format of the file.
        found: &'static str,
        /// That of the files before.
        before: &'static str,
    },
    /// The file is larger than any log.
    #[error("more than {0} bytes")]
    TooLarge(u64),
    /// Nothing in it can be a row.
    #[error("no value in it: {0}")]
    NoRows(String),
}
