//! The part of a line that is shown. Ledger lines are up to ten thousand characters long.

use std::ops::Range;

use isocost_ledger::text::{Source, Span};
use unicode_width::UnicodeWidthChar;

use crate::escape;

/// What marks text that is left out.
const ELLIPSIS: char = '…';
/// Terminal columns of a tab, as the renderer expands it.
const TAB: usize = 4;

/// One line, or a part of it around the place that matters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Excerpt {
    /// The line's number, from 1.
    pub(crate) line: usize,
    /// What is shown, without line end.
    pub(crate) text: String,
    /// The bytes of `text` to underline.
    pub(crate) mark: Range<usize>,
    /// Whether the place goes on behind what is shown.
    pub(crate) continues: bool,
}

/// The first line of `span`, cut to about `width` terminal columns around the span. Takes time in the order of
/// `width`, however long the line is.
pub(crate) fn excerpt(source: &Source, span: Span, width: usize) -> Excerpt {
    let text = source.text();
    let line = source.lines().line_of(span.start);
    let bounds = source.lines().line_span(text, line).range();
    let start = text.floor_char_boundary(span.start as usize).clamp(bounds.start, bounds.end);
    let end = text.floor_char_boundary(span.range().end).clamp(start, bounds.end);
    let goes_on = span.range().end > bounds.end
        && text.get(bounds.end..span.range().end).is_some_and(|t| !t.trim().is_empty());

    let (shown, used) = take(text.get(start..end).unwrap_or_default().chars(), width * 2 / 3);
    let shown_end = start + shown;
    let before = text.get(bounds.start..start).unwrap_or_default();
    let after = text.get(shown_end..bounds.end).unwrap_or_default();
    let spare = width.saturating_sub(used);
    let (_, right_need) = take(after.chars(), spare / 2);
    let (left, left_used) = take(before.chars().rev(), spare - right_need);
    let (right, _) = take(after.chars(), spare - left_used);

    let (from, to) = (start - left, shown_end + right);
    let mut out = String::new();
    if from > bounds.start {
        out.push(ELLIPSIS);
    }
    let offset = out.len();
    out.push_str(text.get(from..to).unwrap_or_default());
    if to < bounds.end {
        out.push(ELLIPSIS);
    }
    let start = offset + left;
    let mark = start
        ..start + if shown == 0 { first_char(text.get(shown_end..to).unwrap_or_default()) } else { shown };
    Excerpt { line: line + 1, text: escape::source_line(&out), mark, continues: goes_on || shown_end < end }
}

/// The renderer underlines one byte of an empty place, which must not be a part of a character.
fn first_char(rest: &str) -> usize {
    rest.chars().next().map_or(0, char::len_utf8)
}

/// Bytes and columns of as many leading characters as fit into `width` columns.
fn take(chars: impl Iterator<Item = char>, width: usize) -> (usize, usize) {
    let (mut bytes, mut columns) = (0, 0);
    for c in chars {
        let wide = if c == '\t' { TAB } else { c.width().unwrap_or(1) };
        if columns + wide > width {
            break;
        }
        bytes += c.len_utf8();
        columns += wide;
    }
    (bytes, columns)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, needle: &str, width: usize) -> (String, String) {
        let source = Source::new("l.md", text);
        let start = text.find(needle).unwrap();
        let excerpt = excerpt(&source, Span::new(start, start + needle.len()), width);
        (excerpt.text.clone(), excerpt.text[excerpt.mark].to_owned())
    }

    #[test]
    fn a_short_line_is_shown_whole_without_its_line_end() {
        assert_eq!(shown("a\r\n\tbcd e\r\nf", "bcd", 40), ("\tbcd e".into(), "bcd".into()));
    }

    #[test]
    fn a_long_line_is_cut_on_both_sides_of_the_place() {
        let line = format!("{}NEEDLE{}", "本".repeat(5000), "x".repeat(5000));
        let (text, mark) = shown(&line, "NEEDLE", 26);
        assert_eq!((text.as_str(), mark.as_str()), ("…本本本本本NEEDLExxxxxxxxxx…", "NEEDLE"));
    }

    #[test]
    fn room_that_one_side_does_not_need_goes_to_the_other() {
        let line = format!("ab NEEDLE{}", "x".repeat(50));
        assert_eq!(shown(&line, "NEEDLE", 26).0, format!("ab NEEDLE{}…", "x".repeat(17)));
    }

    #[test]
    fn a_place_of_several_lines_is_marked_on_its_first() {
        let source = Source::new("l.md", "one\r\ntwo\nthree");
        let excerpt = excerpt(&source, Span::new(1, 12), 40);
        assert_eq!((excerpt.line, excerpt.mark.clone(), excerpt.continues), (1, 1..3, true));
    }

    #[test]
    fn an_empty_place_marks_the_whole_character_after_it() {
        let source = Source::new("l.md", "a本b");
        let mark = |at| excerpt(&source, Span::new(at, at), 40).mark;
        assert_eq!((mark(1), mark(5)), (1..4, 5..5));
    }

    #[test]
    fn spans_outside_the_text_or_inside_a_character_do_not_panic() {
        let source = Source::new("l.md", "aΔb");
        for (start, end) in [(2, 2), (2, 3), (0, 99), (99, 200), (3, 1)] {
            let excerpt = excerpt(&source, Span { start, end }, 10);
            assert!(excerpt.text.get(excerpt.mark).is_some());
        }
        assert_eq!(excerpt(&Source::new("e", ""), Span::new(0, 0), 10).text, "");
    }
}
