//! Attempts, states and plans.

use crate::model::{RunView, StatusRow};
use crate::number;
use crate::table::{Cell, Column, Inline, Table};

/// One row an attempt.
pub(crate) fn runs(runs: &[RunView]) -> Table {
    let columns = [
        Column::words("Entry"),
        Column::words("Stage"),
        Column::words("Outcome"),
        Column::words("Started"),
        Column::numbers("Took"),
        Column::words("Attempt"),
        Column::words("Logs"),
        Column::prose("Artifacts"),
        Column::prose("Why"),
    ];
    let row = |run: &RunView| {
        let logs = run.logs.iter().map(|log| Inline::Link { text: log.text.clone(), path: log.path.clone() });
        let artifacts = run
            .artifacts
            .iter()
            .map(|path| Inline::Link { text: file_name(path).to_owned(), path: path.clone() });
        [
            Cell::text(&run.id),
            Cell::text(&run.stage),
            run.outcome.into(),
            Cell::text(&run.started),
            Cell::text(number::optional(run.seconds, number::duration)),
            Cell::code(&run.attempt),
            spaced(logs),
            spaced(artifacts),
            Cell::prose(&run.why),
        ]
    };
    Table::new(columns, runs.iter().map(row)).without_empty_columns()
}

/// One row a stage of an experiment.
pub(crate) fn status(rows: &[StatusRow]) -> Table {
    let columns = [
        Column::words("entry"),
        Column::words("stage"),
        Column::words("state"),
        Column::numbers("took"),
        Column::words("attempt"),
        Column::prose("title"),
        Column::prose("why"),
    ];
    let row = |row: &StatusRow| {
        [
            Cell::text(&row.id),
            Cell::text(&row.stage),
            row.outcome.into(),
            Cell::text(number::optional(row.seconds, number::duration)),
            Cell::text(&row.attempt),
            Cell::prose(&row.title),
            Cell::prose(&row.why),
        ]
    };
    Table::new(columns, rows.iter().map(row)).without_empty_columns()
}

fn file_name(path: &str) -> &str {
    path.trim_end_matches('/').rsplit('/').next().unwrap_or(path)
}

fn spaced(pieces: impl Iterator<Item = Inline>) -> Cell {
    let mut out = Vec::new();
    for piece in pieces {
        if !out.is_empty() {
            out.push(Inline::Text(" ".to_owned()));
        }
        out.push(piece);
    }
    Cell(out)
}
