//! What can go wrong in this study.

use isocost_fs::IoError;
use isocost_study_budget::CostError;
use isocost_study_learn::LearnError;

/// Result of a step of this study.
pub type StudyResult<T> = Result<T, StudyError>;

/// What can go wrong in this study.
#[derive(Debug, thiserror::Error)]
pub enum StudyError {
    /// The options do not describe a trial.
    #[error("{what} ({hint})")]
    Options {
        /// What is wrong.
        what: String,
        /// What to do.
        hint: &'static str,
    },
    /// A budget cannot be spent.
    #[error("budget {budget}: {source}")]
    Budget {
        /// The budget share.
        budget: String,
        /// Why not.
        source: CostError,
    },
    /// The price list is inconsistent.
    #[error(transparent)]
    Cost(#[from] CostError),
    /// Training failed.
    #[error("training failed: {0}")]
    Learn(#[from] LearnError),
    /// The digits that the program carries are damaged.
    #[error(
        "the digits built into the program are damaged at line {line}: {why} (build it again from a clean checkout)"
    )]
    Data {
        /// The line, from 1.
        line: usize,
        /// What is wrong there.
        why: &'static str,
    },
    /// Worker threads could not be started.
    #[error("cannot start worker threads: {0} (ask for fewer with --threads)")]
    Threads(#[from] rayon::ThreadPoolBuildError),
    /// A table could not be composed.
    #[error("cannot compose {file}: {source}")]
    Table {
        /// The file.
        file: &'static str,
        /// Why not.
        source: csv::Error,
    },
    /// A document could not be composed.
    #[error("cannot compose {file}: {source}")]
    Document {
        /// The file.
        file: &'static str,
        /// Why not.
        source: serde_json::Error,
    },
    /// The outcome table could not be written.
    #[error(transparent)]
    Outcomes(#[from] isocost_trial::TableError),
    /// An output could not be written.
    #[error(transparent)]
    Io(#[from] IoError),
}
