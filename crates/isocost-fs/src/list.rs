//! Directories.
#![expect(clippy::disallowed_methods, reason = "this crate is the one place that touches files")]

use std::ffi::OsString;
use std::fs::FileType;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::{IoError, IoResult, Operation};

/// What a directory entry is, links not followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A regular file.
    File,
    /// A directory.
    Dir,
    /// A symbolic link, whatever it points at.
    Link,
    /// A socket, pipe or device.
    Other,
}

/// One directory entry.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its path: the directory's path and its name.
    pub path: PathBuf,
    /// Its kind.
    pub kind: Kind,
    /// Its size in bytes.
    pub size: u64,
    /// When its content last changed.
    pub modified: SystemTime,
}

/// The entries of a directory in byte order of their names.
pub fn list_dir(path: &Path) -> IoResult<Vec<Entry>> {
    let failed = |source| IoError::new(Operation::List, path, source);
    let mut entries = Vec::new();
    for item in std::fs::read_dir(path).map_err(failed)? {
        let item = item.map_err(failed)?;
        // An entry that vanishes while we list is an entry that is not there.
        let Ok(meta) = item.metadata() else { continue };
        let kind = kind_of(meta.file_type());
        let modified = meta.modified().unwrap_or(SystemTime::UNIX_EPOCH);
        entries.push(Entry { path: item.path(), kind, size: meta.len(), modified });
    }
    entries.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(entries)
}

/// Names and kinds in a directory, in byte order of the names: cheaper than [`list_dir`], which asks for each entry's size.
pub fn list_names(path: &Path) -> IoResult<Vec<(OsString, Kind)>> {
    let failed = |source| IoError::new(Operation::List, path, source);
    let mut entries = Vec::new();
    for item in std::fs::read_dir(path).map_err(failed)? {
        let item = item.map_err(failed)?;
        if let Ok(kind) = item.file_type() {
            entries.push((item.file_name(), kind_of(kind)));
        }
    }
    entries.sort_by(|(a, _), (b, _)| a.cmp(b));
    Ok(entries)
}

fn kind_of(kind: FileType) -> Kind {
    match kind {
        t if t.is_file() => Kind::File,
        t if t.is_dir() => Kind::Dir,
        t if t.is_symlink() => Kind::Link,
        _ => Kind::Other,
    }
}

/// All entries below a directory, depth first, in byte order of their paths; links are not followed.
pub fn walk(path: &Path) -> IoResult<Vec<Entry>> {
    let mut found = Vec::new();
    let mut pending = vec![path.to_owned()];
    while let Some(dir) = pending.pop() {
        for entry in list_dir(&dir)? {
            if entry.kind == Kind::Dir {
                pending.push(entry.path.clone());
            }
            found.push(entry);
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(found)
}

/// Removes a directory and all below it; nothing there is no error.
pub fn remove_tree(path: &Path) -> IoResult<()> {
    match std::fs::remove_dir_all(path) {
        Err(source) if source.kind() != std::io::ErrorKind::NotFound => {
            Err(IoError::new(Operation::Remove, path, source))
        }
        _ => Ok(()),
    }
}
