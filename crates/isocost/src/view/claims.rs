//! Verdicts and their comparisons.

use isocost_report::model::{ClaimView, ComparisonView, CostVerdict, Interval, VerdictKind};
use isocost_stats::PValue;
use isocost_trial::claim::{CostRule, Status};
use isocost_trial::compare::CostCheck;
use isocost_trial::{Comparison, Verdict};

use crate::judgement::Judged;

/// A claim with its verdict; one that cannot be decided is unproven, and says why.
pub(crate) fn claim(judged: &Judged) -> ClaimView {
    match judged {
        Judged::Decided(decision) => verdict(&decision.verdict),
        Judged::Undecidable(claim, problems) => ClaimView {
            id: claim.id.to_string(),
            statement: claim.statement.trimmed().to_owned(),
            rule: claim.rule.as_ref().map(|rule| rule.trimmed().to_owned()).unwrap_or_default(),
            verdict: VerdictKind::Unproven,
            reasons: problems.iter().map(|problem| problem.message.clone()).collect(),
            ..ClaimView::default()
        },
    }
}

/// A verdict.
pub(crate) fn verdict(verdict: &Verdict) -> ClaimView {
    let count = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
    ClaimView {
        id: verdict.claim.to_string(),
        statement: verdict.statement.clone(),
        rule: verdict.rule.clone(),
        verdict: kind(verdict.status),
        reasons: verdict.reasons.iter().map(|reason| reason.sentence.clone()).collect(),
        effect: verdict.effect,
        interval: verdict.interval.map(|interval| Interval { low: interval.low, high: interval.high }),
        level: verdict.interval.map(|interval| interval.level),
        threshold: verdict.comparisons.first().map(|comparison| comparison.margin),
        p_raw: verdict.p_raw.map(PValue::get),
        p_adjusted: verdict.p_adjusted.map(PValue::get),
        family: Some(family(verdict)),
        method: verdict.method.iter().map(ToString::to_string).collect(),
        n_items: verdict.n_items.map(count),
        n_seeds: verdict.n_seeds.map(count),
        looks_at_split: Some(count(verdict.looks.at_split)),
    }
}

fn family(verdict: &Verdict) -> String {
    let correction = verdict.method.iter().find(|term| term.name == "correction");
    match correction {
        Some(term) => format!("{}: {}", verdict.family, term.value),
        None => format!("{}: {} comparisons", verdict.family, verdict.family_size),
    }
}

fn kind(status: Status) -> VerdictKind {
    match status {
        Status::Supported => VerdictKind::Supported,
        Status::Refuted => VerdictKind::Refuted,
        Status::Inconclusive => VerdictKind::Inconclusive,
        Status::Invalid => VerdictKind::Invalid,
        Status::Unproven => VerdictKind::Unproven,
    }
}

/// One comparison of a claim.
pub(crate) fn comparison(claim: &str, comparison: &Comparison, cost: CostRule) -> ComparisonView {
    let (left, right) = (&comparison.left, &comparison.right);
    let named = |name: Option<String>| name.unwrap_or_default();
    let mut warnings: Vec<String> = comparison.notes.iter().map(|note| note.sentence().to_owned()).collect();
    warnings.extend(comparison.unpaired.sentences());
    ComparisonView {
        claim: Some(claim.to_owned()),
        left: left.arm.to_string(),
        right: right.arm.to_string(),
        metric: named(comparison.selection.metric.as_ref().map(ToString::to_string)),
        split: named(comparison.selection.split.as_ref().map(ToString::to_string)),
        budget: named(comparison.selection.budget.as_ref().map(ToString::to_string)),
        delta: comparison.delta,
        low: comparison.interval.map_or(f64::NAN, |interval| interval.low),
        high: comparison.interval.map_or(f64::NAN, |interval| interval.high),
        threshold: Some(comparison.margin),
        p: comparison.p.map(PValue::get),
        left_mean: left.mean,
        right_mean: right.mean,
        left_cost: left.cost.as_ref().map(|cost| cost.mean),
        right_cost: right.cost.as_ref().map(|cost| cost.mean),
        cost_unit: left
            .cost
            .as_ref()
            .or(right.cost.as_ref())
            .map(|cost| cost.unit.to_string())
            .unwrap_or_default(),
        cost_verdict: cost_verdict(&comparison.cost, cost),
        unpaired: 0,
        warnings,
    }
}

fn cost_verdict(check: &CostCheck, rule: CostRule) -> CostVerdict {
    match (rule, check) {
        (CostRule::NotRequired, _) => CostVerdict::NotRequired,
        (_, CostCheck::Equal { .. }) => CostVerdict::Equal,
        (
            _,
            CostCheck::Unequal { .. }
            | CostCheck::UnequalCells { .. }
            | CostCheck::UnitMismatch { .. }
            | CostCheck::WrongUnit { .. },
        ) => CostVerdict::Unequal,
        (_, CostCheck::NotMeasured { .. }) => CostVerdict::Unknown,
    }
}
