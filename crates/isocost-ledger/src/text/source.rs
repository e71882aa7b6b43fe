//! One ledger file, held in memory.

use super::{LineIndex, Place, Span};

/// A named UTF-8 text. A byte-order mark, carriage returns, tabs and a missing final newline are part of it.
#[derive(Debug, Clone, Default)]
pub struct Source {
    name: String,
    text: String,
    lines: LineIndex,
}

/// Why bytes are not a readable source.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SourceError {
    /// Some byte is not UTF-8.
    #[error(
        "{name}:{line}: byte {offset} (0x{byte:02x}) is not UTF-8; convert the file, for example with `iconv -f LATIN1 -t UTF-8`"
    )]
    NotUtf8 {
        /// The file's name as given.
        name: String,
        /// Line of the byte, from 1.
        line: usize,
        /// Its offset, from 0.
        offset: usize,
        /// Its value.
        byte: u8,
    },
    /// More bytes than a span can address.
    #[error("{name}: {bytes} bytes are more than the 4 GiB that one ledger may hold; split it")]
    TooLarge {
        /// The file's name as given.
        name: String,
        /// Its size.
        bytes: usize,
    },
}

impl Source {
    /// A source from text.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        let text = text.into();
        let lines = LineIndex::new(&text);
        Self { name: name.into(), text, lines }
    }

    /// A source from a file's bytes.
    pub fn from_bytes(name: impl Into<String>, bytes: Vec<u8>) -> Result<Self, SourceError> {
        let name = name.into();
        if u32::try_from(bytes.len()).is_err() {
            return Err(SourceError::TooLarge { name, bytes: bytes.len() });
        }
        match String::from_utf8(bytes) {
            Ok(text) => Ok(Self::new(name, text)),
            Err(error) => {
                let offset = error.utf8_error().valid_up_to();
                let bytes = error.as_bytes();
                let line = 1 + memchr::memchr_iter(b'\n', bytes.get(..offset).unwrap_or_default()).count();
                let byte = bytes.get(offset).copied().unwrap_or_default();
                Err(SourceError::NotUtf8 { name, line, offset, byte })
            }
        }
    }

    /// The name it was given: a path, or `<stdin>`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The lines of the text.
    pub fn lines(&self) -> &LineIndex {
        &self.lines
    }

    /// The characters of a span; empty if it is not one of this source.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }

    /// Line and column of a byte offset.
    pub fn place(&self, offset: u32) -> Place {
        self.lines.place(&self.text, offset)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_that_is_not_utf8_is_named_with_its_line() {
        let error = Source::from_bytes("l.md", b"ok\nb\xffd".to_vec()).unwrap_err();
        assert_eq!(error, SourceError::NotUtf8 { name: "l.md".into(), line: 2, offset: 4, byte: 0xff });
    }
}
