//! A stream in stretches that end at the end of a record, hashed as it is read.

use std::io::Read;

use super::error::TableProblem;

/// How much is read at a time.
const STRETCH: usize = 1 << 20;
/// No record is longer.
const LONGEST: usize = 64 << 20;

/// What ends a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Records {
    /// A line end outside quotes.
    Csv,
    /// Any line end.
    Lines,
}

/// Whole records of a stream.
pub(super) struct Stretches<R> {
    reader: R,
    records: Records,
    hasher: blake3::Hasher,
    rest: Vec<u8>,
    is_at_end: bool,
    is_at_start: bool,
}

impl<R: Read> Stretches<R> {
    pub(super) fn new(reader: R, records: Records) -> Self {
        let hasher = blake3::Hasher::new();
        Self { reader, records, hasher, rest: Vec::new(), is_at_end: false, is_at_start: true }
    }

    /// The next records; `None` at the end of the stream. A byte order mark at the start is left out.
    pub(super) fn next(&mut self) -> Result<Option<Vec<u8>>, TableProblem> {
        let mut bytes = std::mem::take(&mut self.rest);
        let mut wanted = STRETCH;
        loop {
            self.fill(&mut bytes, wanted)?;
            if std::mem::take(&mut self.is_at_start) && bytes.starts_with(b"\xEF\xBB\xBF") {
                bytes.drain(..3);
            }
            if self.is_at_end {
                return Ok((!bytes.is_empty()).then_some(bytes));
            }
            if let Some(end) = self.last_record_end(&bytes) {
                self.rest = Vec::with_capacity(STRETCH + (STRETCH >> 3));
                self.rest.extend_from_slice(bytes.get(end..).unwrap_or_default());
                bytes.truncate(end);
                return Ok(Some(bytes));
            }
            if bytes.len() >= LONGEST {
                let why = match self.records {
                    Records::Csv => "a record is longer than 64 MiB; is a quote not closed?",
                    Records::Lines => "a line is longer than 64 MiB",
                };
                return Err(TableProblem::Syntax(why.to_owned()));
            }
            wanted = bytes.len().saturating_mul(2);
        }
    }

    /// BLAKE3 of all bytes read, hexadecimal.
    pub(super) fn hash(&self) -> String {
        self.hasher.finalize().to_hex().to_string()
    }

    fn fill(&mut self, bytes: &mut Vec<u8>, wanted: usize) -> Result<(), TableProblem> {
        let before = bytes.len();
        let missing = wanted.saturating_sub(before).max(1) as u64;
        let read = self.reader.by_ref().take(missing).read_to_end(bytes);
        let read = read.map_err(|error| TableProblem::Stream(error.to_string()))?;
        self.is_at_end = (read as u64) < missing;
        self.hasher.update(bytes.get(before..).unwrap_or_default());
        Ok(())
    }

    /// Just after the last line end that ends a record.
    fn last_record_end(&self, bytes: &[u8]) -> Option<usize> {
        if self.records == Records::Lines || memchr::memchr(b'"', bytes).is_none() {
            return memchr::memrchr(b'\n', bytes).map(|end| end + 1);
        }
        last_unquoted_line_end(bytes)
    }
}

/// The same rule as that of the CSV reader: a quote opens a cell only at its start, and a doubled one inside stands for itself.
fn last_unquoted_line_end(bytes: &[u8]) -> Option<usize> {
    #[derive(PartialEq)]
    enum At {
        Start,
        Plain,
        Quoted,
        Quote,
    }
    let (mut at, mut end) = (At::Start, None);
    for (index, byte) in bytes.iter().enumerate() {
        at = match (at, byte) {
            (At::Quoted, b'"') => At::Quote,
            (At::Quoted, _) | (At::Start | At::Quote, b'"') => At::Quoted,
            (_, b'\n') => {
                end = Some(index + 1);
                At::Start
            }
            (_, b',' | b'\r') => At::Start,
            _ => At::Plain,
        };
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_end_in_quotes_ends_no_record() {
        assert_eq!(last_unquoted_line_end(b"a,b\n\"c\nd\"\ne"), Some(10));
        assert_eq!(last_unquoted_line_end(b"a,\"b\n\"\"\nc"), None);
        assert_eq!(last_unquoted_line_end(b"a\"b\nc"), Some(4));
    }
}
