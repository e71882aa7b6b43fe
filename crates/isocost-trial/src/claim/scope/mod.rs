//! Statistics by name for the rule language.

mod arm;
mod budgets;
mod items;

use isocost_ledger::rule::{
    About, Arg, Lookup, Path, Scope, Value, did_you_mean, eval_path_in_json, statistic,
};
use isocost_stats::PValue;

use super::desk::Desk;
use super::hypothesis::Region;
use crate::compare::{Analysis, CompareError, Selection, TestKind};
use crate::table::RowView;
use crate::{Arm, Budget, Correction, Metric, Seed, Split};

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
            (None, Some(margin)) if self.desk.spec.test == TestKind::Equivalence => {
                vec![Region::Within(margin)]
            }
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
        let interval = || analysis.interval(self.desk.interval_alpha).map_err(|error| error.to_string());
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
            "mde" => known(
                analysis.minimum_detectable_effect(),
                "there are too few units to say what they could show",
            ),
            "p_adjusted" => self.corrected(args, |c, selection| c.decisive(selection).map(PValue::get))?,
            "p_holm" => self.adjusted(Correction::Holm, args)?,
            "p_bonferroni" => self.adjusted(Correction::Bonferroni, args)?,
            "p_hochberg" => self.adjusted(Correction::Hochberg, args)?,
            "p_bh" => self.adjusted(Correction::Bh, args)?,
            "p_by" => self.adjusted(Correction::By, args)?,
            "p_maxt" => self.adjusted(Correction::MaxT, args)?,
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

    fn adjusted(&self, correction: Correction, args: &[Arg]) -> Result<Lookup, String> {
        self.corrected(args, |corrected, selection| corrected.p(correction, selection).map(PValue::get))
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
}

impl Scope for ClaimScope<'_> {
    fn path(&self, file: Option<&str>, path: &Path) -> Lookup {
        match self.desk.artifacts.json(file) {
            Ok(json) => eval_path_in_json(&json, path),
            Err(missing) => {
                let near = path.single_key().filter(|_| file.is_none()).and_then(did_you_mean);
                let hint = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
                Lookup::Missing(format!("{missing}{hint}"))
            }
        }
    }

    fn call(&self, name: &str, args: &[Arg]) -> Lookup {
        let Some(statistic) = statistic(name) else {
            return Lookup::NotApplicable(format!("`{name}` is no statistic of an outcome table"));
        };
        let answer = match statistic.about {
            About::Comparison => self.compared(name, args),
            About::Arm => self.arm(name, args),
            About::Items => self.items(name, args),
            About::Budgets => self.budgets(name, args),
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
