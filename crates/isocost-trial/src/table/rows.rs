//! Rows from programs into a table.

use std::path::Path;

use super::assemble::{Assembly, Renumbering};
use super::block::{Cells, Sink};
use super::datum::Datum;
use super::error::{Column, TableError, TableProblem};
use super::projection::Projection;
use super::row::OutcomeRow;
use super::store::OutcomeTable;

/// A table made row by row, for importers of other formats.
pub struct TableBuilder<'p> {
    assembly: Assembly,
    sink: Sink<'p>,
    numbers: Renumbering,
    open: Option<(std::path::PathBuf, String)>,
}

impl<'p> TableBuilder<'p> {
    /// An empty table that keeps what the projection keeps.
    pub fn new(projection: &'p Projection) -> Self {
        Self {
            assembly: Assembly::new(),
            sink: Sink::new(projection),
            numbers: Renumbering::default(),
            open: None,
        }
    }

    /// Rows from now on come from this file, whose bytes have this BLAKE3.
    pub fn begin(&mut self, path: &Path, blake3: String) -> Result<(), TableError> {
        self.close()?;
        self.assembly.begin(path, 0);
        self.open = Some((path.to_owned(), blake3));
        Ok(())
    }

    /// Adds a row that stands at this line or record (from 1) of the file.
    pub fn push(&mut self, row: &OutcomeRow, line: u64) -> Result<(), TableError> {
        let number = |number: Option<f64>| number.map_or(Datum::Text(""), Datum::Float);
        let mut cells = Cells { cost: number(row.cost), value: number(row.value), ..Cells::default() };
        let names = [
            (Column::Item, row.item.as_str()),
            (Column::Seed, row.seed.as_str()),
            (Column::Arm, row.arm.as_str()),
            (Column::Budget, row.budget.as_str()),
            (Column::Metric, row.metric.as_str()),
            (Column::Split, row.split.as_str()),
            (Column::CostUnit, row.cost_unit.as_str()),
        ];
        for (column, text) in names {
            cells.set(column, Datum::Text(text.trim()));
        }
        let kept = &self.sink.projection().free;
        let free = row.extra.iter().filter(|(name, _)| kept.keeps(name));
        let free = free.map(|(name, text)| (name.as_str(), Datum::Text(text)));
        let pushed = self.sink.push(&cells, free, line);
        pushed.map_err(|problem| self.error(Some(line), problem))
    }

    /// The table, unless two rows are about the same thing.
    pub fn finish(mut self) -> Result<OutcomeTable, TableError> {
        self.close()?;
        self.assembly.finish()
    }

    fn close(&mut self) -> Result<(), TableError> {
        let block = self.sink.take(0);
        let added = self.assembly.add(&block, &mut self.numbers);
        added.map_err(|problem| self.error(None, problem))?;
        if let Some((path, blake3)) = self.open.take() {
            self.assembly.end(&path, blake3);
        }
        Ok(())
    }

    fn error(&self, line: Option<u64>, problem: TableProblem) -> TableError {
        let path = self.open.as_ref().map(|(path, _)| path.clone()).unwrap_or_default();
        TableError::new(&path, line, problem)
    }
}
