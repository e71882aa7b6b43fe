//! Findings by kind.

use crate::model::FindingCount;
use crate::table::{Cell, Column, Table};

/// One row a code.
pub(crate) fn findings(counts: &[FindingCount]) -> Table {
    let columns = [
        Column::words("Code"),
        Column::words("Severity"),
        Column::words("Kind"),
        Column::numbers("Count"),
        Column::words("First at"),
    ];
    let row = |count: &FindingCount| {
        [
            Cell::text(&count.code),
            count.severity.into(),
            Cell::text(&count.name),
            Cell::count(Some(count.count)),
            Cell::code(&count.first_place),
        ]
    };
    Table::new(columns, counts.iter().map(row)).without_empty_columns()
}
