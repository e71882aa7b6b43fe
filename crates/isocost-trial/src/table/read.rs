//! Files into a table, hashed as they are read.

use std::io::{self, BufReader, Read};
use std::path::Path;

use super::build::Builder;
use super::error::{TableError, TableProblem};
use super::store::OutcomeTable;
use super::{csv, jsonl};

#[derive(Clone, Copy)]
enum Format {
    Csv,
    JsonLines,
}

impl OutcomeTable {
    /// Reads one `.csv` or `.jsonl` file.
    pub fn read(path: &Path) -> Result<Self, TableError> {
        Self::read_all(&[path])
    }

    /// Reads several files as one table; a row that stands in two of them is refused.
    pub fn read_all(paths: &[impl AsRef<Path>]) -> Result<Self, TableError> {
        let mut builder = Builder::new();
        for path in paths {
            let path = path.as_ref();
            let format =
                format_of(path).ok_or_else(|| TableError::new(path, None, TableProblem::UnknownFormat))?;
            let file = isocost_fs::open_file(path)
                .map_err(|error| TableError::new(path, None, TableProblem::Io(error)))?;
            stream(path, format, file, &mut builder)?;
        }
        Ok(builder.finish())
    }

    /// Reads CSV from anywhere; `name` stands for the file in errors and sources.
    pub fn from_csv(name: &Path, reader: impl Read) -> Result<Self, TableError> {
        let mut builder = Builder::new();
        stream(name, Format::Csv, reader, &mut builder)?;
        Ok(builder.finish())
    }

    /// Reads JSON Lines from anywhere; `name` stands for the file in errors and sources.
    pub fn from_jsonl(name: &Path, reader: impl Read) -> Result<Self, TableError> {
        let mut builder = Builder::new();
        stream(name, Format::JsonLines, reader, &mut builder)?;
        Ok(builder.finish())
    }
}

fn format_of(path: &Path) -> Option<Format> {
    let extension = path.extension()?.to_str()?.to_ascii_lowercase();
    match extension.as_str() {
        "csv" => Some(Format::Csv),
        "jsonl" | "ndjson" => Some(Format::JsonLines),
        _ => None,
    }
}

fn stream(path: &Path, format: Format, reader: impl Read, builder: &mut Builder) -> Result<(), TableError> {
    let mut reader =
        BufReader::with_capacity(1 << 16, Hashing { inner: reader, hasher: blake3::Hasher::new() });
    builder.begin(path);
    let outcome = match format {
        Format::Csv => csv::read(&mut reader, builder),
        Format::JsonLines => jsonl::read(&mut reader, builder),
    };
    outcome.map_err(|(line, problem)| TableError::new(path, line, problem))?;
    builder.end(path, reader.get_ref().hasher.finalize().to_hex().to_string());
    Ok(())
}

/// Passes bytes on and hashes them.
struct Hashing<R> {
    inner: R,
    hasher: blake3::Hasher,
}

impl<R: Read> Read for Hashing<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.inner.read(buffer)?;
        if let Some(bytes) = buffer.get(..length) {
            self.hasher.update(bytes);
        }
        Ok(length)
    }
}
