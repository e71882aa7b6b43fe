//! Dialect N: numbered sections with bold labels and shell fences (spec §4).

use super::line::Line;
use crate::model::{Entry, OrderedPlan, Rule};
use crate::text::Piece;

/// Section id and title of a heading `A1. Title`.
pub(super) fn heading(text: Piece<'_>) -> Option<(Piece<'_>, Piece<'_>)> {
    let bytes = text.as_str().as_bytes();
    let known = matches!(bytes, [b'A'..=b'Z', b'0'..=b'9', b'.', b' ', ..]);
    known.then(|| (text.take(2), text.skip(4).trim()))
}

/// The entry of a section.
pub(super) fn entry(_whole: Piece<'_>, _lines: &[Line<'_>], _at: usize, _end: usize, _section: usize) -> Option<Entry> {
    None
}

/// Document-level rules.
pub(super) fn rules(_lines: &[Line<'_>], _from: usize, _end: usize) -> Vec<Rule> {
    Vec::new()
}

/// An ordered plan.
pub(super) fn plan(_title: Piece<'_>, _lines: &[Line<'_>], _from: usize, _end: usize) -> Option<OrderedPlan> {
    None
}
