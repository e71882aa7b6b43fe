//! Advisory locks that end with the process that holds them.
//!
//! `flock(2)` belongs to the open file, so a `kill -9` of the holder frees it; the text in the file only names the holder.
#![expect(clippy::disallowed_methods, reason = "this crate is the one place that touches files")]

use std::fs::{File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use nix::fcntl::{Flock, FlockArg};

use crate::{IoError, Operation};

/// A held lock. Dropping it, or the end of the process, frees it.
#[derive(Debug)]
pub struct Lock {
    file: Flock<File>,
    path: PathBuf,
}

/// Why a lock was not taken.
#[derive(Debug, thiserror::Error)]
pub enum LockError {
    /// A live process holds it.
    #[error("{} is locked by {holder}", .path.display())]
    Held {
        /// The lock file.
        path: PathBuf,
        /// What the holder wrote about itself.
        holder: String,
    },
    /// The lock file could not be opened or written.
    #[error(transparent)]
    Io(#[from] IoError),
}

impl Lock {
    /// Where the lock file is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Lets child processes inherit the lock: it then lasts until the last of them ends.
    pub fn as_file(&self) -> &File {
        &self.file
    }
}

/// Takes the lock at once, or says who holds it. `holder` is the text others will see.
pub fn try_lock(path: &Path, holder: &str) -> Result<Lock, LockError> {
    let failed = |source| IoError::new(Operation::Lock, path, source);
    let file = open_lock_file(path).map_err(failed)?;
    match Flock::lock(file, FlockArg::LockExclusiveNonblock) {
        Ok(mut file) => {
            file.set_len(0).map_err(failed)?;
            file.seek(SeekFrom::Start(0)).map_err(failed)?;
            file.write_all(holder.as_bytes()).map_err(failed)?;
            Ok(Lock { file, path: path.to_owned() })
        }
        Err((mut file, nix::errno::Errno::EWOULDBLOCK)) => {
            let mut holder = String::new();
            let _ = file.read_to_string(&mut holder);
            Err(LockError::Held { path: path.to_owned(), holder: holder.trim().to_owned() })
        }
        Err((_, errno)) => Err(LockError::Io(failed(errno.into()))),
    }
}

/// Whether a live process holds the lock at `path`. A missing file is not locked.
pub fn is_locked(path: &Path) -> bool {
    let Ok(file) = File::open(path) else { return false };
    // A shared probe does not disturb other probes; it fails only while someone holds the lock exclusively.
    Flock::lock(file, FlockArg::LockSharedNonblock).is_err()
}

/// What the present holder wrote about itself; `None` where nobody holds the lock.
pub fn holder_of(path: &Path) -> Option<String> {
    if !is_locked(path) {
        return None;
    }
    crate::read_to_string(path).ok().map(|text| text.trim().to_owned())
}

fn open_lock_file(path: &Path) -> std::io::Result<File> {
    OpenOptions::new().read(true).write(true).create(true).truncate(false).mode(0o644).open(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_lock_names_the_holder_and_a_dropped_one_is_free() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("lock");
        let first = try_lock(&path, "pid 1 on here").unwrap();
        let Err(LockError::Held { holder, .. }) = try_lock(&path, "pid 2") else { panic!("taken twice") };
        assert_eq!(holder, "pid 1 on here");
        assert!(is_locked(&path));
        drop(first);
        assert!(!is_locked(&path));
        try_lock(&path, "pid 2").unwrap();
    }
}
