//! Budgets and mixtures at which two arms would cost the same.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::check::mean_cost;
use super::report::plain;
use crate::compare::pair::{Pairing, Side};
use crate::table::{OutcomeTable, Symbol};
use crate::{Arm, Budget, CostUnit};

/// How many mixtures are offered.
const MIXTURES: usize = 3;

/// A way to equal cost, found by linear interpolation between costs that the table holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Remedy {
    /// Run an arm at another budget.
    Budget {
        /// The arm.
        arm: Arm,
        /// The budget, in the numbers of the column `budget`.
        budget: f64,
        /// The cost it would have.
        cost: f64,
        /// The measured budgets on both sides.
        between: (Budget, Budget),
    },
    /// Answer a share of the items with a cheaper arm.
    Mixture {
        /// The cheaper arm.
        arm: Arm,
        /// Its budget; empty if it has none.
        budget: Budget,
        /// Its mean cost.
        cost: f64,
        /// The arm that spends too much and keeps the rest of the items.
        with: Arm,
        /// The share of the items that the cheaper arm answers, in 0..1.
        share: f64,
    },
}

impl std::fmt::Display for Remedy {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Budget { arm, budget, cost, between: (low, high) } => write!(
                f,
                "`{arm}` at budget {} would cost {} (interpolated between budgets {low} and {high})",
                plain(*budget),
                plain(*cost)
            ),
            Self::Mixture { arm, budget, cost, with, share } => {
                let at =
                    if budget.as_str().is_empty() { String::new() } else { format!(" at budget {budget}") };
                write!(
                    f,
                    "answering {:.1} % of the items with `{arm}`{at} ({} a cell) and the rest with `{with}` would match",
                    100.0 * share,
                    plain(*cost)
                )
            }
        }
    }
}

/// An arm at a budget with its mean cost over the paired items.
struct Point<'t> {
    arm: &'t str,
    budget: &'t str,
    cost: f64,
}

pub(super) fn remedies(
    table: &OutcomeTable,
    pairing: &Pairing,
    over: &Side,
    under: &Side,
    unit: &CostUnit,
) -> Vec<Remedy> {
    let points = points(table, pairing, unit);
    let (mean, target) = (mean_cost(over), mean_cost(under));
    let mut found: Vec<Remedy> = [interpolated(&points, over, target), interpolated(&points, under, mean)]
        .into_iter()
        .flatten()
        .collect();
    let is_side = |point: &&Point<'_>, side: &Side| {
        point.arm == side.arm.as_str() && point.budget == side.budget.as_str()
    };
    let mut cheaper: Vec<&Point<'_>> = points
        .iter()
        .filter(|point| point.cost < target && !is_side(point, over) && !is_side(point, under))
        .collect();
    // The same policy at less budget first, then what is nearest to the target.
    cheaper.sort_by(|a, b| {
        let other = |point: &Point<'_>| point.arm != over.arm.as_str();
        other(a).cmp(&other(b)).then(b.cost.total_cmp(&a.cost)).then_with(|| a.arm.cmp(b.arm))
    });
    found.extend(cheaper.into_iter().take(MIXTURES).map(|point| Remedy::Mixture {
        arm: point.arm.into(),
        budget: point.budget.into(),
        cost: point.cost,
        with: over.arm.clone(),
        share: (mean - target) / (mean - point.cost),
    }));
    found
}

/// Mean cost of every arm and budget over the paired items, where it was measured in the unit.
fn points<'t>(table: &'t OutcomeTable, pairing: &Pairing, unit: &CostUnit) -> Vec<Point<'t>> {
    let items: BTreeSet<Symbol> =
        pairing.items.iter().filter_map(|item| table.symbol(item.as_str())).collect();
    let selection = &pairing.selection;
    let wanted = |name: Option<&str>| name.and_then(|name| table.symbol(name));
    let metric = wanted(selection.metric.as_ref().map(crate::Metric::as_str));
    let split = wanted(selection.split.as_ref().map(crate::Split::as_str));
    let mut sums: BTreeMap<(&str, &str), (f64, usize)> = BTreeMap::new();
    for row in table.rows() {
        let key = row.key();
        if Some(key.metric) != metric || Some(key.split) != split || !items.contains(&key.item) {
            continue;
        }
        if let Some(cost) = row.cost().filter(|_| row.cost_unit() == unit.as_str()) {
            let (sum, cells) = sums.entry((row.arm(), row.budget())).or_default();
            *sum += cost;
            *cells += 1;
        }
    }
    let point = |((arm, budget), (sum, cells)): ((&'t str, &'t str), (f64, usize))| Point {
        arm,
        budget,
        cost: sum / cells as f64,
    };
    sums.into_iter().map(point).collect()
}

/// The budget at which an arm would cost `target`, between two of its budgets that are numbers.
fn interpolated(points: &[Point<'_>], side: &Side, target: f64) -> Option<Remedy> {
    let number = |budget: &str| budget.parse::<f64>().ok().filter(|number| number.is_finite());
    let mut own: Vec<(f64, &Point<'_>)> = points
        .iter()
        .filter(|point| point.arm == side.arm.as_str())
        .filter_map(|point| Some((number(point.budget)?, point)))
        .collect();
    own.sort_by(|(a, _), (b, _)| a.total_cmp(b));
    own.windows(2).find_map(|pair| {
        let [(low, a), (high, b)] = pair else { return None };
        let inside = a.cost.min(b.cost) <= target && target <= a.cost.max(b.cost) && a.cost < b.cost;
        inside.then(|| Remedy::Budget {
            arm: side.arm.clone(),
            budget: low + (high - low) * (target - a.cost) / (b.cost - a.cost),
            cost: target,
            between: (a.budget.into(), b.budget.into()),
        })
    })
}
