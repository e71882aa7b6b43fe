//! Whole-file writes that a reader sees either not at all or complete.
#![expect(clippy::disallowed_methods, reason = "this crate is the one place that touches files")]

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use crate::{IoError, IoResult, Operation};

static SERIAL: AtomicU32 = AtomicU32::new(0);

/// Creates the directory and its parents.
pub fn create_dir_all(path: &Path) -> IoResult<()> {
    std::fs::create_dir_all(path).map_err(|source| IoError::new(Operation::CreateDir, path, source))
}

/// Creates or truncates a file for streaming. For logs and other files that are written as they grow.
pub fn create_file(path: &Path) -> IoResult<File> {
    File::create(path).map_err(|source| IoError::new(Operation::Write, path, source))
}

/// Creates a log, or opens it to write at its end: a child that truncates its output leaves no hole.
pub fn create_log(path: &Path) -> IoResult<File> {
    let failed = |source| IoError::new(Operation::Write, path, source);
    OpenOptions::new().read(true).append(true).create(true).open(path).map_err(failed)
}

/// Replaces the file durably: fsync, rename, fsync of the directory. Keeps the mode of a file that it replaces.
pub fn write_evidence(path: &Path, bytes: &[u8]) -> IoResult<()> {
    replace(path, bytes, Durability::Evidence)
}

/// Replaces the file atomically, without waiting for the disk.
pub fn write_cache(path: &Path, bytes: &[u8]) -> IoResult<()> {
    replace(path, bytes, Durability::Cache)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Durability {
    Evidence,
    Cache,
}

fn replace(path: &Path, bytes: &[u8], durability: Durability) -> IoResult<()> {
    let target = link_target(path);
    let temporary = beside(&target);
    let outcome = write_then_rename(&target, &temporary, bytes, durability);
    if outcome.is_err() {
        let _ = std::fs::remove_file(&temporary);
    }
    outcome.map_err(|source| IoError::new(Operation::Write, path, source))
}

/// A rename over a symbolic link would replace the link: write to what it points at.
fn link_target(path: &Path) -> PathBuf {
    match std::fs::symlink_metadata(path) {
        Ok(meta) if meta.file_type().is_symlink() => {
            std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
        }
        _ => path.to_owned(),
    }
}

fn beside(target: &Path) -> PathBuf {
    let serial = SERIAL.fetch_add(1, Ordering::Relaxed);
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    target.with_file_name(format!(".{name}.{}.{serial}.tmp", std::process::id()))
}

fn write_then_rename(
    target: &Path,
    temporary: &Path,
    bytes: &[u8],
    durability: Durability,
) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(temporary)?;
    file.write_all(bytes)?;
    if let Ok(meta) = std::fs::metadata(target) {
        file.set_permissions(meta.permissions())?;
    }
    if durability == Durability::Evidence {
        file.sync_all()?;
    }
    drop(file);
    std::fs::rename(temporary, target)?;
    if durability == Durability::Evidence {
        sync_parent(target)?;
    }
    Ok(())
}

fn sync_parent(path: &Path) -> io::Result<()> {
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(parent)?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_write_replaces_the_content_and_leaves_no_temporary_file() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.json");
        write_evidence(&path, b"one").unwrap();
        write_cache(&path, b"two").unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"two");
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_write_through_a_symbolic_link_keeps_the_link() {
        let dir = tempfile::tempdir().unwrap();
        let (real, link) = (dir.path().join("real.md"), dir.path().join("link.md"));
        std::fs::write(&real, "old").unwrap();
        std::os::unix::fs::symlink(&real, &link).unwrap();
        write_evidence(&link, b"new").unwrap();
        assert!(std::fs::symlink_metadata(&link).unwrap().file_type().is_symlink());
        assert_eq!(std::fs::read(&real).unwrap(), b"new");
    }

    #[test]
    fn a_failed_write_leaves_the_old_content() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("missing/a.json");
        let error = write_evidence(&path, b"x").unwrap_err();
        assert!(error.to_string().contains("no such file or directory"), "{error}");
    }
}
