//! Results in prose (spec §9): statements, their contexts, measurements and comparisons.

mod compare;
mod context;
mod cut;
mod measure;

use super::artifact;
use super::lex::code::code_spans;
use crate::model::{Context, Statement};
use crate::text::Piece;

/// The statements of a results text. `default` says what the entry itself tells about split, seeds and kind of run.
/// A statement that begins with its path shares the label of the one before: `Full (test402): `a` (…), `b` (…)`.
pub(super) fn statements(text: Piece<'_>, default: &Context) -> Vec<Statement> {
    let mut read: Vec<Statement> = Vec::new();
    for part in cut::statements(text) {
        let next = match read.last() {
            Some(before) if part.as_str().starts_with('`') => {
                let mut shared = Context { selected: None, ..before.context.clone() };
                inherit(&mut shared, default);
                statement(part, &shared)
            }
            _ => statement(part, default),
        };
        read.push(next);
    }
    read
}

fn statement(text: Piece<'_>, default: &Context) -> Statement {
    let artifacts = artifact::in_prose(text);
    let measurements = measure::measurements(text);
    let first_number = measurements.first().map(|m| m.text.span.start as usize);
    let first_path = artifacts.first().map(|a| a.path.span.start as usize);
    let label_end = measurements.first().map(|m| m.text.span.end as usize);
    let stop = first_path.or(label_end).unwrap_or(text.end());
    let head = text.take(stop.saturating_sub(text.start()));
    let facts = text.cut(
        stop.saturating_sub(text.start()),
        first_number.unwrap_or(text.end()).max(stop).saturating_sub(text.start()),
    );
    let context =
        context::context(&context::Places { head, facts, all: text, artifacts: &artifacts }, default);
    let comparisons = compare::comparisons(text, &measurements);
    Statement { context, artifacts, measurements, comparisons, text: text.to_text() }
}

/// Fills what a statement does not say itself.
pub(super) fn inherit(context: &mut Context, default: &Context) {
    if context.split.is_none() {
        context.split.clone_from(&default.split);
    }
    if context.seeds.is_none() {
        context.seeds.clone_from(&default.seeds);
    }
    if context.run_kind.is_none() {
        context.run_kind = default.run_kind;
    }
    if context.selected.is_none() {
        context.selected.clone_from(&default.selected);
    }
}

/// The configuration that `best=…` names.
fn selected(text: Piece<'_>) -> Option<Piece<'_>> {
    let mut chained = false;
    let mut fallback = None;
    let mut last_end = text.start();
    for span in code_spans(text) {
        let between = text.cut(last_end - text.start(), span.outer.start() - text.start());
        let names = |word: &str| between.as_str().ends_with(word);
        let opens = names("best=") || names("best_config=") || names("winner=") || names("best config=");
        let continues = chained && between.as_str() == "=";
        if opens || continues {
            if !artifact::looks_like_path(span.inner.as_str()) {
                return Some(span.inner);
            }
            fallback = fallback.or(Some(span.inner));
        }
        chained = opens || continues;
        last_end = span.outer.end();
    }
    fallback
}
