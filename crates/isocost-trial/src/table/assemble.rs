//! Stretches of files, in the order of the files, into one table.

use std::path::{Path, PathBuf};

use super::block::{Block, Columns, FreeColumn};
use super::duplicates;
use super::error::{TableError, TableProblem};
use super::intern::{Interner, Symbol};
use super::packed::Packed;
use super::places::Places;
use super::store::{LeftOut, OutcomeTable, TableSource};

/// A table that grows.
pub(super) struct Assembly {
    names: Interner,
    columns: Columns,
    places: Places,
    sources: Vec<TableSource>,
    paths: Vec<PathBuf>,
    left_out: u64,
    arms_left_out: Vec<Symbol>,
    /// Lines of the current file that are behind us.
    lines: u64,
}

/// The numbers that one thread gave to texts, as numbers of the table.
#[derive(Debug)]
pub(super) struct Renumbering(Vec<Symbol>);

impl Default for Renumbering {
    fn default() -> Self {
        Self(vec![Symbol::EMPTY])
    }
}

impl Renumbering {
    fn of(&self, symbol: Symbol) -> Symbol {
        self.0.get(symbol.index()).copied().unwrap_or(Symbol::EMPTY)
    }
}

impl Assembly {
    pub(super) fn new() -> Self {
        Self {
            names: Interner::new(),
            columns: Columns::default(),
            places: Places::default(),
            sources: Vec::new(),
            paths: Vec::new(),
            left_out: 0,
            arms_left_out: Vec::new(),
            lines: 0,
        }
    }

    /// Stretches from now on come from this file, whose first stretch begins at this line (from 1).
    pub(super) fn begin(&mut self, path: &Path, line: u64) {
        self.paths.push(path.to_owned());
        self.lines = line;
    }

    /// The line, from 1, at which the next stretch begins.
    pub(super) fn line(&self) -> u64 {
        self.lines
    }

    /// All stretches of the file were added.
    pub(super) fn end(&mut self, path: &Path, blake3: String) {
        self.sources.push(TableSource { path: path.to_owned(), blake3 });
    }

    /// Adds the next stretch. Texts are numbered in the order of their first use in the files, whichever thread read them.
    pub(super) fn add(&mut self, block: &Block, numbers: &mut Renumbering) -> Result<(), TableProblem> {
        self.add_at(block, numbers, self.paths.len().saturating_sub(1))
    }

    fn add_at(
        &mut self,
        block: &Block,
        numbers: &mut Renumbering,
        source: usize,
    ) -> Result<(), TableProblem> {
        for text in block.fresh.iter() {
            numbers.0.push(self.names.intern(text).ok_or(TableProblem::TooLarge)?);
        }
        let before = self.columns.len();
        let fits = u32::try_from(before + block.columns.len()).is_ok();
        let row = u32::try_from(before).ok().filter(|_| fits).ok_or(TableProblem::TooLarge)?;
        let source = u32::try_from(source).map_err(|_| TableProblem::TooLarge)?;
        let line = u32::try_from(self.lines).map_err(|_| TableProblem::TooLarge)?;
        self.places.append(&block.places, row, source, line).ok_or(TableProblem::TooLarge)?;
        for (column, more) in self.columns.names.iter_mut().zip(&block.columns.names) {
            column.append(more, |symbol| numbers.of(symbol));
        }
        self.columns.cost.append(&block.columns.cost, |cost| cost);
        self.columns.value.append(&block.columns.value, |value| value);
        self.add_free(&block.columns.free, before, numbers);
        self.left_out += block.left_out;
        for arm in &block.arms_left_out {
            let arm = numbers.of(*arm);
            if !self.arms_left_out.contains(&arm) {
                self.arms_left_out.push(arm);
            }
        }
        self.lines += block.line_ends;
        Ok(())
    }

    /// Adds rows of another table, whose symbols count from 1 in the block's texts and whose places name these sources.
    pub(super) fn add_table(
        &mut self,
        sources: &[TableSource],
        block: &Block,
        numbers: &mut Renumbering,
    ) -> Result<(), TableProblem> {
        let first = self.paths.len();
        self.paths.extend(sources.iter().map(|source| source.path.clone()));
        self.sources.extend_from_slice(sources);
        self.lines = 0;
        self.add_at(block, numbers, first)
    }

    fn add_free(&mut self, more: &[FreeColumn], before: usize, numbers: &Renumbering) {
        for column in more {
            let known = self.columns.free.iter().position(|free| free.name == column.name);
            let index = known.unwrap_or_else(|| {
                self.columns.free.push(FreeColumn { name: column.name.clone(), cells: Packed::default() });
                self.columns.free.len() - 1
            });
            if let Some(free) = self.columns.free.get_mut(index) {
                free.cells.push_many(Symbol::EMPTY, before - free.cells.len());
                free.cells.append(&column.cells, |symbol| numbers.of(symbol));
            }
        }
    }

    /// The table, unless two rows are about the same thing.
    pub(super) fn finish(mut self) -> Result<OutcomeTable, TableError> {
        let len = self.columns.len();
        for column in &mut self.columns.free {
            column.cells.push_many(Symbol::EMPTY, len - column.cells.len());
        }
        if let Some(pair) = duplicates::first(&self.columns) {
            return Err(self.duplicate(pair));
        }
        Ok(OutcomeTable {
            names: self.names,
            columns: self.columns,
            places: self.places,
            sources: self.sources,
            left_out: LeftOut { rows: self.left_out, arms: self.arms_left_out },
        })
    }

    fn duplicate(&self, (first, second): (usize, usize)) -> TableError {
        let place = |row: usize| {
            let (source, line) = self.places.of(row).unwrap_or_default();
            (self.paths.get(source as usize).cloned().unwrap_or_default(), u64::from(line))
        };
        let words: Vec<String> = ["item", "seed", "arm", "budget", "metric", "split"]
            .into_iter()
            .zip(&self.columns.names)
            .filter_map(|(name, column)| Some((name, self.names.text(column.get(first)?))))
            .filter(|(_, text)| !text.is_empty())
            .map(|(name, text)| format!("{name} {text}"))
            .collect();
        let (first_path, first_line) = place(first);
        let (path, line) = place(second);
        let problem = TableProblem::Duplicate { first_path, first_line, key: words.join(", ") };
        TableError::new(&path, Some(line), problem)
    }
}
