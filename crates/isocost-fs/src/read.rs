//! Reading.
#![expect(clippy::disallowed_methods, reason = "this crate is the one place that touches files")]

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use crate::{IoError, IoResult, Operation};

fn failed(path: &Path) -> impl FnOnce(io::Error) -> IoError + '_ {
    move |source| IoError::new(Operation::Read, path, source)
}

/// The whole file.
pub fn read(path: &Path) -> IoResult<Vec<u8>> {
    std::fs::read(path).map_err(failed(path))
}

/// At most `limit` bytes of the file; `None` if it holds more.
pub fn read_limited(path: &Path, limit: u64) -> IoResult<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    open_file(path)?.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(failed(path))?;
    Ok((bytes.len() as u64 <= limit).then_some(bytes))
}

/// The whole file as UTF-8; other bytes are an error of kind `InvalidData`.
pub fn read_to_string(path: &Path) -> IoResult<String> {
    std::fs::read_to_string(path).map_err(failed(path))
}

/// An open file for streaming, unbuffered.
pub fn open_file(path: &Path) -> IoResult<File> {
    File::open(path).map_err(failed(path))
}

/// A buffered reader over the file.
pub fn open(path: &Path) -> IoResult<BufReader<File>> {
    open_file(path).map(|file| BufReader::with_capacity(1 << 16, file))
}

/// Whether something is at the path, following links.
pub fn exists(path: &Path) -> bool {
    path.exists()
}

/// Size in bytes of the file at the path, following links.
pub fn size_of(path: &Path) -> IoResult<u64> {
    path.metadata().map(|meta| meta.len()).map_err(failed(path))
}

/// What tells cheaply whether a file may have changed: equal stamps of one path mean equal content, unless the file was
/// written twice within one tick of the file system's clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// Size in bytes.
    pub size: u64,
    /// Last change of its content, nanoseconds since 1970.
    pub modified_ns: i64,
    /// Last change of content, mode, owner or links, nanoseconds since 1970.
    pub changed_ns: i64,
    /// Inode number.
    pub inode: u64,
    /// Whether it is a directory.
    pub is_dir: bool,
}

/// The stamp of the file or directory at the path, following links.
pub fn stamp_of(path: &Path) -> IoResult<Stamp> {
    let meta = path.metadata().map_err(failed(path))?;
    let nanoseconds = |seconds: i64, rest: i64| seconds.saturating_mul(1_000_000_000).saturating_add(rest);
    Ok(Stamp {
        size: meta.len(),
        modified_ns: nanoseconds(meta.mtime(), meta.mtime_nsec()),
        changed_ns: nanoseconds(meta.ctime(), meta.ctime_nsec()),
        inode: meta.ino(),
        is_dir: meta.is_dir(),
    })
}

/// The path with all links followed and no `.` or `..`. It must exist.
pub fn real_path(path: &Path) -> IoResult<PathBuf> {
    path.canonicalize().map_err(failed(path))
}
