//! Who overspends, where, and what would match.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::check::mean_cost;
use super::matching::{Remedy, remedies};
use crate::compare::column::values_of_items;
use crate::compare::pair::Pairing;
use crate::names::natural;
use crate::table::OutcomeTable;
use crate::{Arm, Budget, CostUnit};

/// How many items, seeds and strata a report names.
const NAMED: usize = 3;
/// A free column with more distinct values is no stratum.
const MOST_STRATA: usize = 20;

/// What unequal cost comes from, and what would make it equal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BudgetReport {
    /// The arm that spends more.
    pub overspender: Arm,
    /// Its budget; empty if it has none.
    pub budget: Budget,
    /// The arm that spends less.
    pub other: Arm,
    /// What is counted.
    pub unit: CostUnit,
    /// Mean cost per cell of the arm that spends more.
    pub mean: f64,
    /// Mean cost per cell of the other: what would match.
    pub target: f64,
    /// Where the excess is: the seeds, items and values of free columns with the largest share of it.
    pub places: Vec<Overspend>,
    /// Budgets and mixtures that the table's own arms offer to match.
    pub remedies: Vec<Remedy>,
}

/// A part of the excess.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Overspend {
    /// `seed`, `item`, or the name of a free column.
    pub column: String,
    /// Which one.
    pub name: String,
    /// Its cells.
    pub cells: usize,
    /// Mean excess per cell there.
    pub excess: f64,
    /// Its share of the whole excess; several may add up to more than 1 where others underspend.
    pub share: f64,
}

impl BudgetReport {
    /// The report on two arms whose cost was measured everywhere in one unit; `None` for others, and where both spend the same.
    pub fn of(table: &OutcomeTable, pairing: &Pairing) -> Option<Self> {
        let (left, right) = (&pairing.left, &pairing.right);
        let measured = left.costs.iter().chain(&right.costs).all(Option::is_some);
        let unit = left.units.iter().next().filter(|_| left.units == right.units && left.units.len() == 1)?;
        let (left_mean, right_mean) = (mean_cost(left), mean_cost(right));
        if !measured || !(left_mean - right_mean).abs().is_normal() {
            return None;
        }
        let (over, under) = if left_mean > right_mean { (left, right) } else { (right, left) };
        let excess: Vec<f64> = over
            .costs
            .iter()
            .zip(&under.costs)
            .filter_map(|(over, under)| Some((*over)? - (*under)?))
            .collect();
        Some(Self {
            overspender: over.arm.clone(),
            budget: over.budget.clone(),
            other: under.arm.clone(),
            unit: unit.clone(),
            mean: left_mean.max(right_mean),
            target: left_mean.min(right_mean),
            places: places(table, pairing, &excess),
            remedies: remedies(table, pairing, over, under, unit),
        })
    }
}

fn places(table: &OutcomeTable, pairing: &Pairing, excess: &[f64]) -> Vec<Overspend> {
    let seeds = pairing.seeds.len().max(1);
    let seed_names: Vec<&str> = pairing.seeds.iter().map(crate::Seed::as_str).collect();
    let mut found = Vec::new();
    if seeds > 1 {
        let of_cell = |cell: usize| seed_names.get(cell % seeds).copied();
        found.extend(largest("seed", excess, of_cell));
    }
    for column in table.free_columns() {
        let Ok(values) = values_of_items(table, pairing, column) else { continue };
        let distinct: std::collections::BTreeSet<&str> = values.iter().copied().collect();
        if (2..=MOST_STRATA).contains(&distinct.len()) {
            found.extend(largest(column, excess, |cell| values.get(cell / seeds).copied()));
        }
    }
    let items: Vec<&str> = pairing.items.iter().map(crate::ItemId::as_str).collect();
    found.extend(largest("item", excess, |cell| items.get(cell / seeds).copied()));
    found
}

/// The groups of cells with the largest excess in total, of those with more a cell than all cells have: where the excess is even, no place tells.
fn largest<'n>(column: &str, excess: &[f64], group: impl Fn(usize) -> Option<&'n str>) -> Vec<Overspend> {
    let whole: f64 = excess.iter().sum();
    // Rounding makes no place.
    let average = (1.0 + 1e-9) * whole / excess.len().max(1) as f64;
    let mut groups: BTreeMap<&str, (usize, f64)> = BTreeMap::new();
    for (cell, excess) in excess.iter().enumerate() {
        if let Some(name) = group(cell) {
            let (cells, total) = groups.entry(name).or_default();
            *cells += 1;
            *total += excess;
        }
    }
    let mut groups: Vec<(&str, (usize, f64))> =
        groups.into_iter().filter(|(_, (cells, total))| total / *cells as f64 > average).collect();
    groups.sort_by(|(a, (_, x)), (b, (_, y))| y.total_cmp(x).then_with(|| natural(a, b)));
    groups.truncate(NAMED);
    let place = |(name, (cells, total)): (&str, (usize, f64))| Overspend {
        column: column.to_owned(),
        name: name.to_owned(),
        cells,
        excess: total / cells as f64,
        share: total / whole,
    };
    groups.into_iter().map(place).collect()
}

impl BudgetReport {
    /// The report in sentences.
    pub fn sentences(&self) -> Vec<String> {
        let (excess, unit) = (self.mean - self.target, &self.unit);
        let mut sentences = vec![format!(
            "`{}` spends {} {unit} a cell, {} ({:.2} %) more than `{}`",
            self.overspender,
            plain(self.mean),
            plain(excess),
            100.0 * excess / self.mean,
            self.other
        )];
        let mut columns: Vec<&str> = Vec::new();
        for place in &self.places {
            if !columns.contains(&place.column.as_str()) {
                columns.push(&place.column);
            }
        }
        for column in columns {
            let named: Vec<String> = self
                .places
                .iter()
                .filter(|place| place.column == column)
                .map(|place| {
                    format!(
                        "{} ({} more a cell, {:.0} % of it)",
                        place.name,
                        plain(place.excess),
                        100.0 * place.share
                    )
                })
                .collect();
            sentences.push(format!("the excess is largest at {column} {}", named.join(", ")));
        }
        sentences.extend(self.remedies.iter().map(ToString::to_string));
        sentences
    }
}

/// At most six decimals, without zeros at the end.
pub(super) fn plain(value: f64) -> String {
    let text = format!("{value:.6}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
