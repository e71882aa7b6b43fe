//! From outcomes to edits.

use super::apply::Edit;
use super::results;
use super::row::{self, ResultRow};
use crate::model::{Id, Ledger, Role};
use crate::text::Span;

/// What becomes of a box.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tick {
    /// It is ticked.
    Tick,
    /// It is cleared.
    Untick,
    /// It stays as it is.
    Keep,
}

/// What becomes of a queue entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryChange {
    /// The entry: the first queue entry of that id.
    pub id: Id,
    /// Its box.
    pub tick: Tick,
    /// The new value of its `results` field. Line ends become spaces.
    pub results: Option<String>,
    /// Its row of the Results table; nothing is written if the document has no such table.
    pub row: Option<ResultRow>,
}

/// What becomes of a claim's box.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimChange {
    /// The claim: the first of that id.
    pub id: Id,
    /// Its box.
    pub tick: Tick,
}

/// The edits that write these changes. Changes of entries that the ledger does not have plan nothing.
pub fn plan_edits(ledger: &Ledger, changes: &[EntryChange]) -> Vec<Edit> {
    let table =
        changes.iter().any(|change| change.row.is_some()).then(|| row::find_table(&ledger.source)).flatten();
    let mut edits = Vec::new();
    let mut appended = Vec::new();
    for change in changes {
        let queued = ledger.entries.iter().find(|entry| entry.role == Role::Queue && entry.id == change.id);
        if let Some(entry) = queued {
            if let (Some(ticked), Some(span)) = (entry.statuses.closed, entry.statuses.closed_span) {
                edits.extend(tick(ticked, span, change.tick));
            }
            if let Some(value) = &change.results {
                edits.extend(results::set(&ledger.source, entry, value));
            }
        }
        if let (Some(row), Some(table)) = (&change.row, &table) {
            let known =
                ledger.entries.iter().find(|entry| entry.role == Role::Result && entry.id == change.id);
            match known {
                Some(entry) => edits.extend(row::update(&ledger.source, table, entry, row)),
                None => appended.push(row::line(table, &change.id, row)),
            }
        }
    }
    if let Some(table) = table.filter(|_| !appended.is_empty()) {
        edits.push(row::append(&ledger.source, &table, &appended));
    }
    edits
}

/// The edits that set these claims' boxes.
pub fn plan_claims(ledger: &Ledger, changes: &[ClaimChange]) -> Vec<Edit> {
    let claim = |change: &ClaimChange| ledger.claims.iter().find(|claim| claim.id == change.id);
    changes
        .iter()
        .filter_map(|change| claim(change).and_then(|c| tick(c.ticked, c.box_span, change.tick)))
        .collect()
}

/// One byte, and only if it says something else.
fn tick(ticked: bool, span: Span, wanted: Tick) -> Option<Edit> {
    let mark = match wanted {
        Tick::Tick if !ticked => "x",
        Tick::Untick if ticked => " ",
        Tick::Tick | Tick::Untick | Tick::Keep => return None,
    };
    Some(Edit { span, replacement: mark.to_owned() })
}
