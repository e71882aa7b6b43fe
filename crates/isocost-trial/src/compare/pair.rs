//! Pairing by item id and seed.

use std::collections::{BTreeSet, HashMap};

use isocost_stats::bootstrap::Grid;

use super::select::budget_of;
use super::unpaired::{Names, Unpaired};
use super::{CompareError, Selection};
use crate::names::natural;
use crate::table::{OutcomeTable, RowView, Symbol};
use crate::{Arm, Budget, CostUnit, ItemId, Seed};

/// Two arms' outcomes as matrices over the same items (rows) and seeds (columns), both in their natural order.
#[derive(Debug, Clone, PartialEq)]
pub struct Pairing {
    /// What was asked for, metric and split filled in.
    pub selection: Selection,
    /// Items that have a value in both arms under every shared seed.
    pub items: Vec<ItemId>,
    /// Seeds that both arms have; one empty seed if neither has any.
    pub seeds: Vec<Seed>,
    /// The left arm.
    pub left: Side,
    /// The right arm.
    pub right: Side,
    /// What was left out.
    pub unpaired: Unpaired,
}

/// One arm's cells, item by item.
#[derive(Debug, Clone, PartialEq)]
pub struct Side {
    /// The arm.
    pub arm: Arm,
    /// The budget its rows have.
    pub budget: Budget,
    /// Values; finite.
    pub values: Vec<f64>,
    /// Costs; `None` where not measured.
    pub costs: Vec<Option<f64>>,
    /// Units of the costs.
    pub units: BTreeSet<CostUnit>,
}

impl Pairing {
    /// Pairs two arms. An arm whose rows all have an empty seed is the same under every seed of the other arm.
    ///
    /// Only items with a value in both arms under *every* shared seed take part, so that the matrix has no holes; all others are named
    /// in [`Unpaired`]. The order of rows in the table does not matter.
    pub fn new(
        table: &OutcomeTable,
        selection: &Selection,
        excluded: &BTreeSet<ItemId>,
    ) -> Result<Self, CompareError> {
        let selection = selection.resolved(table)?;
        let left = Cells::collect(table, &selection, &selection.left)?;
        let right = Cells::collect(table, &selection, &selection.right)?;
        let mut unpaired = Unpaired::default();
        let seeds = shared_seeds(table, &left, &right, &mut unpaired);
        let items = shared_items(table, &left, &right, &seeds, excluded, &mut unpaired);
        if items.is_empty() || seeds.is_empty() {
            let why = unpaired.sentences().join("; ");
            return Err(CompareError::NothingPaired { left: selection.left, right: selection.right, why });
        }
        Ok(Self {
            left: left.side(&selection.left, &items, &seeds),
            right: right.side(&selection.right, &items, &seeds),
            items: items.iter().map(|item| table.text(*item).into()).collect(),
            seeds: seeds.iter().map(|seed| table.text(*seed).into()).collect(),
            selection,
            unpaired,
        })
    }

    /// The same pairing of some of its items, by their positions in ascending order; positions that are not there are left out.
    #[must_use]
    pub fn only(&self, positions: &[usize]) -> Self {
        let seeds = self.seeds.len();
        let cells = || positions.iter().flat_map(move |item| (item * seeds)..((item + 1) * seeds));
        let side = |side: &Side| Side {
            arm: side.arm.clone(),
            budget: side.budget.clone(),
            values: cells().filter_map(|cell| side.values.get(cell).copied()).collect(),
            costs: cells().filter_map(|cell| side.costs.get(cell).copied()).collect(),
            units: side.units.clone(),
        };
        Self {
            selection: self.selection.clone(),
            items: positions.iter().filter_map(|item| self.items.get(*item).cloned()).collect(),
            seeds: self.seeds.clone(),
            left: side(&self.left),
            right: side(&self.right),
            unpaired: Unpaired::default(),
        }
    }

    /// left − right for each item and seed.
    pub fn differences(&self) -> Result<Grid, CompareError> {
        let values =
            self.left.values.iter().zip(&self.right.values).map(|(left, right)| left - right).collect();
        Ok(Grid::new(self.items.len(), self.seeds.len(), values)?)
    }
}

impl Side {
    /// All cells of one arm that have a value, paired with nothing; excluded items left out.
    pub fn alone(
        table: &OutcomeTable,
        selection: &Selection,
        arm: &Arm,
        excluded: &BTreeSet<ItemId>,
    ) -> Result<Self, CompareError> {
        let cells = Cells::collect(table, &selection.resolved(table)?, arm)?;
        let excluded: BTreeSet<Symbol> =
            excluded.iter().filter_map(|item| table.symbol(item.as_str())).collect();
        let places = cells.items.iter().filter(|item| !excluded.contains(item));
        let rows =
            places.flat_map(|item| cells.seeds.iter().filter_map(|seed| cells.rows.get(&(*item, *seed))));
        let rows: Vec<&RowView<'_>> = rows.filter(|row| row.value().is_some()).collect();
        Ok(Self {
            arm: arm.clone(),
            budget: cells.budget.clone(),
            values: rows.iter().filter_map(|row| row.value()).collect(),
            costs: rows.iter().map(|row| row.cost()).collect(),
            units: rows.iter().filter(|row| row.cost().is_some()).map(|row| row.cost_unit().into()).collect(),
        })
    }
}

/// One row of an arm that has a value.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cell<'t> {
    pub(crate) item: &'t str,
    pub(crate) seed: &'t str,
    pub(crate) value: f64,
    pub(crate) row: RowView<'t>,
}

/// All cells of one arm that have a value, by item and seed in their natural order; excluded items left out.
pub(crate) fn cells_of_arm<'t>(
    table: &'t OutcomeTable,
    selection: &Selection,
    arm: &Arm,
    excluded: &BTreeSet<ItemId>,
) -> Result<Vec<Cell<'t>>, CompareError> {
    let cells = Cells::collect(table, &selection.resolved(table)?, arm)?;
    let excluded: BTreeSet<&str> = excluded.iter().map(ItemId::as_str).collect();
    let places = cells.items.iter().flat_map(|item| cells.seeds.iter().map(move |seed| (*item, *seed)));
    let rows = places.filter_map(|place| cells.rows.get(&place).copied());
    let cell = |row: RowView<'t>| Some(Cell { item: row.item(), seed: row.seed(), value: row.value()?, row });
    Ok(rows.filter_map(cell).filter(|cell| !excluded.contains(cell.item)).collect())
}

/// The rows of one arm by item and seed.
struct Cells<'t> {
    budget: Budget,
    rows: HashMap<(Symbol, Symbol), RowView<'t>>,
    items: Vec<Symbol>,
    seeds: Vec<Symbol>,
}

impl<'t> Cells<'t> {
    fn collect(table: &'t OutcomeTable, selection: &Selection, arm: &Arm) -> Result<Self, CompareError> {
        let budget = budget_of(table, selection, arm)?;
        let symbol = |text: &str| table.symbol(text);
        let metric = selection.metric.as_ref().and_then(|metric| symbol(metric.as_str()));
        let split = selection.split.as_ref().and_then(|split| symbol(split.as_str()));
        let seed = selection.seed.as_ref().map(|seed| symbol(seed.as_str()));
        let (arm, budget_symbol) = (symbol(arm.as_str()), symbol(budget.as_str()));
        let rows: HashMap<(Symbol, Symbol), RowView<'t>> = table
            .rows()
            .filter(|row| {
                let key = row.key();
                Some(key.arm) == arm
                    && Some(key.budget) == budget_symbol
                    && Some(key.metric) == metric
                    && Some(key.split) == split
                    && seed.is_none_or(|seed| Some(key.seed) == seed || key.seed == Symbol::EMPTY)
            })
            .map(|row| ((row.key().item, row.key().seed), row))
            .collect();
        let items = in_order(table, rows.keys().map(|(item, _)| *item));
        let seeds = in_order(table, rows.keys().map(|(_, seed)| *seed));
        Ok(Self { budget, rows, items, seeds })
    }

    /// The arm has no seeds to speak of.
    fn is_unseeded(&self) -> bool {
        self.seeds == [Symbol::EMPTY]
    }

    fn at(&self, item: Symbol, seed: Symbol) -> Option<&RowView<'t>> {
        let seed = if self.is_unseeded() { Symbol::EMPTY } else { seed };
        self.rows.get(&(item, seed))
    }

    fn is_complete(&self, item: Symbol, seeds: &[Symbol]) -> bool {
        seeds.iter().all(|seed| self.at(item, *seed).is_some_and(|row| row.value().is_some()))
    }

    fn side(&self, arm: &Arm, items: &[Symbol], seeds: &[Symbol]) -> Side {
        let cells = || items.iter().flat_map(|item| seeds.iter().filter_map(|seed| self.at(*item, *seed)));
        Side {
            arm: arm.clone(),
            budget: self.budget.clone(),
            values: cells().filter_map(RowView::value).collect(),
            costs: cells().map(RowView::cost).collect(),
            units: cells().filter(|row| row.cost().is_some()).map(|row| row.cost_unit().into()).collect(),
        }
    }
}

fn in_order(table: &OutcomeTable, symbols: impl Iterator<Item = Symbol>) -> Vec<Symbol> {
    let mut symbols: Vec<Symbol> = symbols.collect::<BTreeSet<_>>().into_iter().collect();
    symbols.sort_by(|a, b| natural(table.text(*a), table.text(*b)));
    symbols
}

fn shared_seeds(
    table: &OutcomeTable,
    left: &Cells<'_>,
    right: &Cells<'_>,
    out: &mut Unpaired,
) -> Vec<Symbol> {
    if left.is_unseeded() || right.is_unseeded() {
        return if left.is_unseeded() { right.seeds.clone() } else { left.seeds.clone() };
    }
    let (shared, only_left, only_right) = split(&left.seeds, &right.seeds);
    out.seeds_only_left = Names::of(only_left.iter().map(|seed| table.text(*seed)));
    out.seeds_only_right = Names::of(only_right.iter().map(|seed| table.text(*seed)));
    shared
}

fn shared_items(
    table: &OutcomeTable,
    left: &Cells<'_>,
    right: &Cells<'_>,
    seeds: &[Symbol],
    excluded: &BTreeSet<ItemId>,
    out: &mut Unpaired,
) -> Vec<Symbol> {
    let excluded: BTreeSet<Symbol> = excluded.iter().filter_map(|item| table.symbol(item.as_str())).collect();
    let names = |items: &[Symbol]| Names::of(items.iter().map(|item| table.text(*item)));
    let (shared, only_left, only_right) = split(&left.items, &right.items);
    let (excluded, kept): (Vec<Symbol>, Vec<Symbol>) =
        shared.into_iter().partition(|item| excluded.contains(item));
    let complete = |item: &Symbol| left.is_complete(*item, seeds) && right.is_complete(*item, seeds);
    let (complete, incomplete): (Vec<Symbol>, Vec<Symbol>) = kept.into_iter().partition(complete);
    out.items_only_left = names(&only_left);
    out.items_only_right = names(&only_right);
    out.items_excluded = names(&excluded);
    out.items_incomplete = names(&incomplete);
    complete
}

/// Shared, only left, only right; each in the order given.
fn split(left: &[Symbol], right: &[Symbol]) -> (Vec<Symbol>, Vec<Symbol>, Vec<Symbol>) {
    let (in_left, in_right): (BTreeSet<_>, BTreeSet<_>) = (left.iter().collect(), right.iter().collect());
    let (shared, only_left): (Vec<Symbol>, Vec<Symbol>) =
        left.iter().partition(|symbol| in_right.contains(symbol));
    let only_right = right.iter().filter(|symbol| !in_left.contains(symbol)).copied().collect();
    (shared, only_left, only_right)
}
