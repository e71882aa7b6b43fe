//! Rows into a table, each checked.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use super::error::{Column, TableProblem};
use super::intern::{Interner, Symbol};
use super::store::{FreeColumn, Key, OutcomeTable, Row, TableSource};

/// The cells of one row as text.
#[derive(Debug, Default)]
pub(super) struct Cells<'a> {
    pub(super) fixed: [&'a str; 9],
}

impl<'a> Cells<'a> {
    fn get(&self, column: Column) -> &'a str {
        self.fixed.get(column as usize).copied().unwrap_or_default()
    }

    fn required(&self, column: Column) -> Result<&'a str, TableProblem> {
        Some(self.get(column)).filter(|text| !text.is_empty()).ok_or(TableProblem::EmptyCell(column))
    }
}

/// A table that grows.
pub(super) struct Builder {
    table: OutcomeTable,
    seen: HashMap<Key, u32>,
    columns: HashMap<String, usize>,
    paths: Vec<PathBuf>,
}

impl Builder {
    pub(super) fn new() -> Self {
        let table =
            OutcomeTable { names: Interner::new(), rows: Vec::new(), free: Vec::new(), sources: Vec::new() };
        Self { table, seen: HashMap::new(), columns: HashMap::new(), paths: Vec::new() }
    }

    /// Rows from now on come from this file.
    pub(super) fn begin(&mut self, path: &Path) {
        self.paths.push(path.to_owned());
    }

    /// All rows of the file were read.
    pub(super) fn end(&mut self, path: &Path, blake3: String) {
        self.table.sources.push(TableSource { path: path.to_owned(), blake3 });
    }

    pub(super) fn push<'a>(
        &mut self,
        cells: &Cells<'a>,
        free: impl Iterator<Item = (&'a str, &'a str)>,
        line: u64,
    ) -> Result<(), TableProblem> {
        let key = self.key(cells)?;
        let cost = cost(cells)?;
        let value = value(cells)?;
        let cost_unit = self.intern(cells.get(Column::CostUnit))?;
        if !cost.is_nan() && cost_unit == Symbol::EMPTY {
            return Err(TableProblem::CostWithoutUnit(cost));
        }
        let index = u32::try_from(self.table.rows.len()).map_err(|_| TableProblem::TooLarge)?;
        if let Some(first) = self.seen.insert(key, index) {
            return Err(self.duplicate(key, first));
        }
        for (name, text) in free {
            self.set_free(name, text)?;
        }
        let source = u32::try_from(self.paths.len().saturating_sub(1)).map_err(|_| TableProblem::TooLarge)?;
        let line = u32::try_from(line).map_err(|_| TableProblem::TooLarge)?;
        self.table.rows.push(Row { key, cost_unit, source, line, cost, value });
        Ok(())
    }

    pub(super) fn finish(mut self) -> OutcomeTable {
        for column in &mut self.table.free {
            column.cells.resize(self.table.rows.len(), Symbol::EMPTY);
        }
        self.table
    }

    fn key(&mut self, cells: &Cells<'_>) -> Result<Key, TableProblem> {
        Ok(Key {
            item: self.intern(cells.required(Column::Item)?)?,
            seed: self.intern(cells.get(Column::Seed))?,
            arm: self.intern(cells.required(Column::Arm)?)?,
            budget: self.intern(cells.get(Column::Budget))?,
            metric: self.intern(cells.required(Column::Metric)?)?,
            split: self.intern(cells.get(Column::Split))?,
        })
    }

    fn intern(&mut self, text: &str) -> Result<Symbol, TableProblem> {
        self.table.names.intern(text).ok_or(TableProblem::TooLarge)
    }

    fn set_free(&mut self, name: &str, text: &str) -> Result<(), TableProblem> {
        let symbol = self.intern(text)?;
        let index = if let Some(index) = self.columns.get(name) {
            *index
        } else {
            self.table.free.push(FreeColumn { name: name.to_owned(), cells: Vec::new() });
            self.columns.insert(name.to_owned(), self.table.free.len() - 1);
            self.table.free.len() - 1
        };
        if let Some(column) = self.table.free.get_mut(index) {
            column.cells.resize(self.table.rows.len(), Symbol::EMPTY);
            column.cells.push(symbol);
        }
        Ok(())
    }

    fn duplicate(&self, key: Key, first: u32) -> TableProblem {
        let row = self.table.rows.get(first as usize);
        let path = row.and_then(|row| self.paths.get(row.source as usize)).cloned().unwrap_or_default();
        let named = [
            ("item", key.item),
            ("seed", key.seed),
            ("arm", key.arm),
            ("budget", key.budget),
            ("metric", key.metric),
            ("split", key.split),
        ];
        let words: Vec<String> = named
            .into_iter()
            .filter(|(_, symbol)| *symbol != Symbol::EMPTY)
            .map(|(name, symbol)| format!("{name} {}", self.table.text(symbol)))
            .collect();
        TableProblem::Duplicate {
            first_path: path,
            first_line: row.map_or(0, |row| row.line.into()),
            key: words.join(", "),
        }
    }
}

fn is_absent(text: &str) -> bool {
    text.is_empty() || ["nan", "na", "null", "none"].iter().any(|word| text.eq_ignore_ascii_case(word))
}

fn value(cells: &Cells<'_>) -> Result<f64, TableProblem> {
    let text = cells.get(Column::Value);
    if is_absent(text) {
        return Ok(f64::NAN);
    }
    let wanted = "a finite number (leave it empty where there is no value)";
    text.parse().ok().filter(|value: &f64| value.is_finite()).ok_or_else(|| TableProblem::NotANumber {
        column: Column::Value,
        text: text.to_owned(),
        wanted,
    })
}

fn cost(cells: &Cells<'_>) -> Result<f64, TableProblem> {
    let text = cells.get(Column::Cost);
    if is_absent(text) {
        return Ok(f64::NAN);
    }
    let wanted = "a finite number of at least 0 (leave it empty where it was not measured)";
    text.parse()
        .ok()
        .filter(|cost: &f64| cost.is_finite() && *cost >= 0.0)
        .ok_or_else(|| TableProblem::NotANumber { column: Column::Cost, text: text.to_owned(), wanted })
}
