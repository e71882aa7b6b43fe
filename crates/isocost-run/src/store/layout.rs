//! Where things are in the store.

use std::path::{Path, PathBuf};

use crate::ident::{AttemptRef, JobId};

/// Paths of a store. Experiments' names are safe ones ([`crate::ident::is_safe_name`]), so no path leaves the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    dir: PathBuf,
}

impl Layout {
    /// The layout of the store at `dir`.
    pub fn new(dir: &Path) -> Self {
        Self { dir: std::path::absolute(dir).unwrap_or_else(|_| dir.to_owned()) }
    }

    /// The store's directory, absolute.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// The file with the store's version.
    pub fn version(&self) -> PathBuf {
        self.dir.join("store.json")
    }

    /// The runner's lock.
    pub fn runner_lock(&self) -> PathBuf {
        self.dir.join("runner.lock")
    }

    /// The cache.
    pub fn index(&self) -> PathBuf {
        self.dir.join("index.json")
    }

    /// All attempts.
    pub fn attempts(&self) -> PathBuf {
        self.dir.join("attempts")
    }

    /// A job's attempts.
    pub fn job(&self, job: &JobId) -> PathBuf {
        self.attempts().join(&job.experiment.0).join(job.stage.name())
    }

    /// One attempt.
    pub fn attempt(&self, attempt: &AttemptRef) -> PathBuf {
        self.job(&attempt.job).join(attempt.attempt.to_string())
    }

    /// One attempt's record.
    pub fn record(&self, attempt: &AttemptRef) -> PathBuf {
        self.attempt(attempt).join("attempt.json")
    }

    /// One attempt's standard output.
    pub fn stdout(&self, attempt: &AttemptRef) -> PathBuf {
        self.attempt(attempt).join("stdout.log")
    }

    /// One attempt's standard error.
    pub fn stderr(&self, attempt: &AttemptRef) -> PathBuf {
        self.attempt(attempt).join("stderr.log")
    }

    /// One attempt's own artifacts.
    pub fn artifacts(&self, attempt: &AttemptRef) -> PathBuf {
        self.attempt(attempt).join("artifacts")
    }
}
