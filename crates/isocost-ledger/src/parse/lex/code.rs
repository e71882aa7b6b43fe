//! Code spans (spec §1.2).

use crate::text::Piece;

/// The longest run of back-quotes that opens a code span; longer runs are decoration or fences.
const LONGEST_MARK: usize = 8;

/// One code span: with and without its back-quotes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CodeSpan<'a> {
    pub(crate) outer: Piece<'a>,
    pub(crate) inner: Piece<'a>,
}

/// The code spans of a piece, in order. A span opened by n back-quotes is closed by the next run of exactly n;
/// an opener without a closer is literal. Linear: a length that found no closer is not looked for again.
pub(crate) fn code_spans(piece: Piece<'_>) -> CodeSpans<'_> {
    CodeSpans { piece, at: 0, hopeless: [false; LONGEST_MARK + 1] }
}

/// Iterator over [`CodeSpan`]s.
pub(crate) struct CodeSpans<'a> {
    piece: Piece<'a>,
    at: usize,
    hopeless: [bool; LONGEST_MARK + 1],
}

impl CodeSpans<'_> {
    fn next_run(&self, from: usize) -> Option<(usize, usize)> {
        let bytes = self.piece.as_str().as_bytes();
        let start = from + memchr::memchr(b'`', bytes.get(from..)?)?;
        let length = bytes.get(start..)?.iter().take_while(|&&byte| byte == b'`').count();
        Some((start, length))
    }

    fn closer(&self, from: usize, length: usize) -> Option<usize> {
        let mut at = from;
        while let Some((start, found)) = self.next_run(at) {
            if found == length {
                return Some(start);
            }
            at = start + found;
        }
        None
    }
}

impl<'a> Iterator for CodeSpans<'a> {
    type Item = CodeSpan<'a>;

    fn next(&mut self) -> Option<CodeSpan<'a>> {
        while let Some((start, length)) = self.next_run(self.at) {
            let inside = start + length;
            self.at = inside;
            if length > LONGEST_MARK || self.hopeless.get(length).copied().unwrap_or(true) {
                continue;
            }
            if let Some(close) = self.closer(inside, length) {
                self.at = close + length;
                return Some(CodeSpan {
                    outer: self.piece.cut(start, close + length),
                    inner: self.piece.cut(inside, close),
                });
            }
            if let Some(hopeless) = self.hopeless.get_mut(length) {
                *hopeless = true;
            }
        }
        self.at = self.piece.len();
        None
    }
}

/// The inside of a piece that is one code span and nothing else.
pub(crate) fn whole_code(piece: Piece<'_>) -> Option<Piece<'_>> {
    let piece = piece.trim();
    let first = code_spans(piece).next()?;
    first.outer.is(piece).then_some(first.inner)
}

/// The piece without the code span around it, if there is one.
pub(crate) fn bare(piece: Piece<'_>) -> Piece<'_> {
    whole_code(piece).unwrap_or_else(|| piece.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inners(text: &str) -> Vec<&str> {
        code_spans(Piece::new(text)).map(|span| span.inner.as_str()).collect()
    }

    #[test]
    fn a_mark_is_closed_by_a_mark_of_its_own_length() {
        assert_eq!(inners("a `b` ``c ` d`` `e"), ["b", "c ` d"]);
        assert_eq!(inners("`` ` `x`"), [" "]);
        assert_eq!(inners(""), Vec::<&str>::new());
    }

    #[test]
    fn a_mark_without_a_closer_is_looked_for_once() {
        let long = "``` `` ".to_owned() + &"x`".repeat(1_000_001);
        assert_eq!(inners(&long).len(), 500_000);
    }
}
