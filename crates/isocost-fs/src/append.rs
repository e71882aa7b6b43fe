//! Append-only records, one line each.
#![expect(clippy::disallowed_methods, reason = "this crate is the one place that touches files")]

use std::fs::OpenOptions;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;

use crate::{IoError, IoResult, Operation};

/// Adds one line durably. A torn last line (a crash in the middle of an earlier append) is ended first, so that the
/// new record stands on its own line and the reader can name the torn one.
pub fn append_line(path: &Path, line: &str) -> IoResult<()> {
    append(path, line).map_err(|source| IoError::new(Operation::Append, path, source))
}

fn append(path: &Path, line: &str) -> io::Result<()> {
    let mut file = OpenOptions::new().read(true).append(true).create(true).open(path)?;
    let mut record = Vec::with_capacity(line.len() + 2);
    if file.metadata()?.len() > 0 {
        let mut last = [0_u8];
        file.seek(SeekFrom::End(-1))?;
        file.read_exact(&mut last)?;
        if last != *b"\n" {
            record.push(b'\n');
        }
    }
    record.extend_from_slice(line.as_bytes());
    record.push(b'\n');
    file.write_all(&record)?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_after_a_torn_line_stands_on_its_own_line() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("looks.jsonl");
        std::fs::write(&path, "{\"torn").unwrap();
        append_line(&path, "{}").unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "{\"torn\n{}\n");
    }
}
