//! Arms of two tables in one.

use super::assemble::{Assembly, Renumbering};
use super::block::{ARM, Block, Columns, FreeColumn, SEED};
use super::error::{TableError, TableProblem};
use super::intern::Symbol;
use super::packed::Packed;
use super::store::OutcomeTable;

/// One arm of a table under the name that it gets beside another.
#[derive(Debug, Clone, Copy)]
pub struct ArmOf<'t> {
    /// The table.
    pub table: &'t OutcomeTable,
    /// The arm.
    pub arm: &'t str,
    /// Its new name.
    pub name: &'t str,
    /// What becomes of its seeds.
    pub seeds: Seeds,
}

/// What becomes of an arm's seeds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Seeds {
    /// They stay.
    #[default]
    Keep,
    /// They are left out: for an arm of one run.
    Drop,
}

impl OutcomeTable {
    /// A table of two arms, each from its own table, with the files of both.
    pub fn beside(left: ArmOf<'_>, right: ArmOf<'_>) -> Result<Self, TableError> {
        let mut assembly = Assembly::new();
        for side in [left, right] {
            let path = side.table.sources.first().map(|source| source.path.clone()).unwrap_or_default();
            let block = block(side).ok_or_else(|| TableError::new(&path, None, TableProblem::TooLarge))?;
            assembly
                .add_table(&side.table.sources, &block, &mut Renumbering::default())
                .map_err(|problem| TableError::new(&path, None, problem))?;
        }
        assembly.finish()
    }
}

/// The rows of the arm; symbols are those of its table, and one more for the new name.
fn block(side: ArmOf<'_>) -> Option<Block> {
    let table = side.table;
    let mut fresh = table.names.since(1);
    fresh.push(side.name);
    let name = Symbol::numbered(fresh.len())?;
    let wanted = table.symbol(side.arm);
    let arms = table.columns.names.get(ARM)?;
    let mut block = Block { fresh, ..Block::default() };
    let free = table.columns.free.iter();
    block.columns.free =
        free.map(|column| FreeColumn { name: column.name.clone(), cells: Packed::default() }).collect();
    for index in (0..table.len()).filter(|index| arms.get(*index) == wanted) {
        copy(&table.columns, index, &mut block.columns)?;
        let (source, line) = table.places.of(index)?;
        block.places.push(u32::try_from(block.columns.len() - 1).ok()?, source, line);
    }
    let rows = block.columns.len();
    let mut replace = |column: usize, symbol: Symbol| {
        if let Some(column) = block.columns.names.get_mut(column) {
            *column = Packed::default();
            column.push_many(symbol, rows);
        }
    };
    replace(ARM, name);
    if side.seeds == Seeds::Drop {
        replace(SEED, Symbol::EMPTY);
    }
    Some(block)
}

fn copy(from: &Columns, index: usize, to: &mut Columns) -> Option<()> {
    for (from, to) in from.names.iter().zip(&mut to.names) {
        to.push(from.get(index)?);
    }
    for (from, to) in from.free.iter().zip(&mut to.free) {
        to.cells.push(from.cells.get(index)?);
    }
    to.cost.push(from.cost.get(index)?);
    to.value.push(from.value.get(index)?);
    Some(())
}
