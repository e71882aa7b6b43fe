//! The `results` field of a queue entry.

use super::apply::Edit;
use crate::model::{Entry, Field, FieldValue};
use crate::text::{Source, Span};

/// The name of the field.
const FIELD: &str = "results";

/// Sets the field's inline value; adds the field after the last one if it is absent.
pub(super) fn set(source: &Source, entry: &Entry, value: &str) -> Option<Edit> {
    let value = one_line(value);
    match entry.field(FIELD) {
        Some(field) => replace(source, field, &value),
        None => Some(insert(source, entry, &value)),
    }
}

/// The text on one line: control characters and line separators become spaces.
pub(super) fn one_line(text: &str) -> String {
    let spaced = text.replace(|c: char| c.is_control() || c == '\u{2028}' || c == '\u{2029}', " ");
    spaced.trim().to_owned()
}

fn replace(source: &Source, field: &Field, value: &str) -> Option<Edit> {
    let head = field.note.as_ref().map_or(field.name.span.end, |note| note.span.end);
    let rest = source.text().get(head as usize..field.span.end as usize)?;
    let colon = head as usize + rest.find([':', '：'])?;
    let after = colon + source.text().get(colon..)?.chars().next().map_or(1, char::len_utf8);
    let (span, current) = match &field.value {
        FieldValue::Inline(text) => (text.span, text.raw.as_str()),
        FieldValue::Nested(_) | FieldValue::Fence { .. } => {
            let all = source.slice(Span::new(after, field.span.end as usize));
            (Span::new(after, after + all.trim_end().len()), "\n")
        }
    };
    if current == value {
        return None;
    }
    let glued = span.start as usize == after && !value.is_empty();
    Some(Edit { span, replacement: if glued { format!(" {value}") } else { value.to_owned() } })
}

fn insert(source: &Source, entry: &Entry, value: &str) -> Edit {
    let text = source.text();
    let line_end = line_end(source, entry.span.start);
    let (place, lead) = if let Some(last) = entry.fields.last() {
        (last.span.end as usize, lead_of(source.slice(last.span)))
    } else {
        let start = entry.span.start as usize;
        let head = text.get(start..).unwrap_or_default();
        let end = start + head.find('\n').map_or(head.len(), |at| at + 1);
        let indent: String = head.chars().take_while(|c| c.is_whitespace() && *c != '\n').collect();
        (end, format!("{indent}  - "))
    };
    let line = if value.is_empty() { format!("{lead}{FIELD}:") } else { format!("{lead}{FIELD}: {value}") };
    let complete = text.get(..place).is_some_and(|before| before.ends_with('\n'));
    let replacement = if complete { format!("{line}{line_end}") } else { format!("{line_end}{line}") };
    Edit { span: Span::new(place, place), replacement }
}

/// Indentation and bullet of a field's first line, as they are written there.
fn lead_of(field: &str) -> String {
    let line = field.lines().next().unwrap_or_default();
    let bullet = line.find(['-', '*', '+']).map_or(line.len(), |at| at + 1);
    let after = line.get(bullet..).unwrap_or_default();
    let gap = after.len() - after.trim_start().len();
    line.get(..bullet + gap).unwrap_or("  - ").to_owned()
}

/// The line end that the document uses at this place.
pub(super) fn line_end(source: &Source, at: u32) -> &'static str {
    let text = source.text();
    let after = text.get(at as usize..).and_then(|rest| rest.find('\n')).map(|end| at as usize + end);
    let end = after.or_else(|| text.rfind('\n'));
    let crlf = end.is_some_and(|end| text.get(..end).is_some_and(|before| before.ends_with('\r')));
    if crlf { "\r\n" } else { "\n" }
}
