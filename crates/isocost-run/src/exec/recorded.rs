//! Texts by which a contract's parts are known again.

use isocost_ledger::rule::Term;

/// A term's text.
pub(super) fn term_text(term: &Term) -> &str {
    match term {
        Term::Rule(rule) => &rule.text,
        Term::NotCheckable(text, _) => text,
    }
}
