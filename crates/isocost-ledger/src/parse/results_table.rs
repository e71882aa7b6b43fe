//! Dialect Q, Results table: one row per executed entry (spec §3.2).

use super::lex::ids::leading_id;
use super::line::Line;
use super::table::{Table, cells};
use super::{artifact, decision, entry};
use crate::model::{Entry, Field, FieldValue, Role};
use crate::text::Piece;

/// Whether a table is a Results table.
pub(super) fn is_results(table: &Table<'_>) -> bool {
    table.column("id") == Some(0) && table.column("status").is_some() && table.column("key_metrics").is_some()
}

/// The cells of a row as fields named by their columns. Surplus cells are named by their number.
pub(super) fn fields<'a>(table: &Table<'a>, row: &[Piece<'a>]) -> Vec<Field> {
    row.iter()
        .enumerate()
        .map(|(column, cell)| {
            let name = table.header.get(column).map_or_else(
                || crate::text::Text { raw: format!("column {}", column + 1), span: cell.take(0).span() },
                |name| name.to_text(),
            );
            Field { name, note: None, value: FieldValue::Inline(cell.to_text()), span: cell.span() }
        })
        .collect()
}

/// The entry of one row; none if its first cell is not an id.
pub(super) fn entry(table: &Table<'_>, line: &Line<'_>, section: usize) -> Option<Entry> {
    let row = cells(line.body);
    let (id, rest) = leading_id(*row.first()?)?;
    if !rest.is_empty() {
        return None;
    }
    let mut entry = entry::blank(id, Role::Result, section, line.full.span());
    let cell = |name: &str| table.column(name).and_then(|column| row.get(column)).copied();
    if let Some(status) = cell("status") {
        entry.statuses.outcome = (!status.is_empty()).then(|| status.as_str().to_owned());
    }
    if let Some(metrics) = cell("key_metrics") {
        entry::results(&mut entry, metrics);
    }
    if let Some(artifacts) = cell("artifacts") {
        let artifacts = artifact::in_list(artifacts);
        if let crate::model::Presence::Given(statements) = &mut entry.results {
            statements
                .iter_mut()
                .filter(|s| s.artifacts.is_empty())
                .for_each(|s| s.artifacts.clone_from(&artifacts));
        }
        entry.artifacts_recorded.extend(artifacts);
    }
    if let Some(notes) = cell("notes").filter(|notes| !notes.is_empty()) {
        entry.decisions.extend(decision::decisions(notes));
        entry.notes.push(notes.to_text());
    }
    entry.fields = fields(table, &row);
    Some(entry)
}
