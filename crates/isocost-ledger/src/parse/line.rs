//! Lines of a document and what they open.

use crate::text::{Piece, Source};

/// Columns that a tab stands for when indentations are compared.
const TAB: usize = 4;

/// What a line is, before any dialect reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LineKind {
    /// White space only.
    Blank,
    /// A heading of that level.
    Heading(u8),
    /// The line that opens a fence.
    FenceOpen,
    /// A line inside a fence. Nothing in it is a heading, item or row.
    FenceBody,
    /// The line that closes a fence.
    FenceClose,
    /// `---`, `***`.
    Break,
    /// A list item.
    Bullet,
    /// Begins with `|`.
    Row,
    /// Anything else.
    Plain,
}

/// One line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'a> {
    /// With its line end (and, on the first line, a byte-order mark).
    pub(super) full: Piece<'a>,
    /// Without line end, byte-order mark and indentation.
    pub(super) body: Piece<'a>,
    /// Columns before the body.
    pub(super) indent: usize,
    pub(super) kind: LineKind,
}

impl<'a> Line<'a> {
    /// What follows the bullet of a list item.
    pub(super) fn item(&self) -> Option<Piece<'a>> {
        (self.kind == LineKind::Bullet).then(|| self.body.skip(1).trim_start())
    }
}

/// All lines of a source.
pub(super) fn lines(source: &Source) -> Vec<Line<'_>> {
    let text = source.text();
    let whole = Piece::new(text);
    let mut lines = Vec::with_capacity(text.len() / 80);
    let mut fence: Option<(u8, usize)> = None;
    let mut start = 0;
    while start < text.len() {
        let end = memchr::memchr(b'\n', text.as_bytes().get(start..).unwrap_or_default())
            .map_or(text.len(), |at| start + at + 1);
        lines.push(line(whole.cut(start, end), &mut fence));
        start = end;
    }
    lines
}

fn line<'a>(full: Piece<'a>, fence: &mut Option<(u8, usize)>) -> Line<'a> {
    let content = full.trim_end_of(&['\n', '\r']);
    let content = content.strip_prefix("\u{feff}").unwrap_or(content);
    let body = content.trim_start();
    let gap = content.take(content.len() - body.len());
    let indent = gap.as_str().chars().map(|c| if c == '\t' { TAB } else { 1 }).sum();
    let kind = match (fence_mark(body), *fence) {
        (Some((mark, length)), Some((open, least)))
            if mark == open && length >= least && body.skip(length).trim().is_empty() =>
        {
            *fence = None;
            LineKind::FenceClose
        }
        (_, Some(_)) => LineKind::FenceBody,
        (Some(opened), None) => {
            *fence = Some(opened);
            LineKind::FenceOpen
        }
        (None, None) => plain_kind(body),
    };
    Line { full, body, indent, kind }
}

/// The character and length of a fence line. A line of back-quotes with more of them later is a code span.
fn fence_mark(body: Piece<'_>) -> Option<(u8, usize)> {
    let bytes = body.as_str().as_bytes();
    let mark = *bytes.first().filter(|byte| matches!(byte, b'`' | b'~'))?;
    let length = bytes.iter().take_while(|&&byte| byte == mark).count();
    let info = bytes.get(length..)?;
    (length >= 3 && !(mark == b'`' && memchr::memchr(b'`', info).is_some())).then_some((mark, length))
}

fn plain_kind(body: Piece<'_>) -> LineKind {
    let bytes = body.as_str().as_bytes();
    match bytes {
        [] => LineKind::Blank,
        [b'|', ..] => LineKind::Row,
        [b'#', ..] => heading_level(bytes).map_or(LineKind::Plain, LineKind::Heading),
        [b'-' | b'*' | b'_', ..] if is_break(bytes) => LineKind::Break,
        [b'-' | b'*' | b'+', b' ' | b'\t', ..] | [b'-' | b'+'] => LineKind::Bullet,
        _ => LineKind::Plain,
    }
}

fn heading_level(bytes: &[u8]) -> Option<u8> {
    let hashes = bytes.iter().take(7).take_while(|&&byte| byte == b'#').count();
    let open = matches!(bytes.get(hashes), None | Some(b' ' | b'\t'));
    (hashes <= 6 && open).then(|| u8::try_from(hashes).ok())?
}

fn is_break(bytes: &[u8]) -> bool {
    let mark = bytes.first();
    let marks = bytes.iter().filter(|byte| Some(*byte) == mark).count();
    marks >= 3 && bytes.iter().all(|byte| Some(byte) == mark || matches!(byte, b' ' | b'\t'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<LineKind> {
        lines(&Source::new("t", text)).iter().map(|line| line.kind).collect()
    }

    #[test]
    fn a_comment_in_a_fence_is_no_heading() {
        use LineKind::{FenceBody, FenceClose, FenceOpen, Heading};
        assert_eq!(
            kinds("# t\n```bash\n# GPU0: x\n\n~~~\n```\n## u"),
            [Heading(1), FenceOpen, FenceBody, FenceBody, FenceBody, FenceClose, Heading(2)]
        );
    }

    #[test]
    fn lines_with_marks_tabs_and_carriage_returns_are_read() {
        let text = "\u{feff}# t\r\n\t- x\r\n---\r\n| a |\r\n#x\r\n";
        let source = Source::new("t", text);
        let lines = lines(&source);
        assert_eq!(lines.iter().map(|l| l.full.as_str()).collect::<String>(), text);
        assert_eq!(lines[0].kind, LineKind::Heading(1));
        assert_eq!((lines[1].kind, lines[1].indent), (LineKind::Bullet, 4));
        assert_eq!((lines[2].kind, lines[3].kind), (LineKind::Break, LineKind::Row));
        assert_eq!(lines[4].kind, LineKind::Plain);
    }
}
