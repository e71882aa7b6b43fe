//! Rows of CSV. A byte order mark and CRLF are fine; blanks around cells are not part of them.

use std::collections::VecDeque;
use std::io::{self, Read};

use super::build::{Builder, Cells};
use super::error::{Column, TableProblem};

/// A problem and the line that is to blame.
pub(super) type At = (Option<u64>, TableProblem);

pub(super) fn read(reader: impl Read, builder: &mut Builder) -> Result<(), At> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(Lines::new(reader));
    let header: Vec<String> = reader.headers().map_err(syntax)?.iter().map(str::to_owned).collect();
    let columns = fixed_columns(&header).map_err(|problem| (Some(1), problem))?;
    let free: Vec<(usize, &str)> = header
        .iter()
        .enumerate()
        .filter(|(index, name)| !columns.contains(index) && !name.is_empty())
        .map(|(index, name)| (index, name.as_str()))
        .collect();
    let mut record = csv::StringRecord::new();
    while reader.read_record(&mut record).map_err(syntax)? {
        let start = record.position().map_or(0, csv::Position::byte);
        let line = reader.get_mut().line_at(start);
        let cell = |index: usize| record.get(index).unwrap_or_default();
        let cells = Cells { fixed: columns.map(cell) };
        let extra = free.iter().map(|(index, name)| (*name, cell(*index)));
        builder.push(&cells, extra, line).map_err(|problem| (Some(line), problem))?;
    }
    Ok(())
}

/// The position of each fixed column in the header.
fn fixed_columns(header: &[String]) -> Result<[usize; 9], TableProblem> {
    if let Some(twice) = header
        .iter()
        .enumerate()
        .find(|(index, name)| !name.is_empty() && header.iter().take(*index).any(|n| n == *name))
    {
        return Err(TableProblem::ColumnTwice(twice.1.clone()));
    }
    let place = |column: Column| header.iter().position(|name| name == column.name());
    let missing: Vec<String> = Column::ALL
        .into_iter()
        .filter(|column| place(*column).is_none())
        .map(|c| c.name().to_owned())
        .collect();
    if missing.is_empty() {
        Ok(Column::ALL.map(|column| place(column).unwrap_or(usize::MAX)))
    } else {
        let found = header.iter().filter(|name| !name.is_empty()).cloned().collect();
        Err(TableProblem::MissingColumns { missing, found })
    }
}

#[expect(clippy::needless_pass_by_value, reason = "handed to map_err")]
fn syntax(error: csv::Error) -> At {
    let line = error.position().map(csv::Position::line);
    let problem = match error.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            TableProblem::Syntax(format!("{len} cells under {expected_len} columns"))
        }
        csv::ErrorKind::Utf8 { .. } => TableProblem::Syntax("not UTF-8".to_owned()),
        csv::ErrorKind::Io(source) => TableProblem::Stream(source.to_string()),
        _ => TableProblem::Syntax(error.to_string()),
    };
    (line, problem)
}

/// Passes bytes on and remembers where lines end. The CSV reader's own line numbers lag by one after CRLF and blank lines.
struct Lines<R> {
    inner: R,
    read: u64,
    ends: VecDeque<u64>,
    passed: u64,
}

impl<R> Lines<R> {
    fn new(inner: R) -> Self {
        Self { inner, read: 0, ends: VecDeque::new(), passed: 0 }
    }

    /// The line, from 1, of the record that begins at or after byte `start`, which must not decrease from call to call.
    fn line_at(&mut self, mut start: u64) -> u64 {
        // A record has nine cells: an end of line at its first or second byte belongs to the line before or to a blank one.
        while let Some(&end) = self.ends.front()
            && end <= start.saturating_add(1)
        {
            self.ends.pop_front();
            self.passed += 1;
            start = start.max(end + 1);
        }
        self.passed + 1
    }
}

impl<R: Read> Read for Lines<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.inner.read(buffer)?;
        let bytes = buffer.get(..length).unwrap_or_default();
        let ends = bytes.iter().zip(self.read..).filter(|(byte, _)| **byte == b'\n').map(|(_, place)| place);
        self.ends.extend(ends);
        self.read += length as u64;
        Ok(length)
    }
}
