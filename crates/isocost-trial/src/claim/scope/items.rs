//! Statistics of one arm over its items, with a second column beside the value.

use std::collections::BTreeMap;

use isocost_ledger::rule::{Arg, Lookup};
use isocost_stats::calibration::{Binning, Closed, Edges, brier, reliability};
use isocost_stats::correlation::{self, Coefficient};
use isocost_stats::proportion::{Continuity, Count, Sides, clopper_pearson, wilson};
use isocost_stats::{Interval, auc, mean, precision_recall};

use super::{ClaimScope, missing, named, number};
use crate::compare::{Cell, Selection, cells_of_arm};
use crate::table::OutcomeTable;

/// Bins of the expected calibration error: equal in width, as in Guo et al. (2017).
const BINS: usize = 15;

impl ClaimScope<'_> {
    /// A statistic of one arm's items. With several seeds it is computed for each and averaged.
    pub(super) fn items(&self, name: &str, args: &[Arg]) -> Result<Lookup, String> {
        let (table, selection) = match self.named_arm(name, args)? {
            Ok(found) => found,
            Err(answer) => return Ok(answer),
        };
        let cells = self.cells(table, &selection)?;
        let value = match name {
            "wilson_low" | "wilson_high" | "cp_low" | "cp_high" => self.share(name, &cells),
            _ => self.second(name, args, table, &selection).and_then(|second| by_seed(name, &cells, &second)),
        };
        Ok(match value {
            Ok(value) => {
                self.read(name, table, &selection, value, cells.len());
                number(value)
            }
            Err(why) => missing(&format!("`{name}`: {why}")),
        })
    }

    fn cells<'t>(&self, table: &'t OutcomeTable, selection: &Selection) -> Result<Vec<Cell<'t>>, String> {
        cells_of_arm(table, selection, &selection.left, &self.desk.spec.exclude)
            .map_err(|error| error.to_string())
    }

    /// The second column: another metric of the same arm, or a free column of its rows.
    fn second(
        &self,
        name: &str,
        args: &[Arg],
        table: &OutcomeTable,
        selection: &Selection,
    ) -> Result<BTreeMap<(String, String), f64>, String> {
        let parameter = if matches!(name, "pearson" | "spearman" | "kendall") { "with" } else { "label" };
        let wanted = named(args, parameter)
            .ok_or_else(|| format!("it needs a second column: write `{name}(arm, {parameter}=METRIC)`"))?;
        let key = |cell: &Cell<'_>| (cell.item.to_owned(), cell.seed.to_owned());
        if table.rows().any(|row| row.metric() == wanted) {
            let other = Selection { metric: Some(wanted.as_str().into()), ..selection.clone() };
            let cells = self.cells(table, &other)?;
            return Ok(cells.iter().map(|cell| (key(cell), cell.value)).collect());
        }
        if table.free_columns().any(|column| column == wanted) {
            let cells = self.cells(table, selection)?;
            let number = |cell: &Cell<'_>| {
                let text = cell.row.free(&wanted).unwrap_or_default();
                match text {
                    "true" => Ok(1.0),
                    "false" => Ok(0.0),
                    _ => text.parse::<f64>().ok().filter(|number| number.is_finite()).ok_or_else(|| {
                        format!("column `{wanted}` is `{text}` for item {}, which is no number", cell.item)
                    }),
                }
            };
            return cells.iter().map(|cell| Ok((key(cell), number(cell)?))).collect();
        }
        Err(format!("the table has neither a metric nor a free column `{wanted}`"))
    }

    /// An end of an interval for a share of items.
    fn share(&self, name: &str, cells: &[Cell<'_>]) -> Result<f64, String> {
        let seeds: std::collections::BTreeSet<&str> = cells.iter().map(|cell| cell.seed).collect();
        if seeds.len() > 1 {
            let count = seeds.len();
            return Err(format!(
                "each item counts once, and there are {count} seeds; name one with `seed=…`"
            ));
        }
        let successes = cells.iter().map(|cell| truth(cell.value)).collect::<Result<Vec<bool>, String>>()?;
        let whole = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
        let right = successes.iter().filter(|success| **success).count();
        let count = Count::new(whole(right), whole(successes.len())).map_err(|error| error.to_string())?;
        let alpha = self.desk.spec.alpha;
        let interval: Interval = if name.starts_with("cp") {
            clopper_pearson(count, alpha, Sides::Both)
        } else {
            wilson(count, alpha, Sides::Both, Continuity::Plain).map_err(|error| error.to_string())?
        };
        Ok(if name.ends_with("low") { interval.low } else { interval.high })
    }
}

/// 0 or 1.
fn truth(value: f64) -> Result<bool, String> {
    match value.to_bits() {
        ONE => Ok(true),
        bits if bits << 1 == 0 => Ok(false),
        _ => Err(format!("{value} is neither 0 nor 1")),
    }
}

/// The bits of 1; those of 0 and −0 differ in the sign alone.
const ONE: u64 = 1.0_f64.to_bits();

fn by_seed(name: &str, cells: &[Cell<'_>], second: &BTreeMap<(String, String), f64>) -> Result<f64, String> {
    let mut seeds: BTreeMap<&str, (Vec<f64>, Vec<f64>)> = BTreeMap::new();
    for cell in cells {
        let other = second
            .get(&(cell.item.to_owned(), cell.seed.to_owned()))
            .ok_or_else(|| format!("item {} has no value in the second column", cell.item))?;
        let (values, others) = seeds.entry(cell.seed).or_default();
        values.push(cell.value);
        others.push(*other);
    }
    let each: Vec<f64> = seeds
        .values()
        .map(|(values, others)| statistic(name, values, others))
        .collect::<Result<_, String>>()?;
    mean(&each).ok_or_else(|| "there is no value".to_owned())
}

fn statistic(name: &str, values: &[f64], second: &[f64]) -> Result<f64, String> {
    let labels = || second.iter().map(|value| truth(*value)).collect::<Result<Vec<bool>, String>>();
    let correlate = |coefficient| {
        correlation::estimate(coefficient, values, second)
            .ok_or_else(|| "a column that does not vary correlates with nothing".to_owned())
    };
    let said = |error: isocost_stats::StatsError| error.to_string();
    match name {
        "auc" => auc::roc_auc(values, &labels()?).map_err(said),
        "auprc" => precision_recall::average_precision(values, &labels()?).map_err(said),
        "ece" => {
            let binning = Binning::Width { bins: BINS, closed: Closed::default(), edges: Edges::default() };
            reliability(values, &labels()?, binning).map(|found| found.ece()).map_err(said)
        }
        "brier" => brier(values, &labels()?).map_err(said),
        "pearson" => correlate(Coefficient::Pearson),
        "spearman" => correlate(Coefficient::Spearman),
        "kendall" => correlate(Coefficient::Kendall),
        _ => Err("it is no statistic of items".to_owned()),
    }
}
