//! What can be wrong with a store.

use std::fmt;
use std::path::PathBuf;

use isocost_fs::IoError;
use serde::{Deserialize, Serialize};

/// Who holds a store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// Process id.
    pub pid: u32,
    /// Machine.
    pub host: String,
    /// Since when, RFC 3339.
    pub since: String,
    /// What it was started as.
    pub command: String,
}

impl Holder {
    /// This process, from now on.
    pub fn this_process(command: &str) -> Self {
        Self {
            pid: std::process::id(),
            host: crate::exec::host_name(),
            since: jiff::Timestamp::now().round(jiff::Unit::Second).unwrap_or_default().to_string(),
            command: command.to_owned(),
        }
    }

    pub(super) fn parse(text: &str) -> Self {
        serde_json::from_str(text).unwrap_or_else(|_| Self {
            pid: 0,
            host: "unknown".to_owned(),
            since: "unknown".to_owned(),
            command: text.to_owned(),
        })
    }
}

impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` (process {} on {}, since {})", self.command, self.pid, self.host, self.since)
    }
}

/// Why a store cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Another runner works on it.
    #[error("{} is in use by {holder}; wait for it, or stop it with `kill -INT {}`", .path.display(), .holder.pid)]
    Held {
        /// The store.
        path: PathBuf,
        /// Who.
        holder: Holder,
    },
    /// A newer program wrote to it.
    #[error(
        "{} is of version `{found}`, which is newer than this program knows; update isocost, or use another store with --store DIR (nothing was changed)",
        .path.display()
    )]
    Newer {
        /// The file that says so.
        path: PathBuf,
        /// What it says.
        found: String,
    },
    /// A file of it is not what it should be.
    #[error("{} is damaged: {why}; move it away to go on without it (nothing was changed)", .path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// Why.
        why: String,
    },
    /// It was opened to be read.
    #[error("{} was opened only to be read", .path.display())]
    ReadOnly {
        /// The store.
        path: PathBuf,
    },
    /// A file operation failed.
    #[error(transparent)]
    Io(#[from] IoError),
}
