//! Blocks under bold labels (spec §4): `**Command (note)**: text`, bullets, fences, note lines.

use super::items;
use super::lex::list::parenthesis;
use super::line::{Line, LineKind};
use crate::text::Piece;

/// What a part of a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PartKind {
    /// Prose.
    Text,
    /// List items.
    Bullets,
    /// A fence.
    Fence,
}

/// A run of lines of one kind under one label.
#[derive(Debug)]
pub(super) struct Part<'a> {
    pub(super) label: Option<Piece<'a>>,
    pub(super) note: Option<Piece<'a>>,
    pub(super) kind: PartKind,
    /// The inline text, the bullets as written, or the fence's body.
    pub(super) value: Piece<'a>,
    /// The items at the outermost level, without their bullets, nested ones included.
    pub(super) bullets: Vec<Piece<'a>>,
    /// Lines of the part without the label's own line (which only a text part holds).
    pub(super) from: usize,
    pub(super) end: usize,
    /// All of it.
    pub(super) all: Piece<'a>,
}

/// A line that begins with a bold label, taken apart.
struct Label<'a> {
    name: Piece<'a>,
    note: Option<Piece<'a>>,
    inline: Piece<'a>,
}

fn label<'a>(line: &Line<'a>) -> Option<Label<'a>> {
    if line.kind != LineKind::Plain || line.indent > 0 {
        return None;
    }
    let (inside, rest) = line.body.strip_prefix("**")?.split_once("**")?;
    let open = inside.as_str().find(" (").filter(|_| inside.as_str().ends_with(')'));
    let (name, note) = match open {
        Some(open) => (inside.take(open), parenthesis(inside.skip(open + 1)).map(|(note, _)| note)),
        None => (inside, None),
    };
    let inline = rest.strip_prefix(":").unwrap_or(rest).trim();
    Some(Label { name: name.trim(), note, inline })
}

/// The parts of lines `from..end`, in order. Blank lines and thematic breaks end a part.
pub(super) fn labelled<'a>(lines: &[Line<'a>], from: usize, end: usize) -> Vec<Part<'a>> {
    let mut parts = Vec::new();
    let mut current: Option<Label<'a>> = None;
    let mut at = from;
    while at < end {
        let Some(line) = lines.get(at) else { break };
        if matches!(line.kind, LineKind::Blank | LineKind::Break) {
            at += 1;
            continue;
        }
        if let Some(label) = label(line) {
            let bare = label.inline.is_empty();
            let stop = if bare { at + 1 } else { text_end(lines, at, end) };
            let value =
                last_line(lines, stop).map_or(label.inline, |last| label.inline.joined(last.body)).trim_end();
            parts.push(Part {
                label: Some(label.name),
                note: label.note,
                kind: PartKind::Text,
                value: if bare { label.inline } else { value },
                bullets: Vec::new(),
                from: at + 1,
                end: stop,
                all: items::block(lines, at, stop),
            });
            current = Some(label);
            at = stop;
            continue;
        }
        let part = part(lines, at, end, current.as_ref());
        at = part.end.max(at + 1);
        parts.push(part);
    }
    parts
}

fn last_line<'l, 'a>(lines: &'l [Line<'a>], stop: usize) -> Option<&'l Line<'a>> {
    stop.checked_sub(1).and_then(|last| lines.get(last))
}

fn part<'a>(lines: &[Line<'a>], at: usize, end: usize, current: Option<&Label<'a>>) -> Part<'a> {
    let kind = match lines.get(at).map(|line| line.kind) {
        Some(LineKind::FenceOpen) => PartKind::Fence,
        Some(LineKind::Bullet) => PartKind::Bullets,
        _ => PartKind::Text,
    };
    let stop = match kind {
        PartKind::Fence => fence_end(lines, at, end),
        PartKind::Bullets => bullets_end(lines, at, end),
        PartKind::Text => text_end(lines, at, end),
    };
    let all = items::block(lines, at, stop);
    let value = match kind {
        PartKind::Fence => fence_body(lines, at, stop),
        _ => all.trim_end(),
    };
    let bullets = if kind == PartKind::Bullets { outer_bullets(lines, at, stop) } else { Vec::new() };
    Part {
        label: current.map(|label| label.name),
        note: current.and_then(|label| label.note),
        kind,
        value,
        bullets,
        from: at,
        end: stop,
        all,
    }
}

fn text_end(lines: &[Line<'_>], at: usize, end: usize) -> usize {
    let stops = |i: &usize| {
        lines
            .get(*i)
            .is_none_or(|line| !matches!(line.kind, LineKind::Plain | LineKind::Row) || label(line).is_some())
    };
    (at + 1..end).find(stops).unwrap_or(end)
}

fn fence_end(lines: &[Line<'_>], at: usize, end: usize) -> usize {
    let close = (at + 1..end).find(|&i| lines.get(i).is_none_or(|line| line.kind != LineKind::FenceBody));
    close.map_or(end, |close| close + 1)
}

fn fence_body<'a>(lines: &[Line<'a>], at: usize, stop: usize) -> Piece<'a> {
    let closed = last_line(lines, stop).is_some_and(|line| line.kind == LineKind::FenceClose);
    let last = if closed { stop - 1 } else { stop };
    match lines.get(at) {
        Some(open) if last <= at + 1 => open.full.skip(open.full.len()),
        _ => items::block(lines, at + 1, last),
    }
}

fn bullets_end(lines: &[Line<'_>], at: usize, end: usize) -> usize {
    let mut stop = at + 1;
    while let Some(line) = lines.get(stop).filter(|_| stop < end) {
        let continues = line.kind == LineKind::Bullet || (line.kind == LineKind::Plain && line.indent > 0);
        if !continues {
            break;
        }
        stop += 1;
    }
    stop
}

fn outer_bullets<'a>(lines: &[Line<'a>], from: usize, end: usize) -> Vec<Piece<'a>> {
    let mut bullets: Vec<Piece<'a>> = Vec::new();
    let base = lines.get(from).map_or(0, |line| line.indent);
    for line in lines.get(from..end).unwrap_or_default() {
        match line.item().filter(|_| line.indent <= base) {
            Some(item) => bullets.push(item.trim_end()),
            None => {
                if let Some(last) = bullets.last_mut() {
                    *last = last.joined(line.body.trim_end());
                }
            }
        }
    }
    bullets
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::line::lines;
    use crate::text::Source;

    #[test]
    fn labels_hold_text_bullets_and_fences() {
        let text = "**Purpose**: why\nmore\n\n**Command (a, b)**\nNote: n\n```bash\nx\n```\n\n**Checks**\n- a\n  - b\n- c\n";
        let source = Source::new("t", text);
        let lines = lines(&source);
        let parts = labelled(&lines, 0, lines.len());
        let read: Vec<_> = parts
            .iter()
            .map(|p| {
                (
                    p.label.unwrap().as_str(),
                    p.note.map(Piece::as_str),
                    p.kind,
                    p.value.as_str(),
                    p.bullets.len(),
                )
            })
            .collect();
        assert_eq!(
            read,
            [
                ("Purpose", None, PartKind::Text, "why\nmore", 0),
                ("Command", Some("a, b"), PartKind::Text, "", 0),
                ("Command", Some("a, b"), PartKind::Text, "Note: n", 0),
                ("Command", Some("a, b"), PartKind::Fence, "x\n", 0),
                ("Checks", None, PartKind::Text, "", 0),
                ("Checks", None, PartKind::Bullets, "- a\n  - b\n- c", 2)
            ]
        );
    }
}
