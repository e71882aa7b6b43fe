//! Hashes of files, remembered as long as their stamps stay.

use std::collections::BTreeMap;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use isocost_fs::{IoError, IoResult, Kind, Operation, Stamp};

use crate::ident::Digest;

/// A file that changed this recently may change again within the same tick of the file system's clock, unseen.
const TOO_FRESH_NS: i64 = 50_000_000;
/// Directories with more files or bytes than this are known by their files' sizes and times, not by their content.
const MANY_FILES: usize = 4096;
const MANY_BYTES: u64 = 256 << 20;

type Known = BTreeMap<PathBuf, (Stamp, Digest)>;

/// Hashes by path. Shared by the threads of a run.
#[derive(Debug, Default)]
pub struct FileHashes {
    known: Arc<Mutex<Known>>,
    has_news: AtomicBool,
    reading: Reading,
}

/// Whether a content that is not remembered is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Reading {
    #[default]
    Allowed,
    Refused,
}

impl FileHashes {
    pub(super) fn new(known: Known) -> Self {
        Self { known: Arc::new(Mutex::new(known)), ..Self::default() }
    }

    /// The same hashes, but a file that would have to be read, and any directory, is an error: for a quick look.
    pub(crate) fn remembered(&self) -> Self {
        Self { known: Arc::clone(&self.known), reading: Reading::Refused, ..Self::default() }
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn all(&self) -> Known {
        self.known().clone()
    }

    /// Whether a hash was added or replaced since the store was opened or its index written.
    pub(super) fn has_news(&self) -> bool {
        self.has_news.load(Ordering::Relaxed)
    }

    pub(super) fn no_news(&self) {
        self.has_news.store(false, Ordering::Relaxed);
    }

    fn refuse(&self, path: &Path) -> IoResult<()> {
        match self.reading {
            Reading::Allowed => Ok(()),
            Reading::Refused => Err(IoError::new(Operation::Read, path, ErrorKind::WouldBlock.into())),
        }
    }

    /// The hash of a file's content, or of a directory's files.
    pub fn digest(&self, path: &Path) -> IoResult<Digest> {
        let stamp = isocost_fs::stamp_of(path)?;
        if stamp.is_dir { self.digest_dir(path) } else { self.digest_file(path, stamp) }
    }

    fn digest_file(&self, path: &Path, stamp: Stamp) -> IoResult<Digest> {
        if let Some((known, digest)) = self.known().get(path)
            && *known == stamp
        {
            return Ok(digest.clone());
        }
        self.refuse(path)?;
        let digest = hash_content(path)?;
        let unchanged = isocost_fs::stamp_of(path).is_ok_and(|after| after == stamp);
        if unchanged && is_settled(stamp) {
            self.has_news.store(true, Ordering::Relaxed);
            self.known().insert(path.to_owned(), (stamp, digest.clone()));
        }
        Ok(digest)
    }

    fn digest_dir(&self, path: &Path) -> IoResult<Digest> {
        self.refuse(path)?;
        let files: Vec<_> =
            isocost_fs::walk(path)?.into_iter().filter(|entry| entry.kind == Kind::File).collect();
        let by_content =
            files.len() <= MANY_FILES && files.iter().map(|file| file.size).sum::<u64>() <= MANY_BYTES;
        let mut hasher = blake3::Hasher::new();
        for file in files {
            let name = file.path.strip_prefix(path).unwrap_or(&file.path).to_string_lossy().into_owned();
            let what = if by_content {
                self.digest(&file.path)?.as_str().to_owned()
            } else {
                let modified = file.modified.duration_since(UNIX_EPOCH).unwrap_or_default();
                format!("{} {}", file.size, modified.as_nanos())
            };
            hasher.update(format!("{}:{name}{what}\n", name.len()).as_bytes());
        }
        Ok(hasher.finalize().into())
    }
}

fn hash_content(path: &Path) -> IoResult<Digest> {
    let mut file = isocost_fs::open_file(path)?;
    let mut hasher = blake3::Hasher::new();
    let mut buffer = vec![0_u8; 1 << 16];
    loop {
        let read = file.read(&mut buffer).map_err(|source| IoError::new(Operation::Read, path, source))?;
        if read == 0 {
            return Ok(hasher.finalize().into());
        }
        hasher.update(buffer.get(..read).unwrap_or_default());
    }
}

/// Whether the last change is long enough ago that another one would be seen in the stamp.
pub(super) fn is_settled(stamp: Stamp) -> bool {
    now_ns().saturating_sub(stamp.modified_ns) > TOO_FRESH_NS
}

fn now_ns() -> i64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(now.as_nanos()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_was_changed_has_another_hash_at_once() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a");
        let hashes = FileHashes::default();
        for content in ["one", "two", "six"] {
            isocost_fs::write_cache(&path, content.as_bytes()).unwrap();
            assert_eq!(hashes.digest(&path).unwrap(), Digest::of(content.as_bytes()));
        }
    }

    #[test]
    fn a_directory_changes_with_the_names_and_the_content_of_its_files() {
        let dir = tempfile::tempdir().unwrap();
        let hashes = FileHashes::default();
        isocost_fs::write_cache(&dir.path().join("a"), b"1").unwrap();
        let first = hashes.digest(dir.path()).unwrap();
        isocost_fs::write_cache(&dir.path().join("a"), b"2").unwrap();
        let second = hashes.digest(dir.path()).unwrap();
        isocost_fs::write_cache(&dir.path().join("b"), b"2").unwrap();
        let third = hashes.digest(dir.path()).unwrap();
        assert!(first != second && second != third && first != third);
    }
}
