//! From a table to a trial.

use std::collections::BTreeSet;

use isocost_stats::{PValue, Tail};

use super::family::adjust;
use super::result::{Frontier, Skipped, Standing, Stratum, Trial, TrialRow, TrialSettings};
use super::strata::strata;
use super::{TrialError, TrialPlan};
use crate::claim::{CostRule, Reason, Region, leaks};
use crate::compare::{Analysis, BudgetReport, CompareError, Comparison, CostCheck, Pairing, Selection};
use crate::frontier::frontier;
use crate::table::{OutcomeTable, RowView};
use crate::{Arm, Budget, Metric, Split};

/// A row before correction.
pub(super) struct Draft {
    place: Place,
    stratum: Option<Stratum>,
    comparison: Comparison,
    pub(super) analysis: Analysis,
    pub(super) p: Option<PValue>,
}

#[derive(Clone)]
struct Place {
    arm: Arm,
    budget: Budget,
    metric: Metric,
    split: Split,
}

impl Place {
    fn words(&self) -> String {
        let Self { arm, budget, metric, split } = self;
        let budget = if budget.as_str().is_empty() { String::new() } else { format!(", budget {budget}") };
        format!("{arm}{budget}, {metric}, {split}")
    }
}

/// Compares every arm with the baseline, at every budget that the arm has, for every metric and split, on all items and in every stratum.
///
/// All rows are one family. Rows of all items come first, then those of the strata; the order of rows in the table does not matter.
pub fn trial(table: &OutcomeTable, plan: &TrialPlan) -> Result<Trial, TrialError> {
    if table.is_empty() {
        return Err(TrialError::Empty);
    }
    let region = plan.region()?;
    let (baseline, arms) = plan.arms(table)?;
    if let Some(column) = &plan.by
        && !table.free_columns().any(|free| free == column)
    {
        let found = table.free_columns().map(str::to_owned).collect();
        return Err(CompareError::NoColumn { column: column.clone(), found }.into());
    }
    let (mut drafts, mut skipped, mut frontiers, mut splits) =
        (Vec::new(), Vec::new(), Vec::new(), BTreeSet::new());
    for (metric, split) in places(table, plan)? {
        for arm in &arms {
            for budget in budgets(table, &metric, &split, arm) {
                let place = Place { arm: arm.clone(), budget, metric: metric.clone(), split: split.clone() };
                if let Err(error) = compare(table, plan, region, &baseline, &place, &mut drafts) {
                    skipped.push(Skipped { what: place.words(), why: error.to_string() });
                }
            }
        }
        splits.insert(split.clone());
        frontiers.push(Frontier { points: frontier(table, &metric, &split), metric, split });
    }
    drafts.sort_by_key(|draft: &Draft| draft.stratum.is_some());
    let adjusted = adjust(&drafts, plan.correction, region);
    let leaks: Vec<(Split, Vec<Reason>)> = splits
        .into_iter()
        .map(|split| (split.clone(), leaks(table, &[split].into(), &plan.exclude)))
        .collect();
    let settings = TrialSettings {
        baseline,
        test: plan.test.kind,
        unit: plan.test.kind.unit(),
        says: plan.test.kind.says().to_owned(),
        correction: adjusted.used,
        correction_note: adjusted.note,
        family_size: drafts.len(),
        alpha: plan.test.alpha,
        margin: plan.margin,
        cost_tolerance: (plan.cost_rule == CostRule::EqualRequired).then(|| plan.cost.tolerance.get()),
        excluded: plan.exclude.len(),
    };
    let rows =
        drafts.into_iter().zip(adjusted.p).map(|(draft, p)| row(draft, p, plan, region, &leaks)).collect();
    let leaks = leaks.into_iter().flat_map(|(_, reasons)| reasons).collect();
    Ok(Trial { schema: Trial::SCHEMA.to_owned(), settings, rows, skipped, leaks, frontiers })
}

/// The metrics and splits, in order.
fn places(table: &OutcomeTable, plan: &TrialPlan) -> Result<Vec<(Metric, Split)>, TrialError> {
    let metrics = table.distinct(|_| true, RowView::metric);
    let splits = table.distinct(|_| true, RowView::split);
    if let Some(absent) = plan.metrics.iter().find(|metric| !metrics.contains(&metric.as_str())) {
        return Err(TrialError::NoMetric(absent.clone()));
    }
    if let Some(absent) = plan.splits.iter().find(|split| !splits.contains(&split.as_str())) {
        return Err(TrialError::NoSplit(absent.clone()));
    }
    let mut found = Vec::new();
    for split in splits
        .into_iter()
        .map(Split::from)
        .filter(|split| plan.splits.is_empty() || plan.splits.contains(split))
    {
        let here = |row: &RowView<'_>| row.split() == split.as_str();
        for metric in table.distinct(here, RowView::metric) {
            let metric = Metric::from(metric);
            if plan.metrics.is_empty() || plan.metrics.contains(&metric) {
                found.push((metric, split.clone()));
            }
        }
    }
    Ok(found)
}

fn budgets(table: &OutcomeTable, metric: &Metric, split: &Split, arm: &Arm) -> Vec<Budget> {
    let here = |row: &RowView<'_>| {
        row.metric() == metric.as_str() && row.split() == split.as_str() && row.arm() == arm.as_str()
    };
    table.distinct(here, RowView::budget).into_iter().map(Budget::from).collect()
}

fn compare(
    table: &OutcomeTable,
    plan: &TrialPlan,
    region: Region,
    baseline: &Arm,
    place: &Place,
    drafts: &mut Vec<Draft>,
) -> Result<(), CompareError> {
    let selection = Selection {
        budget: Some(place.budget.clone()).filter(|budget| !budget.as_str().is_empty()),
        metric: Some(place.metric.clone()),
        split: Some(place.split.clone()),
        ..Selection::arms(place.arm.clone(), baseline.clone())
    };
    let pairing = Pairing::new(table, &selection, &plan.exclude)?;
    let parts = match &plan.by {
        Some(column) => strata(table, &pairing, column)?,
        None => Vec::new(),
    };
    let mut made = Vec::new();
    for (value, positions) in &parts {
        let column = plan.by.clone().unwrap_or_default();
        let stratum = Some(Stratum { column, value: value.clone() });
        made.push(draft(table, plan, region, place, stratum, pairing.only(positions))?);
    }
    drafts.push(draft(table, plan, region, place, None, pairing)?);
    drafts.append(&mut made);
    Ok(())
}

fn draft(
    table: &OutcomeTable,
    plan: &TrialPlan,
    region: Region,
    place: &Place,
    stratum: Option<Stratum>,
    pairing: Pairing,
) -> Result<Draft, CompareError> {
    let analysis = Analysis::of(table, pairing, plan.test.clone())?;
    let (margin, tail) = region.margin_and_tail();
    let mut comparison = analysis.comparison(margin, tail, plan.cost.clone())?;
    let p = region.p(&analysis)?;
    comparison.p = p;
    if matches!(comparison.cost, CostCheck::Unequal { .. } | CostCheck::UnequalCells { .. }) {
        comparison.budget_report = BudgetReport::of(table, analysis.pairing());
    }
    Ok(Draft { place: place.clone(), stratum, comparison, analysis, p })
}

fn row(
    draft: Draft,
    p_adjusted: Option<PValue>,
    plan: &TrialPlan,
    region: Region,
    leaks: &[(Split, Vec<Reason>)],
) -> TrialRow {
    let Draft { place: Place { arm, budget, metric, split }, stratum, comparison, .. } = draft;
    let mut against: Vec<String> = Vec::new();
    if plan.cost_rule == CostRule::EqualRequired && !comparison.cost.is_equal() {
        against.push(comparison.cost.to_string());
        against.extend(comparison.budget_report.iter().flat_map(BudgetReport::sentences));
    }
    let leaking = leaks.iter().filter(|(leaking, _)| *leaking == split).flat_map(|(_, reasons)| reasons);
    against.extend(leaking.map(|reason| reason.sentence.clone()));
    let standing =
        if against.is_empty() { standing(&comparison, p_adjusted, plan, region) } else { Standing::Invalid };
    let mut reasons = against;
    reasons.extend(comparison.undefined.clone());
    reasons.extend(comparison.notes.iter().map(|note| note.sentence().to_owned()));
    reasons.extend(comparison.unpaired.sentences());
    TrialRow { arm, budget, metric, split, stratum, comparison, p_adjusted, standing, reasons }
}

fn standing(comparison: &Comparison, p: Option<PValue>, plan: &TrialPlan, region: Region) -> Standing {
    let Some(p) = p else { return Standing::Undefined };
    if p.get() >= plan.test.alpha.get() {
        return Standing::Open;
    }
    match (region, comparison.tail) {
        (Region::Within(_), _) => Standing::Equivalent,
        (_, Tail::Greater) => Standing::Better,
        _ if comparison.delta > 0.0 => Standing::Better,
        _ => Standing::Worse,
    }
}
