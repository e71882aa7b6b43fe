//! Table rows, split where their author meant it (spec §1.6, trap 1).

use super::lex::code::code_spans;
use super::line::{Line, LineKind};
use crate::text::Piece;

/// Most cells read of one row; the last one then holds the rest.
const MOST_CELLS: usize = 256;

/// The cells of a row, trimmed: split at every `|` that is neither in a code span nor escaped.
pub(super) fn cells(row: Piece<'_>) -> Vec<Piece<'_>> {
    let row = row.trim();
    let row = row.strip_prefix("|").unwrap_or(row);
    let mut cells = Vec::new();
    let mut start = 0;
    for at in bars(row) {
        if cells.len() + 1 == MOST_CELLS {
            break;
        }
        cells.push(row.cut(start, at).trim());
        start = at + 1;
    }
    let last = row.skip(start).trim();
    if !last.is_empty() || cells.is_empty() {
        cells.push(last);
    }
    cells
}

fn bars(row: Piece<'_>) -> impl Iterator<Item = usize> + '_ {
    let bytes = row.as_str().as_bytes();
    let mut spans = code_spans(row);
    let mut code = spans.next();
    memchr::memchr_iter(b'|', bytes).filter(move |&at| {
        while code.is_some_and(|span| span.outer.end() <= row.start() + at) {
            code = spans.next();
        }
        let in_code = code.is_some_and(|span| span.outer.start() <= row.start() + at);
        let escaped = at.checked_sub(1).and_then(|i| bytes.get(i)) == Some(&b'\\');
        !in_code && !escaped
    })
}

/// How many cells a row has here.
pub(super) fn own_cells(row: Piece<'_>) -> usize {
    let row = row.trim();
    let row = row.strip_prefix("|").unwrap_or(row);
    let (count, end) = bars(row).fold((0, 0), |(count, _), at| (count + 1, at + 1));
    let rest = row.skip(end).trim();
    if rest.is_empty() && count > 0 { count } else { count + 1 }
}

/// How many cells GitHub's rule gives: it splits inside code spans too.
pub(super) fn gfm_cells(row: Piece<'_>) -> usize {
    let row = row.trim();
    let row = row.strip_prefix("|").unwrap_or(row);
    let row = row.strip_suffix("|").unwrap_or(row);
    let bytes = row.as_str().as_bytes();
    1 + memchr::memchr_iter(b'|', bytes)
        .filter(|at| at.checked_sub(1).and_then(|i| bytes.get(i)) != Some(&b'\\'))
        .count()
}

/// Whether a line is the dash row under a header.
pub(super) fn is_dash_row(line: &Line<'_>) -> bool {
    line.kind == LineKind::Row
        && line.body.as_str().contains('-')
        && line.body.as_str().bytes().all(|byte| matches!(byte, b'|' | b'-' | b':' | b' ' | b'\t'))
}

/// A table: its header cells and its rows' line numbers.
#[derive(Debug)]
pub(super) struct Table<'a> {
    pub(super) header: Vec<Piece<'a>>,
    /// First line after the dash row.
    pub(super) first: usize,
    /// One past the last row.
    pub(super) end: usize,
}

impl Table<'_> {
    /// The column of that name; names are compared without case.
    pub(super) fn column(&self, name: &str) -> Option<usize> {
        self.header.iter().position(|cell| cell.as_str().eq_ignore_ascii_case(name))
    }
}

/// The table whose header is line `at`.
pub(super) fn table_at<'a>(lines: &[Line<'a>], at: usize) -> Option<Table<'a>> {
    let header = lines.get(at).filter(|line| line.kind == LineKind::Row)?;
    if !is_dash_row(lines.get(at + 1)?) {
        return None;
    }
    let first = at + 2;
    let rows =
        lines.get(first..).unwrap_or_default().iter().take_while(|line| line.kind == LineKind::Row).count();
    Some(Table { header: cells(header.body), first, end: first + rows })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(row: &str) -> Vec<&str> {
        cells(Piece::new(row)).iter().map(|cell| cell.as_str()).collect()
    }

    #[test]
    fn a_bar_inside_code_does_not_split() {
        let row = "| Full cmd | `X=$(ls -t a | head -n 1) bash s.sh` |";
        assert_eq!(split(row), ["Full cmd", "`X=$(ls -t a | head -n 1) bash s.sh`"]);
        assert_eq!((gfm_cells(Piece::new(row)), own_cells(Piece::new(row))), (3, 2));
    }

    #[test]
    fn empty_cells_and_missing_outer_bars_are_read() {
        assert_eq!(split("| a | | b |"), ["a", "", "b"]);
        assert_eq!(split("| Results |  |"), ["Results", ""]);
        assert_eq!(split("a | b"), ["a", "b"]);
        assert_eq!(split("|"), [""]);
        for row in ["| a | | b |", "| Results |  |", "a | b", "|", r"| a \| b | c |"] {
            assert_eq!(own_cells(Piece::new(row)), split(row).len(), "{row}");
        }
        assert_eq!(split(r"| a \| b | c |"), [r"a \| b", "c"]);
    }
}
