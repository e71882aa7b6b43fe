//! The seed ledgers, parsed.

use isocost_ledger::model::{Entry, FieldValue, Ledger, Role};
use isocost_ledger::parse::parse;
use isocost_ledger::text::Source;

pub(crate) const Q: &str = include_str!("../../../../testdata/seeds/avs-experiment.md");
pub(crate) const T: &str = include_str!("../../../../testdata/seeds/provetok-experiment.md");
pub(crate) const N: &str = include_str!("../../../../testdata/seeds/vovnet-experiments.md");
pub(crate) const S: &str = include_str!("../../../../testdata/seeds/e1_offline_batch.py.txt");

pub(crate) fn ledger(text: &str) -> Ledger {
    parse(Source::new("seed", text))
}

pub(crate) fn of_role(ledger: &Ledger, role: Role) -> Vec<&Entry> {
    ledger.entries.iter().filter(|entry| entry.role == role).collect()
}

/// The inline text of a field, empty if it is nested.
pub(crate) fn inline<'a>(entry: &'a Entry, name: &str) -> Option<&'a str> {
    match &entry.field(name)?.value {
        FieldValue::Inline(text) => Some(&text.raw),
        _ => None,
    }
}
