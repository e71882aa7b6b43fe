//! Nested list items and the fields that they are (spec §3.1).

use super::lex::list::parenthesis;
use super::line::{Line, LineKind};
use crate::model::{Field, FieldValue, Item};
use crate::text::{Piece, Span, Text};

/// Deepest nesting kept; deeper items become siblings at this depth.
const DEEPEST: usize = 12;
/// Longest field name.
const LONGEST_NAME: usize = 80;

/// The lines that belong to a list item at line `at`: everything indented deeper, and blank lines between.
pub(super) fn item_end(lines: &[Line<'_>], at: usize, limit: usize) -> usize {
    let base = lines.get(at).map_or(0, |line| line.indent);
    let mut end = at + 1;
    let mut here = at + 1;
    let mut in_fence = false;
    while let Some(line) = lines.get(here).filter(|_| here < limit) {
        match line.kind {
            LineKind::Blank => {}
            LineKind::FenceBody | LineKind::FenceClose if in_fence => end = here + 1,
            LineKind::Heading(_) | LineKind::FenceBody | LineKind::FenceClose => break,
            _ if line.indent <= base => break,
            kind => {
                let blank_before = here > end;
                if blank_before && !matches!(kind, LineKind::Bullet | LineKind::FenceOpen) {
                    break;
                }
                in_fence = kind == LineKind::FenceOpen;
                end = here + 1;
            }
        }
        here += 1;
    }
    end
}

/// What an item's nested lines say: its fields, and what is no field.
#[derive(Debug, Default)]
pub(super) struct Nested {
    pub(super) fields: Vec<Field>,
    pub(super) other: Vec<Text>,
}

/// Reads lines `from..end` as fields.
pub(super) fn nested(lines: &[Line<'_>], from: usize, end: usize) -> Nested {
    let mut nested = Nested::default();
    let mut at = from;
    while at < end {
        let Some(line) = lines.get(at) else { break };
        let stop = item_end(lines, at, end).max(at + 1);
        let head = line.item().and_then(field_head);
        match head {
            Some(head) => nested.fields.push(field(lines, at, stop, &head)),
            None if line.kind == LineKind::Blank => {}
            None => nested.other.push(block(lines, at, stop).trim_end().to_text()),
        }
        at = stop;
    }
    nested
}

/// The lines `from..end` as one piece.
pub(super) fn block<'a>(lines: &[Line<'a>], from: usize, end: usize) -> Piece<'a> {
    let slice = lines.get(from..end.max(from)).unwrap_or_default();
    let (Some(first), Some(last)) = (slice.first(), slice.last()) else { return Piece::new("") };
    first.full.joined(last.full)
}

/// Name, note and inline value of a field line.
#[derive(Debug, Clone, Copy)]
pub(super) struct FieldHead<'a> {
    pub(super) name: Piece<'a>,
    pub(super) note: Option<Piece<'a>>,
    pub(super) inline: Piece<'a>,
}

/// Reads `NAME [(note)]: value`. The colon must be followed by white space or nothing, and a name holds no code.
pub(super) fn field_head(item: Piece<'_>) -> Option<FieldHead<'_>> {
    let text = item.as_str();
    let stop = text.find([':', '(', '`', '：'])?;
    if stop == 0 || stop > LONGEST_NAME {
        return None;
    }
    let name = item.take(stop).trim();
    let (note, rest) = match parenthesis(item.skip(stop)) {
        Some((note, rest)) => (Some(note), rest),
        None => (None, item.skip(stop)),
    };
    let rest = rest.strip_prefix("**").unwrap_or(rest);
    let inline = rest.strip_prefix(":").or_else(|| rest.strip_prefix("："))?;
    let inline = inline.strip_prefix("**").unwrap_or(inline);
    let open =
        inline.is_empty() || inline.as_str().starts_with([' ', '\t']) || rest.as_str().starts_with('：');
    let name = name.strip_prefix("**").unwrap_or(name);
    let name = name.strip_suffix("**").unwrap_or(name);
    (open && !name.is_empty()).then(|| FieldHead { name, note, inline: inline.trim() })
}

fn field(lines: &[Line<'_>], at: usize, end: usize, head: &FieldHead<'_>) -> Field {
    let span = block(lines, at, end).span();
    let value = match fence(lines, at + 1, end) {
        Some(fence) if head.inline.is_empty() => fence,
        _ => list_value(lines, at, end, head.inline),
    };
    Field { name: head.name.to_text(), note: head.note.map(Piece::to_text), value, span }
}

/// The fence that lines `from..end` are.
pub(super) fn fence(lines: &[Line<'_>], from: usize, end: usize) -> Option<FieldValue> {
    let open = lines.get(from..end)?.iter().position(|line| line.kind != LineKind::Blank)? + from;
    let opener = lines.get(open).filter(|line| line.kind == LineKind::FenceOpen)?;
    let body_end = (open + 1..end)
        .find(|&i| lines.get(i).is_none_or(|line| line.kind != LineKind::FenceBody))
        .unwrap_or(end);
    let language = opener.body.as_str().trim_start_matches(['`', '~']).trim().to_owned();
    let body = if body_end > open + 1 {
        block(lines, open + 1, body_end)
    } else {
        opener.full.skip(opener.full.len())
    };
    Some(FieldValue::Fence { language, body: body.to_text() })
}

fn list_value(lines: &[Line<'_>], at: usize, end: usize, inline: Piece<'_>) -> FieldValue {
    let first_item = (at + 1..end).find(|&i| lines.get(i).is_some_and(|line| line.kind == LineKind::Bullet));
    let text_end = first_item.unwrap_or(end);
    let inline = with_continuation(lines, inline, at + 1, text_end);
    match first_item {
        None => FieldValue::Inline(inline.to_text()),
        Some(first) => {
            let items = items(lines, first, end);
            if inline.is_empty() {
                return FieldValue::Nested(items);
            }
            let span = block(lines, at, end).span();
            let span = Span { start: inline.span().start, ..span };
            FieldValue::Nested(vec![Item { text: inline.to_text(), items, span }])
        }
    }
}

/// A value with the indented lines that continue it.
fn with_continuation<'a>(lines: &[Line<'a>], value: Piece<'a>, from: usize, end: usize) -> Piece<'a> {
    let last = (from..end).rev().find_map(|i| lines.get(i).filter(|line| line.kind != LineKind::Blank));
    match last {
        Some(last) => value.joined(last.body).trim(),
        None => value,
    }
}

/// An item whose nested items are still being read.
struct Open<'a> {
    indent: usize,
    text: Piece<'a>,
    end: u32,
    start: u32,
    items: Vec<Item>,
}

/// The items of lines `from..end`, nested by indentation.
pub(super) fn items(lines: &[Line<'_>], from: usize, end: usize) -> Vec<Item> {
    let mut open: Vec<Open<'_>> = Vec::new();
    let mut roots = Vec::new();
    for line in lines.get(from..end).unwrap_or_default() {
        let Span { start, end } = line.full.span();
        let Some(text) = line.item() else {
            if line.kind != LineKind::Blank
                && let Some(item) = open.last_mut().filter(|item| item.items.is_empty())
            {
                item.text = item.text.joined(line.body.trim_end());
                item.end = end;
            }
            continue;
        };
        while open.last().is_some_and(|item| line.indent <= item.indent) || open.len() >= DEEPEST {
            close(&mut open, &mut roots);
        }
        open.push(Open { indent: line.indent, text: text.trim_end(), start, end, items: Vec::new() });
    }
    while !open.is_empty() {
        close(&mut open, &mut roots);
    }
    roots
}

fn close(open: &mut Vec<Open<'_>>, roots: &mut Vec<Item>) {
    let Some(Open { text, start, end, items, .. }) = open.pop() else { return };
    let item = Item { text: text.to_text(), items, span: Span { start, end } };
    match open.last_mut() {
        Some(parent) => {
            parent.end = parent.end.max(end);
            parent.items.push(item);
        }
        None => roots.push(item),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::line::lines;
    use crate::text::Source;

    fn read(text: &str) -> Vec<Field> {
        let source = Source::new("t", text);
        let lines = lines(&source);
        nested(&lines, 0, lines.len()).fields
    }

    #[test]
    fn a_note_stands_between_name_and_colon() {
        let fields = read("  - command (5 shards; merge would be done after):\n    - `x`\n");
        assert_eq!(fields[0].name.raw, "command");
        assert_eq!(fields[0].note.as_ref().unwrap().raw, "5 shards; merge would be done after");
        assert!(matches!(&fields[0].value, FieldValue::Nested(items) if items.len() == 1));
    }

    #[test]
    fn items_nest_by_spaces_or_tabs() {
        for text in ["- a:\n  - b:\n    - c\n  - d\n", "- a:\n\t- b:\n\t\t- c\n\t- d\n"] {
            let fields = read(text);
            let FieldValue::Nested(items) = &fields[0].value else { panic!("nested") };
            assert_eq!(items.iter().map(|i| i.text.raw.as_str()).collect::<Vec<_>>(), ["b:", "d"]);
            assert_eq!(items[0].items[0].text.raw, "c");
        }
    }

    #[test]
    fn a_fence_is_a_value() {
        let fields = read("  - command:\n    ```bash\n    a\n    b\n    ```\n  - seeds: []\n");
        assert!(matches!(&fields[0].value, FieldValue::Fence { language, body }
            if language == "bash" && body.raw == "    a\n    b\n"));
        assert_eq!(fields.len(), 2);
    }

    #[test]
    fn prose_with_code_or_a_web_address_is_no_field() {
        assert!(field_head(Piece::new("https://x.y")).is_none());
        assert!(field_head(Piece::new("`a`: b")).is_none());
        assert!(field_head(Piece::new("plain")).is_none());
        assert!(field_head(Piece::new("a:b")).is_none());
    }
}
