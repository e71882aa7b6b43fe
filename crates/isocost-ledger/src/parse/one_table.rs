//! Dialect T: one table, a row per experiment (spec §2).

use super::line::Line;
use super::table::Table;
use crate::model::Entry;

/// Whether a table is such a ledger.
pub(super) fn is_ledger(table: &Table<'_>) -> bool {
    table.column("id") == Some(0) && table.column("smoke").is_some() && table.column("full").is_some()
}

/// The entry of one row.
pub(super) fn entry(_table: &Table<'_>, _line: &Line<'_>, _section: usize) -> Option<Entry> {
    None
}
