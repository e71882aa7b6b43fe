//! What can go wrong in this study.

use std::path::PathBuf;

use isocost_fs::IoError;
use isocost_npy::NpyError;
use isocost_stats::StatsError;
use isocost_study_budget::CostError;
use isocost_study_budget::anchors::AnchorError;
use isocost_study_budget::plan::PlanError;
use isocost_study_learn::LearnError;
use isocost_trial::TableError;

/// Result of a step of this study.
pub type AvResult<T> = Result<T, AvError>;

/// What can go wrong in this study.
#[derive(Debug, thiserror::Error)]
pub enum AvError {
    /// A file cannot be read or written.
    #[error(transparent)]
    Io(#[from] IoError),
    /// An array file is damaged.
    #[error(transparent)]
    Npy(#[from] NpyError),
    /// A table cannot be written.
    #[error(transparent)]
    Table(#[from] TableError),
    /// A file does not hold what it should.
    #[error("{}: {what} ({hint})", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        what: String,
        /// What to do.
        hint: &'static str,
    },
    /// The options do not describe a trial.
    #[error("{what} ({hint})")]
    Options {
        /// What is wrong.
        what: String,
        /// What to do.
        hint: &'static str,
    },
    /// Something about one clip.
    #[error("clip {clip}: {what}")]
    Clip {
        /// Its id.
        clip: String,
        /// What is wrong.
        what: String,
    },
    /// Ids that stand in both lists.
    #[error(
        "{count} ids stand in the training list and in the evaluation list: {shown}; a head would be tested on what it was trained on \
         (give --drop-shared to leave them out of training, by name)"
    )]
    Shared {
        /// How many.
        count: usize,
        /// The first of them.
        shown: String,
    },
    /// Anchors of a clip cannot be picked.
    #[error("clip {clip}: {source}")]
    Anchors {
        /// Its id.
        clip: String,
        /// Why not.
        source: AnchorError,
    },
    /// A clip cannot be planned.
    #[error("{clip}: {source}")]
    Plan {
        /// Its id.
        clip: String,
        /// Why not.
        source: PlanError,
    },
    /// A price is inconsistent.
    #[error(transparent)]
    Cost(#[from] CostError),
    /// Training failed.
    #[error("training failed: {0}")]
    Learn(#[from] LearnError),
    /// A test cannot be computed.
    #[error("statistics failed: {0}")]
    Stats(#[from] StatsError),
}

impl AvError {
    pub(crate) fn file(path: &std::path::Path, what: impl Into<String>, hint: &'static str) -> Self {
        Self::File { path: path.to_owned(), what: what.into(), hint }
    }

    pub(crate) fn options(what: impl Into<String>, hint: &'static str) -> Self {
        Self::Options { what: what.into(), hint }
    }

    pub(crate) fn clip(clip: &str, what: impl Into<String>) -> Self {
        Self::Clip { clip: clip.to_owned(), what: what.into() }
    }
}
