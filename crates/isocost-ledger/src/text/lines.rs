//! From byte offsets to lines and columns.

use schemars::JsonSchema;
use serde::Serialize;

use super::Span;

/// A place as editors show it: both numbers start at 1; columns count characters, not bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
pub struct Place {
    /// Line, from 1.
    pub line: u32,
    /// Character in the line, from 1.
    pub column: u32,
}

/// The starts of all lines of a text. A line ends with `\n`; a `\r` before it belongs to the line.
#[derive(Debug, Clone, Default)]
pub struct LineIndex {
    starts: Vec<u32>,
}

impl LineIndex {
    /// Finds the line starts of `text`.
    pub fn new(text: &str) -> Self {
        let after = |at: usize| u32::try_from(at + 1).unwrap_or(u32::MAX);
        let starts =
            std::iter::once(0).chain(memchr::memchr_iter(b'\n', text.as_bytes()).map(after)).collect();
        Self { starts }
    }

    /// Number of lines; a final newline does not open another one.
    pub fn len(&self, text: &str) -> usize {
        if text.is_empty() { 0 } else { self.starts.len() - usize::from(text.ends_with('\n')) }
    }

    /// The line (from 0) that holds a byte offset.
    pub fn line_of(&self, offset: u32) -> usize {
        self.starts.partition_point(|&start| start <= offset).saturating_sub(1)
    }

    /// Line and column of a byte offset of `text`.
    pub fn place(&self, text: &str, offset: u32) -> Place {
        let line = self.line_of(offset);
        let start = self.starts.get(line).copied().unwrap_or(0) as usize;
        let before = text.get(start..offset as usize).unwrap_or_default();
        let narrow = |n: usize| u32::try_from(n + 1).unwrap_or(u32::MAX);
        Place { line: narrow(line), column: narrow(before.chars().count()) }
    }

    /// The span of a line (from 0) without its line end.
    pub fn line_span(&self, text: &str, line: usize) -> Span {
        let start = self.starts.get(line).map_or(text.len(), |&s| s as usize);
        let end = self.starts.get(line + 1).map_or(text.len(), |&s| s as usize);
        let body = text.get(start..end).unwrap_or_default();
        Span::new(start, start + body.trim_end_matches(['\n', '\r']).len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_lines_start_at_one() {
        let text = "aΔb\ncd";
        let index = LineIndex::new(text);
        assert_eq!(index.place(text, 3), Place { line: 1, column: 3 });
        assert_eq!(index.place(text, 5), Place { line: 2, column: 1 });
        assert_eq!(index.line_span(text, 0), Span::new(0, 4));
        assert_eq!((index.len(text), LineIndex::new("a\n").len("a\n")), (2, 1));
    }
}
