//! What can go wrong with a file, in words that say what to do.

use std::io;
use std::path::{Path, PathBuf};

/// Result of a file operation.
pub type IoResult<T> = Result<T, IoError>;

/// What was being done to the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operation {
    /// Reading a file's content.
    Read,
    /// Writing a file's content.
    Write,
    /// Adding a line to an append-only file.
    Append,
    /// Creating a directory.
    CreateDir,
    /// Listing a directory.
    List,
    /// Removing a file or directory.
    Remove,
    /// Taking a lock.
    Lock,
}

impl Operation {
    fn verb(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
            Self::Append => "append to",
            Self::CreateDir => "create directory",
            Self::List => "list",
            Self::Remove => "remove",
            Self::Lock => "lock",
        }
    }
}

/// A failed file operation: what, where, why, and a hint where one helps.
#[derive(Debug, thiserror::Error)]
#[error("cannot {} {}: {}{}", .operation.verb(), .path.display(), plain(.source), hint(.source))]
pub struct IoError {
    /// What was being done.
    pub operation: Operation,
    /// The file or directory.
    pub path: PathBuf,
    /// The system's reason.
    #[source]
    pub source: io::Error,
}

impl IoError {
    /// Names the operation and path of a system error.
    pub fn new(operation: Operation, path: &Path, source: io::Error) -> Self {
        Self { operation, path: path.to_owned(), source }
    }

    /// Whether the file or a directory on its way does not exist.
    pub fn is_not_found(&self) -> bool {
        self.source.kind() == io::ErrorKind::NotFound
    }
}

fn plain(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file or directory".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::StorageFull => "the disk is full".to_owned(),
        io::ErrorKind::ReadOnlyFilesystem => "the file system is read-only".to_owned(),
        _ => error.to_string(),
    }
}

fn hint(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::StorageFull => {
            " (free some space and run the same command again; nothing was half-written)"
        }
        io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::PermissionDenied => {
            " (choose a writable place, for the store with --store DIR)"
        }
        _ => "",
    }
}
