//! Statistics of arms across their budgets.

use isocost_ledger::rule::{Arg, Lookup, Value};

use super::{ClaimScope, missing, named, number, positional};
use crate::compare::Selection;
use crate::frontier::{ArmPoint, frontier};
use crate::table::OutcomeTable;

impl ClaimScope<'_> {
    /// A statistic of an arm's points of mean cost and mean value.
    pub(super) fn budgets(&self, name: &str, args: &[Arg]) -> Result<Lookup, String> {
        let (table, selection) = match self.named_arm(name, args)? {
            Ok(found) => found,
            Err(answer) => return Ok(answer),
        };
        let points = points_of(table, &selection)?;
        let of = |arm: &str| -> Vec<&ArmPoint> {
            points.iter().filter(|point| point.arm.as_str() == arm).collect()
        };
        let arm = selection.left.as_str();
        let own = of(arm);
        if own.is_empty() {
            return Ok(missing(&format!("no row of `{arm}` has both a value and a cost")));
        }
        if own.iter().any(|point| Some(&point.cost_unit) != points.first().map(|point| &point.cost_unit)) {
            return Ok(missing("costs are counted in several units"));
        }
        let answer = match name {
            "slope" => slope(&own),
            "regret" => regret(&own, &points),
            "hypervolume" => hypervolume(&own, args),
            "dominates" => return Ok(self.dominates(args, arm, &own, &of)),
            _ => Err(format!("`{name}` is no statistic across budgets")),
        };
        let cells = own.iter().map(|point| point.rows).sum();
        Ok(match answer {
            Ok(value) => {
                self.read(name, table, &selection, value, cells);
                number(value)
            }
            Err(why) => missing(&why),
        })
    }

    fn dominates<'p>(
        &self,
        args: &[Arg],
        arm: &str,
        own: &[&'p ArmPoint],
        of: &impl Fn(&str) -> Vec<&'p ArmPoint>,
    ) -> Lookup {
        let Some(other) = positional(args).nth(1) else {
            return Lookup::NotApplicable("`dominates(a, b)` needs two arms".to_owned());
        };
        let others = of(other);
        let shared: Vec<(&ArmPoint, &ArmPoint)> = own
            .iter()
            .flat_map(|a| others.iter().filter(|b| b.budget == a.budget).map(|b| (*a, *b)))
            .collect();
        if shared.is_empty() {
            return missing(&format!("`{arm}` and `{other}` share no budget"));
        }
        let nowhere_worse = shared.iter().all(|(a, b)| a.cost <= b.cost && a.value >= b.value);
        let somewhere_better = shared.iter().any(|(a, b)| a.cost < b.cost || a.value > b.value);
        let value = nowhere_worse && somewhere_better;
        if let Some(table) = self.desk.table {
            let pair = Selection {
                budget: None,
                ..super::place(self.desk, &self.place, args, Selection::arms(arm, other))
            };
            let pair = pair.resolved(table).unwrap_or(pair);
            let read = crate::claim::desk::Read {
                selection: pair,
                value: f64::from(u8::from(value)),
                cells: own.iter().map(|point| point.rows).sum(),
            };
            self.desk.note_read("dominates", read);
        }
        Lookup::Values(vec![Value::Bool(value)])
    }
}

fn points_of(table: &OutcomeTable, selection: &Selection) -> Result<Vec<ArmPoint>, String> {
    let resolved = selection.resolved(table).map_err(|error| error.to_string())?;
    match (&resolved.metric, &resolved.split) {
        (Some(metric), Some(split)) => Ok(frontier(table, metric, split)),
        _ => Err("metric and split are not known".to_owned()),
    }
}

/// Least squares of mean value on mean cost.
fn slope(points: &[&ArmPoint]) -> Result<f64, String> {
    let n = points.len() as f64;
    let mean = |pick: fn(&ArmPoint) -> f64| points.iter().map(|point| pick(point)).sum::<f64>() / n;
    let (cost, value) = (mean(|point| point.cost), mean(|point| point.value));
    let square: f64 = points.iter().map(|point| (point.cost - cost).powi(2)).sum();
    let product: f64 = points.iter().map(|point| (point.cost - cost) * (point.value - value)).sum();
    if points.len() < 2 || square <= 0.0 {
        return Err("a slope needs two budgets of different cost".to_owned());
    }
    Ok(product / square)
}

/// Mean over the arm's budgets of what the best arm at that budget reaches above it.
fn regret(own: &[&ArmPoint], all: &[ArmPoint]) -> Result<f64, String> {
    let loss = |point: &&ArmPoint| {
        let best = all.iter().filter(|other| other.budget == point.budget).map(|other| other.value);
        best.fold(point.value, f64::max) - point.value
    };
    if own.is_empty() {
        return Err("the arm has no budget".to_owned());
    }
    Ok(own.iter().map(loss).sum::<f64>() / own.len() as f64)
}

/// The area between the arm's staircase of best values and `reference` (0), from cost 0 to `up_to`.
fn hypervolume(own: &[&ArmPoint], args: &[Arg]) -> Result<f64, String> {
    let parameter =
        |name: &str| named(args, name).and_then(|text| text.parse::<f64>().ok()).filter(|n| n.is_finite());
    let up_to = parameter("up_to").ok_or("`hypervolume(arm, up_to=COST)` needs the cost at which it ends")?;
    let reference = parameter("reference").unwrap_or(0.0);
    let mut points: Vec<(f64, f64)> = own.iter().map(|point| (point.cost, point.value)).collect();
    points.sort_by(|a, b| a.0.total_cmp(&b.0).then(b.1.total_cmp(&a.1)));
    let (mut area, mut best, mut from) = (0.0, reference, 0.0);
    for (cost, value) in points.into_iter().filter(|(cost, _)| *cost <= up_to) {
        area += (best - reference) * (cost - from);
        (best, from) = (best.max(value), cost);
    }
    Ok(area + (best - reference) * (up_to - from))
}
