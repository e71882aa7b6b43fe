//! Building findings.

use isocost_ledger::model::{Id, Ledger};
use isocost_ledger::text::Span;

use crate::kinds::Kind;
use crate::{Finding, Location};

impl Finding {
    /// A finding of a kind, with the kind's own reasons and advice.
    pub(crate) fn new(kind: &'static Kind, entry: Option<&Id>, what: String) -> Self {
        Self {
            code: kind.code,
            name: kind.name,
            severity: kind.severity,
            entry: entry.cloned(),
            what,
            why: kind.why().to_owned(),
            help: kind.help().to_owned(),
            locations: Vec::new(),
        }
    }

    /// Adds a place. The first one added is the main one.
    #[must_use]
    pub(crate) fn at(mut self, ledger: &Ledger, span: Span, label: impl Into<String>) -> Self {
        self.locations.push(Location {
            file: ledger.source.name().to_owned(),
            span,
            place: ledger.source.place(span.start),
            label: label.into(),
        });
        self
    }
}

/// `a`, `a and b`, `a, b and c`; after `most` items the rest is counted.
pub(crate) fn list<S: AsRef<str>>(items: &[S], most: usize) -> String {
    let shown: Vec<&str> = items.iter().take(most).map(AsRef::as_ref).collect();
    let hidden = items.len().saturating_sub(most);
    match (shown.as_slice(), hidden) {
        ([], _) => String::new(),
        (all, 1..) => format!("{} and {hidden} more", all.join(", ")),
        ([one], _) => (*one).to_owned(),
        ([first @ .., last], _) => format!("{} and {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_read_as_english_and_count_what_they_hide() {
        assert_eq!(list::<&str>(&[], 3), "");
        assert_eq!(list(&["a"], 3), "a");
        assert_eq!(list(&["a", "b", "c"], 3), "a, b and c");
        assert_eq!(list(&["a", "b", "c"], 2), "a, b and 1 more");
    }
}
