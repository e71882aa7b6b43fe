//! Dialect S: a script that is its own ledger (spec §5). Works on flattened newlines: only marks inside the text count.

use super::lex::ids::Letters;
use super::line::{Line, LineKind};
use super::python::{Literal, literals};
use super::{artifact, document, entry};
use crate::model::{
    Block, BlockKind, Dialect, Entry, Field, FieldValue, Item, Ledger, Param, Presence, Role, Statement,
};
use crate::text::{Piece, Text};

/// The mark around a part's banner.
const BANNER: &str = "# ---------- ";

/// Whether a document is a script: it begins with a docstring.
pub(super) fn is_script(lines: &[Line<'_>]) -> bool {
    lines
        .iter()
        .find(|line| line.kind != LineKind::Blank)
        .is_some_and(|line| line.body.as_str().starts_with("\"\"\""))
}

/// The ledger of a script: one entry.
pub(super) fn ledger(whole: Piece<'_>) -> Ledger {
    let mut document = document::Document::read(whole, Vec::new(), Dialect::Script);
    document.entries.extend(entry(whole));
    let kind = if document.entries.is_empty() { BlockKind::Prose } else { BlockKind::Entry(0) };
    let mut ledger = document.into_ledger(Letters::known());
    if !whole.is_empty() {
        ledger.blocks = vec![Block { span: whole.span(), kind }];
    }
    ledger
}

fn entry(whole: Piece<'_>) -> Option<Entry> {
    let (_, after) = whole.split_once("\"\"\"")?;
    let docstring = after.take(after.as_str().find("\"\"\"").unwrap_or(after.len()));
    let body = after.skip((docstring.len() + 3).min(after.len()));
    let words = docstring.trim();
    let id = words.take(words.as_str().find(' ').unwrap_or(words.len()));
    let mut entry = entry::blank(free_id(id)?, Role::Script, 0, whole.span());
    let title = words.take(words.as_str().find(':').unwrap_or(words.len()));
    entry.title = title.to_text();
    entry.objective = Some(docstring.trim().to_text());
    let strings = literals(body);
    parts(body, &mut entry);
    files(body, &strings, &mut entry);
    report(body, &strings, &mut entry);
    params(body, &mut entry);
    Some(entry)
}

/// `E1`, `E6a`: a letter, digits, perhaps a letter.
fn free_id(word: Piece<'_>) -> Option<Piece<'_>> {
    let text = word.as_str();
    let digits = text.bytes().skip(1).take_while(u8::is_ascii_digit).count();
    let suffix = text.bytes().skip(1 + digits).take_while(u8::is_ascii_lowercase).count();
    let fits = text.starts_with(|c: char| c.is_ascii_uppercase()) && digits > 0 && suffix <= 1;
    fits.then(|| word.take(1 + digits + suffix))
}

/// One field per numbered banner; its value is the code up to the next banner.
fn parts(body: Piece<'_>, entry: &mut Entry) {
    let starts: Vec<usize> = body.as_str().match_indices(BANNER).map(|(at, _)| at).collect();
    for (index, &start) in starts.iter().enumerate() {
        let end = starts.get(index + 1).copied().unwrap_or(body.len());
        let part = body.cut(start, end);
        let inside = part.skip(BANNER.len());
        let (title, code) = inside.split_once(" ----------").unwrap_or((inside.take(0), inside));
        entry.fields.push(Field {
            name: title.trim().to_text(),
            note: None,
            value: FieldValue::Inline(code.trim().to_text()),
            span: part.span(),
        });
    }
}

/// Files that are loaded (`.npz`), and the file that is written. A name with braces is a pattern in prose.
fn files(body: Piece<'_>, strings: &[Literal<'_>], entry: &mut Entry) {
    let mut written = Vec::new();
    for literal in strings {
        let text = literal.text;
        if text.as_str().contains([' ', '{']) {
            continue;
        }
        if text.strip_suffix(".npz").is_some() {
            entry.inputs.push(artifact::spec(text, None, None));
        } else if text.strip_suffix(".md").is_some() && is_written(body, literal) {
            written.push(artifact::spec(text, None, None));
        }
    }
    entry.artifacts_required = Presence::Given(written);
}

fn is_written(body: Piece<'_>, literal: &Literal<'_>) -> bool {
    let rest = body.skip(literal.end.saturating_sub(body.start()));
    rest.as_str().trim_start_matches([')', ' ']).starts_with(".write_text")
}

/// The report's lines: headings with the bullets under them. Adjacent literals are one line.
fn report(body: Piece<'_>, strings: &[Literal<'_>], entry: &mut Entry) {
    let mut items: Vec<Item> = Vec::new();
    let mut statements = Vec::new();
    let mut last_end = None;
    for literal in strings {
        let adjacent = last_end.is_some_and(|end: usize| {
            body.cut(end.saturating_sub(body.start()), literal.start.saturating_sub(body.start()))
                .trim()
                .is_empty()
        });
        last_end = Some(literal.end);
        let text = literal.text.as_str();
        let span = literal.text.span();
        if text.starts_with("## ") {
            items.push(Item { text: literal.text.skip(3).to_text(), items: Vec::new(), span });
        } else if text.starts_with("- ") {
            let bullet = literal.text.skip(2).to_text();
            statements.push(template(bullet.clone()));
            if let Some(heading) = items.last_mut() {
                heading.span.end = span.end;
                heading.items.push(Item { text: bullet, items: Vec::new(), span });
            }
        } else if adjacent
            && let Some(heading) = items.last_mut()
            && let Some(bullet) = heading.items.last_mut()
        {
            bullet.span.end = span.end;
            heading.span.end = span.end;
        }
    }
    if let (Some(first), Some(last)) = (items.first(), items.last()) {
        let span = crate::text::Span { start: first.span.start, end: last.span.end };
        let name =
            Text { raw: "report".to_owned(), span: crate::text::Span { start: span.start, end: span.start } };
        entry.results = Presence::Given(statements);
        entry.fields.push(Field { name, note: None, value: FieldValue::Nested(items), span });
    }
}

/// A report string: its numbers are filled in when the script runs.
fn template(text: Text) -> Statement {
    Statement {
        context: crate::model::Context::default(),
        artifacts: Vec::new(),
        measurements: Vec::new(),
        comparisons: Vec::new(),
        text,
    }
}

/// Named constants of signatures, the seed of the random generator, percentiles.
fn params(body: Piece<'_>, entry: &mut Entry) {
    for (at, _) in body.as_str().match_indices('=') {
        let after = body.skip(at + 1);
        let digits = after.as_str().bytes().take(12).take_while(u8::is_ascii_digit).count();
        let before = body.take(at);
        let name_length = before
            .as_str()
            .bytes()
            .rev()
            .take(40)
            .take_while(|b| b.is_ascii_alphanumeric() || *b == b'_')
            .count();
        let name = before.skip(before.len() - name_length);
        let closed = matches!(after.as_str().as_bytes().get(digits), Some(b')' | b','));
        let argument = matches!(
            before.as_str().as_bytes().get(before.len().wrapping_sub(name_length + 1)),
            Some(b' ' | b'(')
        );
        if digits > 0 && closed && argument && name.as_str().starts_with(|c: char| c.is_ascii_alphabetic()) {
            entry.params.push(Param {
                name: name.as_str().to_owned(),
                value: Some(after.take(digits).as_str().to_owned()),
                span: name.joined(after.take(digits)).span(),
            });
        }
    }
    if let Some((_, rest)) = body.split_once("default_rng(")
        && let Some(seeds) = super::lex::seeds::seeds_at(rest.as_str())
    {
        entry.seeds = Presence::Given(seeds);
    }
}
