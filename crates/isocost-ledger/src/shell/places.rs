use std::ops::Range;

use brush_parser::SourceSpan;

/// Turns the parser's positions, which count characters, into bytes.
pub(super) struct Places<'t> {
    text: &'t str,
    /// Byte of each character and of the end; empty if the text is ASCII and both are the same.
    bytes: Vec<usize>,
}

impl<'t> Places<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let bytes = if text.is_ascii() {
            Vec::new()
        } else {
            text.char_indices().map(|(at, _)| at).chain([text.len()]).collect()
        };
        Self { text, bytes }
    }

    fn byte(&self, character: usize) -> usize {
        if self.bytes.is_empty() {
            character.min(self.text.len())
        } else {
            self.bytes.get(character).copied().unwrap_or(self.text.len())
        }
    }

    /// Bytes of a word, without the blanks and continued line ends that the parser counts to its front.
    pub(super) fn of(&self, span: &SourceSpan) -> Range<usize> {
        let end = self.byte(span.end.index);
        let mut start = self.byte(span.start.index).min(end);
        loop {
            let rest = self.text.get(start..end).unwrap_or("");
            let trimmed = rest.trim_start();
            let trimmed =
                trimmed.strip_prefix("\\\n").or_else(|| trimmed.strip_prefix("\\\r\n")).unwrap_or(trimmed);
            if trimmed.len() == rest.len() {
                return start..end;
            }
            start = end - trimmed.len();
        }
    }

    pub(super) fn text(&self, span: &Range<usize>) -> &'t str {
        self.text.get(span.clone()).unwrap_or("")
    }
}
