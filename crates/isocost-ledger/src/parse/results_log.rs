//! Results logs: one table row per run, so ids repeat (spec §6).

use super::lex::code::bare;
use super::lex::ids::leading_id;
use super::line::Line;
use super::results_table::fields;
use super::table::{Table, cells};
use crate::model::{Id, RunRow};

/// Whether a table is a results log.
pub(super) fn is_log(table: &Table<'_>) -> bool {
    ["id", "stage", "status"].iter().all(|name| table.column(name).is_some())
}

/// One row; none without an id.
pub(super) fn run(table: &Table<'_>, line: &Line<'_>) -> Option<RunRow> {
    let row = cells(line.body);
    let (id, _) = leading_id(bare(*row.get(table.column("id")?)?))?;
    Some(RunRow { id: Id(id.as_str().to_owned()), fields: fields(table, &row), span: line.full.span() })
}
