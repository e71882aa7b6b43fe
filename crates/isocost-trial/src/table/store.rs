//! The table in memory.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::intern::{Interner, Symbol};
use crate::names::natural;

/// Where rows came from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TableSource {
    /// The file as it was named.
    pub path: PathBuf,
    /// BLAKE3 of its bytes, hexadecimal.
    pub blake3: String,
}

/// Outcomes of one or more files, each (item, seed, arm, budget, metric, split) once.
#[derive(Debug, Clone)]
pub struct OutcomeTable {
    pub(super) names: Interner,
    pub(super) rows: Vec<Row>,
    pub(super) free: Vec<FreeColumn>,
    pub(super) sources: Vec<TableSource>,
}

#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) key: Key,
    pub(super) cost_unit: Symbol,
    pub(super) source: u32,
    pub(super) line: u32,
    /// NaN: not measured.
    pub(super) cost: f64,
    /// NaN: no value.
    pub(super) value: f64,
}

/// What a row is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Key {
    pub(crate) item: Symbol,
    pub(crate) seed: Symbol,
    pub(crate) arm: Symbol,
    pub(crate) budget: Symbol,
    pub(crate) metric: Symbol,
    pub(crate) split: Symbol,
}

#[derive(Debug, Clone)]
pub(super) struct FreeColumn {
    pub(super) name: String,
    pub(super) cells: Vec<Symbol>,
}

/// One row, borrowed.
#[derive(Debug, Clone, Copy)]
pub struct RowView<'t> {
    table: &'t OutcomeTable,
    row: &'t Row,
    index: usize,
}

impl OutcomeTable {
    /// Number of rows.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The files, in the order in which they were read.
    pub fn sources(&self) -> &[TableSource] {
        &self.sources
    }

    /// The same table with its files named differently, for records that must not depend on where a project lies.
    #[must_use]
    pub fn with_source_names(mut self, name: impl Fn(&Path) -> PathBuf) -> Self {
        for source in &mut self.sources {
            source.path = name(&source.path);
        }
        self
    }

    /// All rows in file order.
    pub fn rows(&self) -> impl Iterator<Item = RowView<'_>> {
        self.rows.iter().enumerate().map(|(index, row)| RowView { table: self, row, index })
    }

    /// Names of the free columns, in the order of their first use.
    pub fn free_columns(&self) -> impl Iterator<Item = &str> {
        self.free.iter().map(|column| column.name.as_str())
    }

    /// How many rows have no value.
    pub fn rows_without_value(&self) -> usize {
        self.rows.iter().filter(|row| row.value.is_nan()).count()
    }

    /// The distinct names that `column` picks from the rows that `keep` keeps, numbers by size, then texts by bytes.
    pub fn distinct<'t>(
        &'t self,
        keep: impl Fn(&RowView<'t>) -> bool,
        column: impl Fn(&RowView<'t>) -> &'t str,
    ) -> Vec<&'t str> {
        let names: BTreeSet<&str> = self.rows().filter(|row| keep(row)).map(|row| column(&row)).collect();
        let mut names: Vec<&str> = names.into_iter().collect();
        names.sort_by(|a, b| natural(a, b));
        names
    }

    pub(crate) fn symbol(&self, text: &str) -> Option<Symbol> {
        self.names.find(text)
    }

    pub(crate) fn text(&self, symbol: Symbol) -> &str {
        self.names.text(symbol)
    }
}

impl<'t> RowView<'t> {
    /// The item.
    pub fn item(&self) -> &'t str {
        self.table.text(self.row.key.item)
    }
    /// The seed; empty if there is none.
    pub fn seed(&self) -> &'t str {
        self.table.text(self.row.key.seed)
    }
    /// The arm.
    pub fn arm(&self) -> &'t str {
        self.table.text(self.row.key.arm)
    }
    /// The budget setting; empty if there is none.
    pub fn budget(&self) -> &'t str {
        self.table.text(self.row.key.budget)
    }
    /// The metric.
    pub fn metric(&self) -> &'t str {
        self.table.text(self.row.key.metric)
    }
    /// The split.
    pub fn split(&self) -> &'t str {
        self.table.text(self.row.key.split)
    }
    /// What cost is counted in; may be empty where there is no cost.
    pub fn cost_unit(&self) -> &'t str {
        self.table.text(self.row.cost_unit)
    }
    /// What was spent, if measured.
    pub fn cost(&self) -> Option<f64> {
        Some(self.row.cost).filter(|cost| !cost.is_nan())
    }
    /// The value, if there is one. Finite.
    pub fn value(&self) -> Option<f64> {
        Some(self.row.value).filter(|value| !value.is_nan())
    }
    /// The cell of a free column; `None` if there is no such column, empty if the row has none.
    pub fn free(&self, column: &str) -> Option<&'t str> {
        let column = self.table.free.iter().find(|free| free.name == column)?;
        Some(self.table.text(column.cells.get(self.index).copied().unwrap_or(Symbol::EMPTY)))
    }
    /// The file.
    pub fn source(&self) -> Option<&'t TableSource> {
        self.table.sources.get(self.row.source as usize)
    }
    /// The line in its file, from 1.
    pub fn line(&self) -> u64 {
        self.row.line.into()
    }

    pub(crate) fn key(&self) -> Key {
        self.row.key
    }
}
