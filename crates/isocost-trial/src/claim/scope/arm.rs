//! Statistics of one arm over its cells.

use isocost_ledger::rule::{Arg, Lookup};
use isocost_stats::{mean, quantile_of_sorted, sample_variance};

use super::{ClaimScope, known, place, positional};
use crate::Arm;
use crate::claim::desk::Read;
use crate::compare::{Selection, Side};
use crate::table::OutcomeTable;

impl ClaimScope<'_> {
    /// The arm that a call names, and where its rows are; the answer to give if there is none.
    pub(super) fn named_arm(
        &self,
        name: &str,
        args: &[Arg],
    ) -> Result<Result<(&OutcomeTable, Selection), Lookup>, String> {
        let table = self.desk.table.ok_or("there is no outcome table yet")?;
        let Some(arm) = positional(args).next() else {
            return Ok(Err(Lookup::NotApplicable(format!("`{name}` needs an arm"))));
        };
        let arm = Arm::from(arm);
        if !table.rows().any(|row| row.arm() == arm.as_str()) {
            return Ok(Err(Lookup::NotApplicable(format!("the table has no arm `{arm}`"))));
        }
        Ok(Ok((table, place(self.desk, &self.place, args, Selection::arms(arm.clone(), arm)))))
    }

    /// A statistic of one arm over all its cells.
    pub(super) fn arm(&self, name: &str, args: &[Arg]) -> Result<Lookup, String> {
        let (table, selection) = match self.named_arm(name, args)? {
            Ok(found) => found,
            Err(answer) => return Ok(answer),
        };
        let arm = &selection.left;
        let side = Side::alone(table, &selection, arm, &self.desk.spec.exclude)
            .map_err(|error| error.to_string())?;
        let value = of_cells(name, args, &side);
        if let Ok(value) = value {
            self.read(name, table, &selection, value, side.values.len());
        }
        Ok(known(value.as_ref().ok().copied(), value.err().unwrap_or_default()))
    }

    /// Notes that something of one arm was seen.
    pub(super) fn read(
        &self,
        name: &str,
        table: &OutcomeTable,
        selection: &Selection,
        value: f64,
        cells: usize,
    ) {
        let selection = selection.resolved(table).unwrap_or_else(|_| selection.clone());
        let selection = Selection { right: Arm::from(""), ..selection };
        self.desk.note_read(name, Read { selection, value, cells });
    }
}

fn of_cells(name: &str, args: &[Arg], side: &Side) -> Result<f64, &'static str> {
    let costs: Option<Vec<f64>> = side.costs.iter().copied().collect();
    let ascending = || {
        let mut ascending = side.values.clone();
        ascending.sort_by(f64::total_cmp);
        ascending
    };
    let one_unit = || if side.units.len() > 1 { Err("costs are counted in several units") } else { Ok(()) };
    match name {
        "mean" => mean(&side.values).ok_or("there is no value"),
        "median" => quantile_of_sorted(&ascending(), 0.5).ok_or("there is no value"),
        "quantile" => {
            let q = args.iter().find_map(|arg| if let Arg::Number(q) = arg { Some(*q) } else { None });
            let q = q.filter(|q| (0.0..=1.0).contains(q));
            q.and_then(|q| quantile_of_sorted(&ascending(), q)).ok_or("`quantile(arm, q)` needs q in 0..1")
        }
        "std" => sample_variance(&side.values).map(f64::sqrt).ok_or("there are fewer than two values"),
        "value" => match side.values.as_slice() {
            [only] => Ok(*only),
            _ => Err("there is more than one value; `mean(arm)` averages them"),
        },
        "cost" => {
            one_unit()?;
            costs.and_then(|costs| mean(&costs)).ok_or("cost is not measured everywhere")
        }
        "max_cost" => {
            one_unit()?;
            costs
                .and_then(|costs| costs.into_iter().reduce(f64::max))
                .ok_or("cost is not measured everywhere")
        }
        _ => Err("it is no statistic of one arm"),
    }
}
