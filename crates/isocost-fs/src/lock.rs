//! Advisory locks that end with the process that holds them.
//!
//! `flock(2)` belongs to the open file, so a `kill -9` of the holder frees it; the text in the file only names the holder.
#![expect(clippy::disallowed_methods, reason = "this crate is the one place that touches files")]

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, SeekFrom, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use nix::errno::Errno;
use nix::fcntl::{Flock, FlockArg};

use crate::{IoError, IoResult, Operation};

/// How long a refused lock is asked for again. A probe ([`is_locked`]) holds the lock for a moment too, and a holder
/// takes a moment to write its name; a real holder is still there after this time.
const PATIENCE: Duration = Duration::from_millis(30);

/// A held lock. Dropping it, or the end of the process, frees it.
#[derive(Debug)]
pub struct Lock {
    _file: Flock<File>,
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
}

/// Takes the lock at once, or says who holds it. `holder` is the text others will see.
pub fn try_lock(path: &Path, holder: &str) -> Result<Lock, LockError> {
    let failed = |source| IoError::new(Operation::Lock, path, source);
    let mut file = open_lock_file(path).map_err(failed)?;
    let until = Instant::now() + PATIENCE;
    loop {
        match Flock::lock(file, FlockArg::LockExclusiveNonblock) {
            Ok(mut file) => {
                file.set_len(0).map_err(failed)?;
                file.seek(SeekFrom::Start(0)).map_err(failed)?;
                file.write_all(holder.as_bytes()).map_err(failed)?;
                return Ok(Lock { _file: file, path: path.to_owned() });
            }
            Err((refused, Errno::EWOULDBLOCK)) if Instant::now() < until => {
                file = refused;
                std::thread::sleep(Duration::from_millis(2));
            }
            Err((mut refused, Errno::EWOULDBLOCK)) => {
                let mut holder = String::new();
                let _ = refused.read_to_string(&mut holder);
                return Err(LockError::Held { path: path.to_owned(), holder: holder.trim().to_owned() });
            }
            Err((_, errno)) => return Err(LockError::Io(failed(errno.into()))),
        }
    }
}

/// Creates a log file that is locked from its first moment. A child that gets it as its output inherits the lock, which
/// lasts until the last of its writers has closed it: the lock says whether anybody may still write. Nothing is written.
pub fn create_locked_log(path: &Path) -> IoResult<File> {
    // Not `Flock`: it unlocks when it is dropped, and that would take the lock from the child as well.
    let file = crate::create_log(path)?;
    let until = Instant::now() + PATIENCE;
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::WouldBlock) if Instant::now() < until => {
                std::thread::sleep(Duration::from_millis(2));
            }
            Err(error) => return Err(IoError::new(Operation::Lock, path, error.into())),
        }
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

    #[test]
    fn a_probe_in_another_thread_never_costs_the_lock() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("lock");
        let stop = std::sync::atomic::AtomicBool::new(false);
        std::thread::scope(|scope| {
            scope.spawn(|| {
                while !stop.load(std::sync::atomic::Ordering::Relaxed) {
                    is_locked(&path);
                }
            });
            for _ in 0..200 {
                drop(try_lock(&path, "me").unwrap());
            }
            stop.store(true, std::sync::atomic::Ordering::Relaxed);
        });
    }

    #[test]
    fn a_child_that_writes_a_locked_log_keeps_it_locked() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("stdout.log");
        let log = create_locked_log(&path).unwrap();
        let mut child =
            std::process::Command::new("sleep").arg("30").stdout(log.try_clone().unwrap()).spawn().unwrap();
        drop(log);
        assert!(is_locked(&path));
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(!is_locked(&path));
    }
}
