//! Dialect S: a script that is its own ledger (spec §5).

use super::line::Line;
use crate::model::{Dialect, Ledger};
use crate::text::Piece;

/// Whether a document is a script: it begins with a docstring.
pub(super) fn is_script(lines: &[Line<'_>]) -> bool {
    lines.first().is_some_and(|line| line.body.as_str().starts_with("\"\"\""))
}

/// The ledger of a script.
pub(super) fn ledger(whole: Piece<'_>) -> Ledger {
    let letters = super::lex::ids::Letters::known();
    super::document::Document::read(whole, Vec::new(), Dialect::Script).into_ledger(letters)
}
