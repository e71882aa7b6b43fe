//! Reading raw fields.

use isocost_ledger::model::{Command, Entry, FieldValue};
use isocost_ledger::text::{Span, Text};

/// The inline text of a field.
pub(super) fn inline<'a>(entry: &'a Entry, name: &str) -> Option<&'a Text> {
    match &entry.field(name)?.value {
        FieldValue::Inline(text) => Some(text),
        _ => None,
    }
}

/// Where a field's value stands: the inline text, or else the whole field.
pub(super) fn value_span(entry: &Entry, name: &str) -> Option<Span> {
    let field = entry.field(name)?;
    Some(match &field.value {
        FieldValue::Inline(text) if !text.span.is_empty() => text.span,
        FieldValue::Inline(_) => field.name.span,
        _ => field.span,
    })
}

/// A byte range of a command's text as a span of its source.
pub(super) fn in_command(command: &Command, range: &std::ops::Range<usize>) -> Span {
    Span::new(range.start, range.end).shifted(command.text.span.start as usize)
}

/// Text with every run of white space as one blank.
pub(super) fn squeezed(text: &str) -> String {
    let mut squeezed = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !squeezed.is_empty() {
            squeezed.push(' ');
        }
        squeezed.push_str(word);
    }
    squeezed
}

/// Every command of an entry that is not of the smoke stage.
pub(super) fn serious_commands(entry: &Entry) -> impl Iterator<Item = &Command> {
    use isocost_ledger::model::Stage;
    entry.commands.iter().filter(|command| command.stage != Stage::Smoke)
}
