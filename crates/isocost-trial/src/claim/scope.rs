//! Statistics by name for the rule language.

use isocost_ledger::rule::{Arg, Lookup, Path, Scope, Value, eval_path_in_json};
use isocost_stats::{PValue, mean, quantile_of_sorted, sample_variance};

use super::desk::Desk;
use super::hypothesis::{Region, is_p};
use crate::compare::{Analysis, CompareError, Selection, Side};
use crate::table::RowView;
use crate::{Arm, Budget, Metric, Seed, Split};

/// Values of axes to which a quantifier has restricted the scope.
#[derive(Debug, Clone, Default)]
struct Place {
    budget: Option<Budget>,
    metric: Option<Metric>,
    split: Option<Split>,
    seed: Option<Seed>,
    left: Option<Arm>,
}

/// A claim's evidence as a scope.
#[derive(Clone)]
pub(super) struct ClaimScope<'d> {
    desk: &'d Desk<'d>,
    place: Place,
}

impl<'d> ClaimScope<'d> {
    pub(super) fn new(desk: &'d Desk<'d>) -> Self {
        Self { desk, place: Place::default() }
    }

    pub(super) fn desk(&self) -> &'d Desk<'d> {
        self.desk
    }

    /// The same scope at one value of an axis.
    pub(super) fn at(&self, axis: &str, value: &str) -> Option<Self> {
        let mut place = self.place.clone();
        match axis {
            "budget" => place.budget = Some(value.into()),
            "seed" => place.seed = Some(value.into()),
            "metric" => place.metric = Some(value.into()),
            "split" => place.split = Some(value.into()),
            "arm" | "method" => place.left = Some(value.into()),
            _ => return None,
        }
        Some(Self { desk: self.desk, place })
    }

    /// The comparison that a call means as it is written, whatever the quantifiers around it.
    pub(super) fn written(&self, args: &[Arg]) -> Result<Selection, String> {
        select(self.desk, &Place::default(), args)
    }

    /// The comparison that a call means here.
    pub(super) fn selection(&self, args: &[Arg]) -> Result<Selection, String> {
        select(self.desk, &self.place, args)
    }

    /// p of the regions that the rule claims for these arms; the largest where it claims several.
    pub(super) fn p_of(&self, args: &[Arg]) -> Result<Option<PValue>, String> {
        let analysis = self.desk.analysis(&self.selection(args)?)?;
        let analysis = result(&analysis)?;
        let mut largest: Option<PValue> = None;
        for region in self.regions(args)? {
            match region.p(analysis).map_err(|error| error.to_string())? {
                None => return Ok(None),
                Some(p) => {
                    largest = Some(largest.map_or(p, |most| if p.get() > most.get() { p } else { most }));
                }
            }
        }
        Ok(largest)
    }

    /// What the rule claims for these arms; without a threshold the declared margin, and without one any effect but 0.
    pub(super) fn regions(&self, args: &[Arg]) -> Result<Vec<Region>, String> {
        let written = self.written(args)?;
        Ok(match (self.desk.regions.get(&written), self.desk.spec.margin) {
            (Some(regions), _) => regions.clone(),
            (None, Some(margin)) => vec![Region::AtLeast(margin)],
            (None, None) => vec![Region::Not(0.0)],
        })
    }

    fn compared(&self, name: &str, args: &[Arg]) -> Result<Lookup, String> {
        let selection = self.selection(args)?;
        if name == "n_looks" {
            return self.corrected(args, |corrected, _| Some(corrected.looks as f64));
        }
        let cached = self.desk.analysis(&selection)?;
        let analysis = result(&cached)?;
        let interval = || analysis.interval(self.desk.spec.alpha).map_err(|error| error.to_string());
        let too_few = "there are too few units for an interval";
        Ok(match name {
            "delta" => number(analysis.delta()),
            "ci_low" => interval()?.map_or_else(|| missing(too_few), |interval| number(interval.low)),
            "ci_high" => interval()?.map_or_else(|| missing(too_few), |interval| number(interval.high)),
            "n_items" => number(analysis.differences().items() as f64),
            "n_seeds" => number(analysis.n_seeds() as f64),
            "win_rate" => number(analysis.win_rate()),
            "effect_size" => known(analysis.effect_size(), "items do not differ in their effect"),
            "cost_ratio" => known(analysis.cost_ratio(), "cost is not measured everywhere in one unit"),
            "p" | "p_raw" => known(self.p_of(args)?.map(PValue::get), "the test is undefined on these data"),
            "p_boot" => self.bootstrap_p(analysis, args)?,
            "p_adjusted" | "p_holm" => {
                self.corrected(args, |c, selection| c.holm.get(selection).copied().map(PValue::get))?
            }
            "p_bonferroni" => {
                self.corrected(args, |c, selection| c.bonferroni.get(selection).copied().map(PValue::get))?
            }
            _ => Lookup::NotApplicable(format!("`{name}` is no statistic of an outcome table")),
        })
    }

    fn corrected(
        &self,
        args: &[Arg],
        pick: impl Fn(&super::desk::Corrected, &Selection) -> Option<f64>,
    ) -> Result<Lookup, String> {
        let selection = self.selection(args)?;
        let value = self.desk.corrected.as_ref().and_then(|corrected| pick(corrected, &selection));
        Ok(known(value, "it is not known before all claims of the family were tested"))
    }

    fn bootstrap_p(&self, analysis: &Analysis, args: &[Arg]) -> Result<Lookup, String> {
        let mut largest = 0.0_f64;
        for region in self.regions(args)? {
            let (margin, tail) = region.margin_and_tail();
            match analysis.bootstrap_p(margin, tail).map_err(|error| error.to_string())? {
                Some(p) => largest = largest.max(p.get()),
                None => return Ok(missing("there are too few items for a bootstrap")),
            }
        }
        Ok(number(largest))
    }

    /// A statistic of one arm over all its cells.
    fn single(&self, name: &str, args: &[Arg]) -> Result<Lookup, String> {
        let table = self.desk.table.ok_or("there is no outcome table yet")?;
        let Some(arm) = positional(args).next() else {
            return Ok(Lookup::NotApplicable(format!("`{name}` needs an arm")));
        };
        let arm = Arm::from(arm);
        if !table.rows().any(|row| row.arm() == arm.as_str()) {
            return Ok(Lookup::NotApplicable(format!("the table has no arm `{arm}`")));
        }
        let selection = place(self.desk, &self.place, args, Selection::arms(arm.clone(), arm.clone()));
        let side = Side::alone(table, &selection, &arm, &self.desk.spec.exclude)
            .map_err(|error| error.to_string())?;
        let costs: Option<Vec<f64>> = side.costs.iter().copied().collect();
        let mut ascending = side.values.clone();
        ascending.sort_by(f64::total_cmp);
        let unmeasured = "cost is not measured everywhere";
        Ok(match name {
            "mean" => known(mean(&side.values), "there is no value"),
            "median" => known(quantile_of_sorted(&ascending, 0.5), "there is no value"),
            "quantile" => {
                let q = args.iter().find_map(|arg| if let Arg::Number(q) = arg { Some(*q) } else { None });
                known(q.and_then(|q| quantile_of_sorted(&ascending, q)), "`quantile(arm, q)` needs q in 0..1")
            }
            "std" => known(sample_variance(&side.values).map(f64::sqrt), "there are fewer than two values"),
            "cost" => known(costs.and_then(|costs| mean(&costs)), unmeasured),
            "max_cost" => known(costs.and_then(|costs| costs.into_iter().reduce(f64::max)), unmeasured),
            _ => Lookup::NotApplicable(format!("`{name}` is no statistic of one arm")),
        })
    }
}

impl Scope for ClaimScope<'_> {
    fn path(&self, file: Option<&str>, path: &Path) -> Lookup {
        match self.desk.artifacts.json(file) {
            Ok(json) => eval_path_in_json(&json, path),
            Err(missing) => Lookup::Missing(missing),
        }
    }

    fn call(&self, name: &str, args: &[Arg]) -> Lookup {
        let single = matches!(name, "mean" | "median" | "quantile" | "std" | "cost" | "max_cost");
        let answer = if single {
            self.single(name, args)
        } else if is_p(name) || COMPARED.contains(&name) {
            self.compared(name, args)
        } else {
            return Lookup::NotApplicable(format!("`{name}` is no statistic of an outcome table"));
        };
        answer.unwrap_or_else(Lookup::Missing)
    }

    fn axis(&self, axis: &str) -> Option<Vec<String>> {
        let table = self.desk.table?;
        let spec = self.desk.spec;
        let declared = spec.selection();
        let metric = self.place.metric.as_ref().or(spec.metric.as_ref());
        let split = self.place.split.as_ref().or(spec.split.as_ref());
        let here = |row: &RowView<'_>| {
            let metric = axis == "metric" || metric.is_none_or(|metric| row.metric() == metric.as_str());
            let split = axis == "split" || split.is_none_or(|split| row.split() == split.as_str());
            let arms =
                |pair: &Selection| [&pair.left, &pair.right].iter().any(|arm| row.arm() == arm.as_str());
            let arm = !matches!(axis, "budget" | "seed") || declared.as_ref().is_none_or(arms);
            metric && split && arm
        };
        let names = match axis {
            "budget" => table.distinct(here, RowView::budget),
            "seed" => table.distinct(here, RowView::seed),
            "metric" => table.distinct(here, RowView::metric),
            "split" => table.distinct(here, RowView::split),
            "arm" | "method" => table.distinct(here, RowView::arm),
            _ => return None,
        };
        let right = declared.as_ref().map(|declared| declared.right.as_str());
        // The arm that all are compared with is not compared with itself.
        let kept = names
            .into_iter()
            .filter(|name| !name.is_empty() && (!matches!(axis, "arm" | "method") || Some(*name) != right));
        Some(kept.map(str::to_owned).collect())
    }

    fn restrict(&self, axis: &str, value: &str) -> Option<Box<dyn Scope + '_>> {
        self.at(axis, value).map(|scope| Box::new(scope) as Box<dyn Scope + '_>)
    }
}

const COMPARED: &[&str] =
    &["delta", "ci_low", "ci_high", "cost_ratio", "n_items", "n_seeds", "n_looks", "win_rate", "effect_size"];

pub(super) fn result(cached: &Result<Analysis, CompareError>) -> Result<&Analysis, String> {
    cached.as_ref().map_err(ToString::to_string)
}

fn positional(args: &[Arg]) -> impl Iterator<Item = &str> {
    args.iter().filter_map(|arg| match arg {
        Arg::Name(name) | Arg::Text(name) => Some(name.as_str()),
        Arg::Number(_) | Arg::Named(..) => None,
    })
}

fn named(args: &[Arg], wanted: &str) -> Option<String> {
    args.iter().find_map(|arg| match arg {
        Arg::Named(name, value) if name == wanted => match &**value {
            Arg::Name(text) | Arg::Text(text) => Some(text.clone()),
            Arg::Number(number) => Some(number.to_string()),
            Arg::Named(..) => None,
        },
        _ => None,
    })
}

fn select(desk: &Desk<'_>, at: &Place, args: &[Arg]) -> Result<Selection, String> {
    let arms: Vec<&str> = positional(args).collect();
    let base = match (arms.as_slice(), desk.spec.selection()) {
        ([left, right], _) => Selection::arms(*left, *right),
        ([], Some(declared)) => {
            let left = at.left.clone().unwrap_or(declared.left);
            Selection::arms(left, declared.right)
        }
        ([], None) => {
            return Err("the claim declares no two arms to compare (`compare: left, right`)".to_owned());
        }
        (several, _) => return Err(format!("a comparison is of two arms, not of {}", several.len())),
    };
    let placed = place(desk, at, args, base);
    // Metric and split are filled in, so that one comparison has one name however it is written.
    Ok(desk.table.and_then(|table| placed.resolved(table).ok()).unwrap_or(placed))
}

fn place(desk: &Desk<'_>, at: &Place, args: &[Arg], arms: Selection) -> Selection {
    let spec = desk.spec;
    Selection {
        budget: named(args, "budget").map(Budget::from).or(at.budget.clone()).or(spec.budget.clone()),
        metric: named(args, "metric").map(Metric::from).or(at.metric.clone()).or(spec.metric.clone()),
        split: named(args, "split").map(Split::from).or(at.split.clone()).or(spec.split.clone()),
        seed: named(args, "seed").map(Seed::from).or(at.seed.clone()),
        ..arms
    }
}

fn number(value: f64) -> Lookup {
    Lookup::Values(vec![Value::Number(value)])
}

fn missing(why: &str) -> Lookup {
    Lookup::Missing(why.to_owned())
}

fn known(value: Option<f64>, otherwise: &str) -> Lookup {
    value.map_or_else(|| missing(otherwise), number)
}
