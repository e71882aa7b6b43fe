//! The table in memory.

use std::collections::{BTreeSet, HashSet};
use std::path::{Path, PathBuf};

use foldhash::fast::FixedState;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::block::{ARM, BUDGET, COST_UNIT, Columns, FreeColumn, ITEM, METRIC, SEED, SPLIT};
use super::intern::{Interner, Symbol};
use super::places::Places;
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
    pub(super) columns: Columns,
    pub(super) places: Places,
    pub(super) sources: Vec<TableSource>,
    pub(super) left_out: LeftOut,
}

/// Rows that a projection left out.
#[derive(Debug, Clone, Default)]
pub(super) struct LeftOut {
    pub(super) rows: u64,
    pub(super) arms: Vec<Symbol>,
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

/// One row, borrowed.
#[derive(Debug, Clone, Copy)]
pub struct RowView<'t> {
    table: &'t OutcomeTable,
    index: usize,
}

impl OutcomeTable {
    /// Number of rows.
    pub fn len(&self) -> usize {
        self.columns.len()
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many rows a projection left out as the table was read.
    pub fn rows_left_out(&self) -> u64 {
        self.left_out.rows
    }

    /// Arms of rows that a projection left out, in the order of their first row.
    pub fn arms_left_out(&self) -> impl Iterator<Item = &str> {
        self.left_out.arms.iter().map(|arm| self.text(*arm))
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
        (0..self.len()).map(|index| RowView { table: self, index })
    }

    /// Names of the free columns, in the order of their first use.
    pub fn free_columns(&self) -> impl Iterator<Item = &str> {
        self.columns.free.iter().map(|column| column.name.as_str())
    }

    /// How many rows have no value.
    pub fn rows_without_value(&self) -> usize {
        self.columns.value.iter().filter(|value| value.is_nan()).count()
    }

    /// The distinct names that `column` picks from the rows that `keep` keeps, numbers by size, then texts by bytes.
    pub fn distinct<'t>(
        &'t self,
        keep: impl Fn(&RowView<'t>) -> bool,
        column: impl Fn(&RowView<'t>) -> &'t str,
    ) -> Vec<&'t str> {
        // Each text of a table stands in one place: its address tells whether it was met before.
        let mut met: HashSet<*const str, FixedState> = HashSet::default();
        let mut last: Option<*const str> = None;
        let mut names = BTreeSet::new();
        for row in self.rows() {
            let name = column(&row);
            let address = std::ptr::from_ref(name);
            if last != Some(address) && !met.contains(&address) && keep(&row) {
                met.insert(address);
                names.insert(name);
                last = Some(address);
            }
        }
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
        self.name(ITEM)
    }
    /// The seed; empty if there is none.
    pub fn seed(&self) -> &'t str {
        self.name(SEED)
    }
    /// The arm.
    pub fn arm(&self) -> &'t str {
        self.name(ARM)
    }
    /// The budget setting; empty if there is none.
    pub fn budget(&self) -> &'t str {
        self.name(BUDGET)
    }
    /// The metric.
    pub fn metric(&self) -> &'t str {
        self.name(METRIC)
    }
    /// The split.
    pub fn split(&self) -> &'t str {
        self.name(SPLIT)
    }
    /// What cost is counted in; may be empty where there is no cost.
    pub fn cost_unit(&self) -> &'t str {
        self.name(COST_UNIT)
    }
    /// What was spent, if measured.
    pub fn cost(&self) -> Option<f64> {
        self.table.columns.cost.get(self.index).filter(|cost| !cost.is_nan())
    }
    /// The value, if there is one. Finite.
    pub fn value(&self) -> Option<f64> {
        self.table.columns.value.get(self.index).filter(|value| !value.is_nan())
    }
    /// The cell of a free column; `None` if there is no such column, empty if the row has none.
    pub fn free(&self, column: &str) -> Option<&'t str> {
        let column = self.table.columns.free.iter().find(|free| free.name == column)?;
        Some(self.table.text(column.cells.get(self.index).unwrap_or(Symbol::EMPTY)))
    }
    /// The free columns' cells that are not empty, in the order of the columns.
    pub fn free_cells(&self) -> impl Iterator<Item = (&'t str, &'t str)> {
        let (table, index) = (self.table, self.index);
        let cell = move |column: &FreeColumn| table.text(column.cells.get(index).unwrap_or(Symbol::EMPTY));
        let cells = table.columns.free.iter().map(move |column| (column.name.as_str(), cell(column)));
        cells.filter(|(_, text)| !text.is_empty())
    }
    /// The file.
    pub fn source(&self) -> Option<&'t TableSource> {
        let (source, _) = self.table.places.of(self.index)?;
        self.table.sources.get(source as usize)
    }
    /// The line in its file, from 1; the row where a file has no lines.
    pub fn line(&self) -> u64 {
        self.table.places.of(self.index).map_or(0, |(_, line)| line.into())
    }

    #[inline]
    pub(crate) fn key(&self) -> Key {
        Key {
            item: self.symbol(ITEM),
            seed: self.symbol(SEED),
            arm: self.symbol(ARM),
            budget: self.symbol(BUDGET),
            metric: self.symbol(METRIC),
            split: self.symbol(SPLIT),
        }
    }

    #[inline]
    fn symbol(&self, column: usize) -> Symbol {
        let column = self.table.columns.names.get(column);
        column.and_then(|column| column.get(self.index)).unwrap_or(Symbol::EMPTY)
    }

    #[inline]
    fn name(&self, column: usize) -> &'t str {
        self.table.text(self.symbol(column))
    }
}
