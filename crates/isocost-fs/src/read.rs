//! Reading.
#![expect(clippy::disallowed_methods, reason = "this crate is the one place that touches files")]

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;

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
