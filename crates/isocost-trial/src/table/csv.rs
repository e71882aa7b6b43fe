//! Rows of CSV. A byte order mark and CRLF are fine; blanks around cells are not part of them.

use super::block::{Cells, Sink};
use super::datum::Datum;
use super::error::TableProblem;
use super::header::{ColumnMap, Header, Place};
use super::projection::FreeColumns;

/// A problem and the line that is to blame.
pub(super) type At = (Option<u64>, TableProblem);

/// The header at the start of a file: its columns, the bytes that it takes, and the line ends in them.
pub(super) fn header(bytes: &[u8], map: &ColumnMap, kept: &FreeColumns) -> Result<(Header, usize, u64), At> {
    let mut reader = reader(bytes);
    let mut record = csv::ByteRecord::new();
    reader.read_byte_record(&mut record).map_err(|error| (Some(1), syntax(&error)))?;
    let names: Result<Vec<String>, At> = record
        .iter()
        .map(|cell| text(cell).map(str::to_owned).map_err(|problem| (Some(1), problem)))
        .collect();
    let length = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX).min(bytes.len());
    // The reader stops after a carriage return; the line feed is the next record's.
    let length = if bytes.get(length) == Some(&b'\n') { length + 1 } else { length };
    let head = bytes.get(..length).unwrap_or_default();
    let line = line_of_first(head);
    let header = Header::new(&names?, map, kept).map_err(|problem| (Some(line), problem))?;
    Ok((header, length, line_ends(head)))
}

/// Reads whole records.
pub(super) fn parse(bytes: &[u8], header: &Header, sink: &mut Sink<'_>) -> Result<(), At> {
    match std::str::from_utf8(bytes) {
        Ok(text) if is_plain(bytes) => parse_plain(text, header, sink),
        _ => parse_quoted(bytes, header, sink),
    }
}

pub(super) fn line_ends(bytes: &[u8]) -> u64 {
    memchr::memchr_iter(b'\n', bytes).count() as u64
}

/// No quotes, and carriage returns only before line feeds.
fn is_plain(bytes: &[u8]) -> bool {
    memchr::memchr(b'"', bytes).is_none()
        && memchr::memchr_iter(b'\r', bytes).all(|at| bytes.get(at + 1) == Some(&b'\n'))
}

fn parse_plain(text: &str, header: &Header, sink: &mut Sink<'_>) -> Result<(), At> {
    let mut row = Row::new(header);
    let (mut start, mut cell, mut line) = (0, 0, 0);
    let bytes = text.as_bytes();
    let ends = memchr::memchr2_iter(b',', b'\n', bytes).chain(std::iter::once(bytes.len()));
    for end in ends {
        let between = text.get(start..end).unwrap_or_default();
        start = end + 1;
        if bytes.get(end) == Some(&b',') {
            row.set(cell, trimmed(between));
            cell += 1;
            continue;
        }
        let between = between.strip_suffix('\r').unwrap_or(between);
        if cell > 0 || !between.is_empty() {
            row.set(cell, trimmed(between));
            row.push(cell + 1, sink, line).map_err(|problem| (Some(line), problem))?;
        }
        (cell, line) = (0, line + 1);
    }
    Ok(())
}

fn parse_quoted(bytes: &[u8], header: &Header, sink: &mut Sink<'_>) -> Result<(), At> {
    let mut reader = reader(bytes);
    let mut record = csv::ByteRecord::new();
    let mut lines = Lines { bytes, at: 0, line: 0 };
    loop {
        let start = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
        let found = reader.read_byte_record(&mut record);
        let line = lines.of(start);
        if !found.map_err(|error| (Some(line), syntax(&error)))? {
            return Ok(());
        }
        let at = |problem| (Some(line), problem);
        let mut row = Row::new(header);
        for (index, cell) in record.iter().enumerate() {
            row.set(index, text(cell).map_err(at)?);
        }
        row.push(record.len(), sink, line).map_err(at)?;
    }
}

/// The cells of one record as they come.
struct Row<'a, 'h> {
    header: &'h Header,
    cells: Vec<&'a str>,
}

impl<'a, 'h> Row<'a, 'h> {
    fn new(header: &'h Header) -> Self {
        Self { header, cells: vec![""; header.width] }
    }

    #[inline]
    fn set(&mut self, index: usize, text: &'a str) {
        if let Some(cell) = self.cells.get_mut(index) {
            *cell = text;
        }
    }

    #[inline]
    fn push(&self, width: usize, sink: &mut Sink<'_>, line: u64) -> Result<(), TableProblem> {
        if width != self.header.width {
            return Err(TableProblem::Syntax(format!("{width} cells under {} columns", self.header.width)));
        }
        let cell = |index: usize| Datum::Text(self.cells.get(index).copied().unwrap_or_default());
        let mut cells = Cells::default();
        for (column, place) in self.header.fixed() {
            cells.set(
                column,
                match place {
                    Place::At(index) => cell(*index),
                    Place::Constant(text) => Datum::Text(text),
                },
            );
        }
        let free = self.header.free.iter().map(|(index, name)| (name.as_str(), cell(*index)));
        sink.push(&cells, free, line)
    }
}

fn reader(bytes: &[u8]) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes)
}

fn text(cell: &[u8]) -> Result<&str, TableProblem> {
    std::str::from_utf8(cell).map(str::trim).map_err(|_| TableProblem::Syntax("not UTF-8".to_owned()))
}

#[inline]
fn trimmed(text: &str) -> &str {
    let is_word = |byte: Option<&u8>| byte.is_none_or(u8::is_ascii_graphic);
    if is_word(text.as_bytes().first()) && is_word(text.as_bytes().last()) { text } else { text.trim() }
}

fn syntax(error: &csv::Error) -> TableProblem {
    TableProblem::Syntax(error.to_string())
}

/// The line of the first record, from 1.
fn line_of_first(bytes: &[u8]) -> u64 {
    Lines { bytes, at: 0, line: 1 }.of(0)
}

/// Lines by place. The CSV reader's own line numbers lag by one after CRLF and blank lines.
struct Lines<'b> {
    bytes: &'b [u8],
    at: usize,
    line: u64,
}

impl Lines<'_> {
    /// The line of the record that begins at or, after blank lines, behind `start`, which must not decrease from call to call.
    fn of(&mut self, start: usize) -> u64 {
        let passed = self.bytes.get(self.at..start).unwrap_or_default();
        self.line += line_ends(passed);
        self.at = self.at.max(start);
        while let Some(end @ (b'\n' | b'\r')) = self.bytes.get(self.at) {
            self.line += u64::from(*end == b'\n');
            self.at += 1;
        }
        self.line
    }
}
