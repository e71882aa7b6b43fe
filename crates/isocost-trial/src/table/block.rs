//! Rows of one stretch of a file, as one thread reads them.

use foldhash::fast::FixedState;
use std::collections::HashMap;

use super::datum::Datum;
use super::error::{Column, TableProblem};
use super::intern::{Interner, Symbol, Texts};
use super::packed::Packed;
use super::places::Places;
use super::projection::Projection;

/// The columns that hold names, in the order of [`Names`].
pub(super) const NAME_COLUMNS: [Column; 7] = [
    Column::Item,
    Column::Seed,
    Column::Arm,
    Column::Budget,
    Column::Metric,
    Column::Split,
    Column::CostUnit,
];
pub(super) const ITEM: usize = 0;
pub(super) const SEED: usize = 1;
pub(super) const ARM: usize = 2;
pub(super) const BUDGET: usize = 3;
pub(super) const METRIC: usize = 4;
pub(super) const SPLIT: usize = 5;
pub(super) const COST_UNIT: usize = 6;

/// One row's nine cells.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Cells<'a> {
    pub(super) names: [Datum<'a>; 7],
    pub(super) cost: Datum<'a>,
    pub(super) value: Datum<'a>,
}

impl<'a> Cells<'a> {
    pub(super) fn set(&mut self, column: Column, datum: Datum<'a>) {
        match NAME_COLUMNS.iter().position(|name| *name == column) {
            Some(index) => self.names[index] = datum,
            None if column == Column::Cost => self.cost = datum,
            None => self.value = datum,
        }
    }
}

/// Rows in columns.
#[derive(Debug, Clone, Default)]
pub(super) struct Columns {
    pub(super) names: [Packed<Symbol>; 7],
    pub(super) cost: Packed<f64>,
    pub(super) value: Packed<f64>,
    pub(super) free: Vec<FreeColumn>,
}

#[derive(Debug, Clone)]
pub(super) struct FreeColumn {
    pub(super) name: String,
    pub(super) cells: Packed<Symbol>,
}

impl Columns {
    pub(super) fn len(&self) -> usize {
        self.value.len()
    }
}

/// What one thread read from one stretch of a file. Symbols are those of the thread, lines count from the stretch's first line as 0.
#[derive(Debug, Default)]
pub(super) struct Block {
    pub(super) columns: Columns,
    pub(super) places: Places,
    /// Texts that the thread met for the first time.
    pub(super) fresh: Texts,
    /// Line ends in the stretch.
    pub(super) line_ends: u64,
    /// Rows that the projection left out.
    pub(super) left_out: u64,
    /// Arms of rows that the projection left out, in the order of their first row.
    pub(super) arms_left_out: Vec<Symbol>,
}

/// Takes the rows of one thread.
pub(super) struct Sink<'p> {
    projection: &'p Projection,
    names: Interner,
    known: usize,
    block: Block,
    last: [Symbol; 7],
    buffer: String,
    free_index: HashMap<String, usize, FixedState>,
}

impl<'p> Sink<'p> {
    pub(super) fn new(projection: &'p Projection) -> Self {
        Self {
            projection,
            names: Interner::new(),
            known: 1,
            block: Block::default(),
            last: [Symbol::EMPTY; 7],
            buffer: String::new(),
            free_index: HashMap::default(),
        }
    }

    pub(super) fn projection(&self) -> &'p Projection {
        self.projection
    }

    /// Adds a row whose line is `line` lines below the stretch's first.
    pub(super) fn push<'a>(
        &mut self,
        cells: &Cells<'a>,
        free: impl Iterator<Item = (&'a str, Datum<'a>)>,
        line: u64,
    ) -> Result<(), TableProblem> {
        if !self.is_wanted(cells)? {
            return Ok(());
        }
        let symbols = self.symbols(cells)?;
        let cost = cells.cost.cost()?;
        let value = cells.value.value()?;
        if !cost.is_nan() && symbols[COST_UNIT] == Symbol::EMPTY {
            return Err(TableProblem::CostWithoutUnit(cost));
        }
        let row = u32::try_from(self.block.columns.len()).map_err(|_| TableProblem::TooLarge)?;
        for (name, datum) in free {
            self.push_free(name, datum, row)?;
        }
        let line = u32::try_from(line).map_err(|_| TableProblem::TooLarge)?;
        let columns = &mut self.block.columns;
        for (column, symbol) in columns.names.iter_mut().zip(symbols) {
            column.push(symbol);
        }
        columns.cost.push(cost);
        columns.value.push(value);
        self.block.places.push(row, 0, line);
        Ok(())
    }

    /// Ends the stretch.
    pub(super) fn take(&mut self, line_ends: u64) -> Block {
        let mut block = std::mem::take(&mut self.block);
        for column in &mut block.columns.free {
            let missing = block.columns.value.len() - column.cells.len();
            column.cells.push_many(Symbol::EMPTY, missing);
        }
        block.fresh = self.names.since(self.known);
        block.line_ends = line_ends;
        self.known = self.names.len();
        self.free_index.clear();
        block
    }

    fn is_wanted(&mut self, cells: &Cells<'_>) -> Result<bool, TableProblem> {
        if self.projection.keeps_all() {
            return Ok(true);
        }
        let mut wanted = true;
        for index in [ARM, METRIC, SPLIT] {
            let text = cells.names[index].name(&mut self.buffer);
            wanted = wanted && self.projection.admits(NAME_COLUMNS[index], text);
        }
        if !wanted {
            let arm = self.symbol(ARM, cells.names[ARM])?;
            self.block.left_out += 1;
            if !self.block.arms_left_out.contains(&arm) {
                self.block.arms_left_out.push(arm);
            }
        }
        Ok(wanted)
    }

    #[inline]
    fn symbols(&mut self, cells: &Cells<'_>) -> Result<[Symbol; 7], TableProblem> {
        let mut symbols = [Symbol::EMPTY; 7];
        for (index, symbol) in symbols.iter_mut().enumerate() {
            *symbol = self.symbol(index, cells.names[index])?;
            if *symbol == Symbol::EMPTY && matches!(index, ITEM | ARM | METRIC) {
                return Err(TableProblem::EmptyCell(NAME_COLUMNS[index]));
            }
        }
        Ok(symbols)
    }

    /// Most cells repeat the one above.
    #[inline]
    fn symbol(&mut self, index: usize, datum: Datum<'_>) -> Result<Symbol, TableProblem> {
        let text = datum.name(&mut self.buffer);
        if self.names.text(self.last[index]) == text {
            return Ok(self.last[index]);
        }
        let symbol = self.names.intern(text).ok_or(TableProblem::TooLarge)?;
        self.last[index] = symbol;
        Ok(symbol)
    }

    fn push_free(&mut self, name: &str, datum: Datum<'_>, row: u32) -> Result<(), TableProblem> {
        let text = datum.name(&mut self.buffer);
        let symbol = self.names.intern(text).ok_or(TableProblem::TooLarge)?;
        let free = &mut self.block.columns.free;
        let index = if let Some(index) = self.free_index.get(name) {
            *index
        } else {
            free.push(FreeColumn { name: name.to_owned(), cells: Packed::default() });
            self.free_index.insert(name.to_owned(), free.len() - 1);
            free.len() - 1
        };
        if let Some(column) = free.get_mut(index) {
            let missing = (row as usize).saturating_sub(column.cells.len());
            column.cells.push_many(Symbol::EMPTY, missing);
            column.cells.push(symbol);
        }
        Ok(())
    }
}
