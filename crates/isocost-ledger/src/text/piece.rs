//! Borrowed text that knows where it stands.

use super::{Span, Text};

/// A range of a source's text. All cutting is checked: a cut that does not fall on a character boundary gives an
/// empty piece, never a panic.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Piece<'a> {
    whole: &'a str,
    start: usize,
    end: usize,
}

impl<'a> Piece<'a> {
    /// All of a source.
    pub(crate) fn new(whole: &'a str) -> Self {
        Self { whole, start: 0, end: whole.len() }
    }

    pub(crate) fn as_str(self) -> &'a str {
        self.whole.get(self.start..self.end).unwrap_or_default()
    }

    pub(crate) fn start(self) -> usize {
        self.start
    }

    pub(crate) fn end(self) -> usize {
        self.end
    }

    pub(crate) fn len(self) -> usize {
        self.end - self.start
    }

    pub(crate) fn is_empty(self) -> bool {
        self.start == self.end
    }

    pub(crate) fn span(self) -> Span {
        Span::new(self.start, self.end)
    }

    pub(crate) fn to_text(self) -> Text {
        Text { raw: self.as_str().to_owned(), span: self.span() }
    }

    /// Whether both are the same range of the same source.
    pub(crate) fn is(self, other: Self) -> bool {
        self.start == other.start && self.end == other.end
    }

    /// The bytes `from..to` of this piece.
    pub(crate) fn cut(self, from: usize, to: usize) -> Self {
        let (start, end) = (self.start + from, self.start + to);
        let fits = start <= end && end <= self.end;
        if fits && self.whole.is_char_boundary(start) && self.whole.is_char_boundary(end) {
            Self { start, end, ..self }
        } else {
            Self { end: self.start, ..self }
        }
    }

    /// From byte `from` on.
    pub(crate) fn skip(self, from: usize) -> Self {
        self.cut(from, self.len())
    }

    /// Up to byte `to`.
    pub(crate) fn take(self, to: usize) -> Self {
        self.cut(0, to)
    }

    /// From the start of this piece to the end of another one of the same source.
    pub(crate) fn joined(self, last: Self) -> Self {
        Self { end: last.end.max(self.end), ..self }
    }

    pub(crate) fn trim(self) -> Self {
        let bytes = self.as_str().as_bytes();
        let solid = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_graphic);
        if solid(bytes.first()) && solid(bytes.last()) {
            return self;
        }
        self.trim_start().trim_end()
    }

    pub(crate) fn trim_start(self) -> Self {
        self.skip(self.len() - self.as_str().trim_start().len())
    }

    pub(crate) fn trim_end(self) -> Self {
        self.take(self.as_str().trim_end().len())
    }

    /// Without these characters at its end.
    pub(crate) fn trim_end_of(self, chars: &[char]) -> Self {
        self.take(self.as_str().trim_end_matches(chars).len())
    }

    pub(crate) fn strip_prefix(self, prefix: &str) -> Option<Self> {
        self.as_str().starts_with(prefix).then(|| self.skip(prefix.len()))
    }

    pub(crate) fn strip_suffix(self, suffix: &str) -> Option<Self> {
        self.as_str().strip_suffix(suffix).map(|rest| self.take(rest.len()))
    }

    /// Before and after the first occurrence of `mark`.
    pub(crate) fn split_once(self, mark: &str) -> Option<(Self, Self)> {
        self.as_str().find(mark).map(|at| (self.take(at), self.skip(at + mark.len())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cut_inside_a_character_is_empty() {
        let piece = Piece::new("aΔb");
        assert_eq!(piece.cut(1, 2).as_str(), "");
        assert_eq!(piece.cut(1, 3).as_str(), "Δ");
        assert_eq!((piece.cut(3, 2).as_str(), piece.cut(0, 9).as_str()), ("", ""));
    }
}
