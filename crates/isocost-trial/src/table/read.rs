//! Files into a table, hashed as they are read.

use std::io::Read;
use std::path::Path;

use super::assemble::Assembly;
use super::csv::{self, At};
use super::error::{TableError, TableProblem};
use super::header::ColumnMap;
use super::pipeline::{self, Parser};
use super::projection::Projection;
use super::split::{Records, Stretches};
use super::store::OutcomeTable;

/// The format of an outcome table's file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableFormat {
    /// `.csv`
    Csv,
    /// `.jsonl`
    JsonLines,
    /// `.parquet`
    Parquet,
}

impl TableFormat {
    /// By the extension of a file's name.
    pub fn of(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        match extension.as_str() {
            "csv" => Some(Self::Csv),
            "jsonl" | "ndjson" => Some(Self::JsonLines),
            "parquet" => Some(Self::Parquet),
            _ => None,
        }
    }
}

/// How tables are read.
#[derive(Debug, Clone, Default)]
pub struct TableReader {
    projection: Projection,
    columns: ColumnMap,
}

impl TableReader {
    /// Keeps all rows, and takes columns by their own names.
    pub fn new() -> Self {
        Self::default()
    }

    /// Keeps only some rows and free columns.
    #[must_use]
    pub fn keep(mut self, projection: Projection) -> Self {
        self.projection = projection;
        self
    }

    /// Takes columns from elsewhere.
    #[must_use]
    pub fn columns(mut self, columns: ColumnMap) -> Self {
        self.columns = columns;
        self
    }

    /// Reads several files as one table; a row that stands in two of them is refused.
    pub fn read_all(&self, paths: &[impl AsRef<Path>]) -> Result<OutcomeTable, TableError> {
        let mut assembly = Assembly::new();
        for path in paths {
            let path = path.as_ref();
            let format = TableFormat::of(path)
                .ok_or_else(|| TableError::new(path, None, TableProblem::UnknownFormat))?;
            if format == TableFormat::Parquet {
                super::parquet::read(path, &self.columns, &self.projection, &mut assembly)?;
                continue;
            }
            let file = isocost_fs::open_file(path)
                .map_err(|error| TableError::new(path, None, TableProblem::Io(error)))?;
            self.stream(path, format, file, &mut assembly)?;
        }
        assembly.finish()
    }

    /// Reads CSV or JSON Lines from anywhere; `name` stands for the file in errors and sources.
    pub fn from_stream(
        &self,
        name: &Path,
        format: TableFormat,
        reader: impl Read,
    ) -> Result<OutcomeTable, TableError> {
        let mut assembly = Assembly::new();
        self.stream(name, format, reader, &mut assembly)?;
        assembly.finish()
    }

    fn stream(
        &self,
        path: &Path,
        format: TableFormat,
        reader: impl Read,
        assembly: &mut Assembly,
    ) -> Result<(), TableError> {
        self.feed(path, format, reader, assembly)
            .map_err(|(line, problem)| TableError::new(path, line, problem))
    }

    fn feed(
        &self,
        path: &Path,
        format: TableFormat,
        reader: impl Read,
        assembly: &mut Assembly,
    ) -> Result<(), At> {
        let records = if format == TableFormat::Csv { Records::Csv } else { Records::Lines };
        let mut stretches = Stretches::new(reader, records);
        let mut first = stretches.next().map_err(|problem| (Some(1), problem))?.unwrap_or_default();
        let mut line = 1;
        let parser = match format {
            TableFormat::Csv => {
                let (header, length, lines) = csv::header(&first, &self.columns, &self.projection.free)?;
                first.drain(..length);
                line += lines;
                Parser::Csv(header)
            }
            TableFormat::JsonLines => Parser::JsonLines(self.columns.clone()),
            TableFormat::Parquet => return Err((None, TableProblem::UnknownFormat)),
        };
        assembly.begin(path, line);
        pipeline::run(first, &mut stretches, &parser, &self.projection, assembly)?;
        assembly.end(path, stretches.hash());
        Ok(())
    }
}

impl OutcomeTable {
    /// Reads one `.csv`, `.jsonl` or `.parquet` file.
    pub fn read(path: &Path) -> Result<Self, TableError> {
        Self::read_all(&[path])
    }

    /// Reads several files as one table; a row that stands in two of them is refused.
    pub fn read_all(paths: &[impl AsRef<Path>]) -> Result<Self, TableError> {
        TableReader::new().read_all(paths)
    }

    /// Reads CSV from anywhere; `name` stands for the file in errors and sources.
    pub fn from_csv(name: &Path, reader: impl Read) -> Result<Self, TableError> {
        TableReader::new().from_stream(name, TableFormat::Csv, reader)
    }

    /// Reads JSON Lines from anywhere; `name` stands for the file in errors and sources.
    pub fn from_jsonl(name: &Path, reader: impl Read) -> Result<Self, TableError> {
        TableReader::new().from_stream(name, TableFormat::JsonLines, reader)
    }
}
