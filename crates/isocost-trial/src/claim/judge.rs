//! A rule judged on its evidence, part by part.

use std::collections::BTreeMap;

use isocost_ledger::rule::{Arg, CompareOp, Expr, Outcome, Quantifier, Rule, Scope, eval};
use isocost_stats::{PValue, Tail};

use super::desk::Desk;
use super::hypothesis::{Region, Statement, is_p, negated, read, walk};
use super::reason::{Reason, ReasonKind};
use super::scope::{ClaimScope, result};
use crate::compare::Selection;

/// What a part of a rule came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Finding {
    Supported,
    Refuted,
    Open,
    Unknown,
}

/// A part of a rule, judged.
#[derive(Debug, Clone)]
pub(super) struct Judged {
    pub(super) finding: Finding,
    pub(super) raw: Option<PValue>,
    pub(super) adjusted: Option<PValue>,
    pub(super) reasons: Vec<Reason>,
}

impl Judged {
    fn plain(finding: Finding, reasons: Vec<Reason>) -> Self {
        Self { finding, raw: None, adjusted: None, reasons }
    }
}

/// What the rule claims about each comparison as it is written.
pub(super) fn regions(expr: &Expr, desk: &Desk<'_>) -> BTreeMap<Selection, Vec<Region>> {
    let scope = ClaimScope::new(desk);
    let mut claims = Vec::new();
    let mut pending = vec![expr];
    while let Some(expr) = pending.pop() {
        match expr {
            Expr::And(parts) | Expr::Or(parts) => pending.extend(parts.iter().rev()),
            Expr::Not(inner) => match &**inner {
                Expr::Compare { first, rest } => {
                    let negated = |(left, op, right)| Some((left, negated(op)?, right));
                    claims.extend(links(first, rest).filter_map(negated));
                }
                other => pending.push(other),
            },
            Expr::For { body, .. } | Expr::InFile { body, .. } => pending.push(body),
            Expr::Compare { first, rest } => claims.extend(links(first, rest)),
            _ => {}
        }
    }
    let mut found: BTreeMap<Selection, Vec<Region>> = BTreeMap::new();
    for (left, op, right) in claims {
        if let Statement::Effect { args, region } = read(left, op, right)
            && let Ok(selection) = scope.written(&args)
        {
            found.entry(selection).or_default().push(region.with_margin(desk.spec.margin));
        }
    }
    found
}

/// Judges an expression. The parser bounds its depth.
pub(super) fn judge(expr: &Expr, scope: &ClaimScope<'_>) -> Judged {
    match expr {
        Expr::And(parts) => all(parts.iter().map(|part| judge(part, scope)).collect()),
        Expr::Or(parts) => at_least(1, parts.iter().map(|part| judge(part, scope)).collect()),
        Expr::Not(inner) => not(expr, inner, scope),
        Expr::Compare { first, rest } => {
            all(links(first, rest).map(|(left, op, right)| comparison(left, op, right, scope)).collect())
        }
        Expr::For { quantifier, axis, body } => quantified(expr, *quantifier, axis, body, scope),
        _ => numbers(expr, scope),
    }
}

/// The neighbouring pairs of `a < b < c`.
fn links<'e>(
    first: &'e Expr,
    rest: &'e [(CompareOp, Expr)],
) -> impl Iterator<Item = (&'e Expr, CompareOp, &'e Expr)> {
    let lefts = std::iter::once(first).chain(rest.iter().map(|(_, right)| right));
    lefts.zip(rest).map(|(left, (op, right))| (left, *op, right))
}

fn comparison(left: &Expr, op: CompareOp, right: &Expr, scope: &ClaimScope<'_>) -> Judged {
    let expr = Expr::Compare { first: Box::new(left.clone()), rest: vec![(op, right.clone())] };
    match read(left, op, right) {
        Statement::Effect { args, region } => effect(&expr, &args, region, scope),
        Statement::SmallP { args } => small_p(&expr, &args, scope),
        Statement::LargeP => {
            let sentence = format!(
                "`{expr}`: a large p is no evidence of no effect; claim a band, such as `abs(delta) <= 0.01`"
            );
            Judged::plain(Finding::Open, vec![Reason::new(ReasonKind::LargePIsNoEvidence, sentence)])
        }
        Statement::Plain => numbers(&expr, scope),
    }
}

/// A threshold on an effect: supported if its own test is passed after correction, refuted if the interval excludes it.
fn effect(expr: &Expr, args: &[Arg], region: Region, scope: &ClaimScope<'_>) -> Judged {
    let desk = scope.desk();
    let region = region.with_margin(desk.spec.margin);
    match test(args, &[region], scope) {
        Err(reason) => Judged::plain(Finding::Unknown, vec![reason]),
        Ok(tested) => {
            let excluded = tested.interval.is_some_and(|interval| region.is_excluded_by(&interval));
            if excluded {
                let ends =
                    tested.interval.map_or_else(String::new, |i| format!("{:.5} to {:.5}", i.low, i.high));
                let sentence = format!("the interval of {} ({ends}) excludes {region}", tested.selection);
                let reason = Reason::new(ReasonKind::RegionExcluded, sentence);
                return Judged { finding: Finding::Refuted, reasons: vec![reason], ..tested.judged };
            }
            require(expr, tested.judged, scope)
        }
    }
}

/// A bound on p: supported if the bound and the test of what the rule claims are both passed. It refutes nothing.
fn small_p(expr: &Expr, args: &[Arg], scope: &ClaimScope<'_>) -> Judged {
    let tested = scope.regions(args).map_err(|why| Reason::new(ReasonKind::NotComparable, why));
    match tested.and_then(|regions| test(args, &regions, scope)) {
        Err(reason) => Judged::plain(Finding::Unknown, vec![reason]),
        Ok(tested) => require(expr, tested.judged, scope),
    }
}

struct TestedPart {
    selection: Selection,
    interval: Option<isocost_stats::Interval>,
    judged: Judged,
}

fn test(args: &[Arg], regions: &[Region], scope: &ClaimScope<'_>) -> Result<TestedPart, Reason> {
    let desk = scope.desk();
    let broken = |why: String| Reason::new(ReasonKind::NotComparable, why);
    let selection = scope.selection(args).map_err(broken)?;
    let cached = desk.analysis(&selection).map_err(|why| Reason::new(ReasonKind::NoEvidence, why))?;
    let analysis = result(&cached).map_err(broken)?;
    let mut raw = Some(0.0_f64);
    for region in regions {
        let p = region.p(analysis).map_err(|error| broken(error.to_string()))?;
        desk.note_test(&selection, &cached, *region, p);
        raw = raw.zip(p).map(|(most, p)| most.max(p.get()));
    }
    let raw = raw.and_then(|raw| PValue::new(raw).ok());
    let adjusted = desk.corrected.as_ref().and_then(|corrected| corrected.decisive(&selection));
    // The correction knows only the largest p of the comparison; it never makes one part's p smaller than it is.
    let adjusted =
        adjusted.zip(raw).map(|(adjusted, raw)| if adjusted.get() > raw.get() { adjusted } else { raw });
    let interval = analysis.interval(desk.interval_alpha).map_err(|error| broken(error.to_string()))?;
    let claimed = regions.iter().map(ToString::to_string).collect::<Vec<_>>().join(" and ");
    let alpha = desk.spec.alpha.get();
    let (finding, reason) = match (raw, adjusted) {
        (None, _) => {
            let (margin, tail) =
                regions.first().map_or((0.0, Tail::TwoSided), |region| region.margin_and_tail());
            let why = analysis.undefined(margin, tail).map_err(|error| broken(error.to_string()))?;
            let why =
                why.map_or_else(|| "too few units, or units that do not differ".to_owned(), |why| why.0);
            let sentence =
                format!("{selection}: the {} test is undefined here: {why}", desk.spec.test.name());
            (Finding::Open, Reason::new(ReasonKind::TestUndefined, sentence))
        }
        (Some(raw), Some(adjusted)) if adjusted.get() < alpha => {
            let sentence = format!(
                "{selection}: {claimed} is shown (p = {}, adjusted {}, below {alpha})",
                short(raw),
                short(adjusted)
            );
            (Finding::Supported, Reason::new(ReasonKind::Shown, sentence))
        }
        (Some(raw), adjusted) => {
            let adjusted = adjusted.map_or_else(String::new, |p| format!(", adjusted {}", short(p)));
            let sentence = format!(
                "{selection}: {claimed} is not shown (p = {}{adjusted}, not below {alpha})",
                short(raw)
            );
            (Finding::Open, Reason::new(ReasonKind::NotSignificant, sentence))
        }
    };
    Ok(TestedPart { selection, interval, judged: Judged { finding, raw, adjusted, reasons: vec![reason] } })
}

fn short(p: PValue) -> String {
    if p.get() < 0.001 { format!("{:.1e}", p.get()) } else { format!("{:.3}", p.get()) }
}

/// A tested part must also hold as written.
fn require(expr: &Expr, judged: Judged, scope: &ClaimScope<'_>) -> Judged {
    if judged.finding != Finding::Supported {
        return judged;
    }
    match outcome(expr, scope) {
        Outcome::Holds => judged,
        Outcome::Fails(failures) => {
            let reasons = failures.iter().map(|failure| not_met(&failure.rule, &failure.found)).collect();
            Judged { finding: Finding::Open, reasons, ..judged }
        }
        Outcome::Unknown(why) => Judged { finding: Finding::Unknown, reasons: missing(why), ..judged },
    }
}

fn not_met(rule: &str, found: &str) -> Reason {
    Reason::new(ReasonKind::RuleNotMet, format!("`{rule}` does not hold: {found}"))
}

fn missing(why: Vec<String>) -> Vec<Reason> {
    why.into_iter().map(|why| Reason::new(ReasonKind::ValueMissing, why)).collect()
}

/// A part that states numbers alone. One about the amount or strength of evidence refutes nothing when it fails.
fn numbers(expr: &Expr, scope: &ClaimScope<'_>) -> Judged {
    match outcome(expr, scope) {
        Outcome::Holds => Judged::plain(Finding::Supported, Vec::new()),
        Outcome::Unknown(why) => Judged::plain(Finding::Unknown, missing(why)),
        Outcome::Fails(failures) if asks_for_presence(expr) => {
            let absent = failures.into_iter().map(|failure| format!("`{}`: {}", failure.rule, failure.found));
            Judged::plain(Finding::Unknown, missing(absent.collect()))
        }
        Outcome::Fails(failures) => {
            let about_evidence = mentions(expr, |name| {
                is_p(name) || matches!(name, "n_items" | "n_seeds" | "n_looks" | "ci_low" | "ci_high")
            });
            let (finding, kind) = if about_evidence {
                (Finding::Open, ReasonKind::RuleNotMet)
            } else {
                (Finding::Refuted, ReasonKind::RuleFails)
            };
            let sentence = |rule: &str, found: &str| format!("`{rule}` does not hold: {found}");
            let reasons = failures.iter().map(|f| Reason::new(kind, sentence(&f.rule, &f.found))).collect();
            Judged::plain(finding, reasons)
        }
    }
}

/// A bare path or `exists(…)`: what is not there refutes nothing.
fn asks_for_presence(expr: &Expr) -> bool {
    let mut expr = expr;
    while let Expr::InFile { body, .. } = expr {
        expr = body;
    }
    matches!(expr, Expr::Path(_) | Expr::Exists(_))
}

fn not(expr: &Expr, inner: &Expr, scope: &ClaimScope<'_>) -> Judged {
    if let Expr::Compare { first, rest } = inner
        && let [(op, right)] = rest.as_slice()
        && let Some(op) = negated(*op)
    {
        return comparison(first, op, right, scope);
    }
    if mentions(inner, |name| is_p(name) || matches!(name, "delta" | "ci_low" | "ci_high")) {
        let sentence =
            format!("`{expr}`: that a test is not passed shows nothing; claim what is the case instead");
        return Judged::plain(Finding::Open, vec![Reason::new(ReasonKind::NegatedTest, sentence)]);
    }
    numbers(expr, scope)
}

fn quantified(
    expr: &Expr,
    quantifier: Quantifier,
    axis: &str,
    body: &Expr,
    scope: &ClaimScope<'_>,
) -> Judged {
    let values = scope.axis(axis).unwrap_or_default();
    let counted = match quantifier {
        Quantifier::AtLeast { of: Some(of), .. } => u32::try_from(values.len()) == Ok(of),
        _ => true,
    };
    if values.is_empty() || !counted {
        // The rule language says best what is wrong with the axis.
        return numbers(expr, scope);
    }
    let parts: Option<Vec<Judged>> =
        values.iter().map(|value| scope.at(axis, value).map(|scope| judge(body, &scope))).collect();
    match (parts, quantifier) {
        (None, _) => numbers(expr, scope),
        (Some(parts), Quantifier::All) => all(parts),
        (Some(parts), Quantifier::Any) => at_least(1, parts),
        (Some(parts), Quantifier::AtLeast { count, .. }) => {
            at_least(usize::try_from(count).unwrap_or(usize::MAX), parts)
        }
    }
}

/// Every part: the largest p (an intersection-union test).
fn all(parts: Vec<Judged>) -> Judged {
    let worst = [Finding::Refuted, Finding::Unknown, Finding::Open];
    let finding = worst.into_iter().find(|worst| parts.iter().any(|part| part.finding == *worst));
    let finding = finding.unwrap_or(Finding::Supported);
    let largest =
        |pick: fn(&Judged) -> Option<PValue>| parts.iter().filter_map(pick).max_by(|a, b| a.order(*b));
    let (raw, adjusted) = (largest(|part| part.raw), largest(|part| part.adjusted));
    Judged { finding, raw, adjusted, reasons: reasons_for(finding, parts) }
}

/// A number of parts: the p of that rank. Adjusted values are corrected for all parts, so that any of them may be picked.
fn at_least(count: usize, parts: Vec<Judged>) -> Judged {
    let number = |finding: Finding| parts.iter().filter(|part| part.finding == finding).count();
    let finding = if number(Finding::Supported) >= count {
        Finding::Supported
    } else if parts.len() - number(Finding::Refuted) < count {
        Finding::Refuted
    } else if number(Finding::Unknown) > 0 {
        Finding::Unknown
    } else {
        Finding::Open
    };
    let ranked = |pick: fn(&Judged) -> Option<PValue>| {
        let mut values: Vec<PValue> = parts.iter().filter_map(pick).collect();
        values.sort_by(|a, b| a.order(*b));
        values.get(count.saturating_sub(1)).copied()
    };
    let (raw, adjusted) = (ranked(|part| part.raw), ranked(|part| part.adjusted));
    Judged { finding, raw, adjusted, reasons: reasons_for(finding, parts) }
}

/// The reasons of the parts that decided, then all others.
fn reasons_for(finding: Finding, parts: Vec<Judged>) -> Vec<Reason> {
    let (deciding, others): (Vec<Judged>, Vec<Judged>) =
        parts.into_iter().partition(|part| part.finding == finding);
    let mut reasons: Vec<Reason> = Vec::new();
    for reason in deciding.into_iter().chain(others).flat_map(|part| part.reasons) {
        if !reasons.contains(&reason) {
            reasons.push(reason);
        }
    }
    reasons
}

fn outcome(expr: &Expr, scope: &ClaimScope<'_>) -> Outcome {
    eval(&Rule { text: expr.to_string(), expr: expr.clone() }, scope)
}

/// Whether a statistic for which `is` holds is called anywhere.
pub(super) fn mentions(expr: &Expr, is: impl Fn(&str) -> bool) -> bool {
    let mut found = false;
    walk(expr, &mut |part| found |= matches!(part, Expr::Call { name, .. } if is(name)));
    found
}
