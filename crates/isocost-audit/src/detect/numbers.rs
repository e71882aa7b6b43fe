//! Arithmetic on printed numbers, with their precision in mind.

use std::collections::{BTreeMap, BTreeSet};

use isocost_ledger::model::{Comparison, Id, Measurement, SplitName};

use super::Evidence;
use crate::Finding;
use crate::draft::list;
use crate::evaluation::{EvalKind, Evaluation};
use crate::kinds::{
    BASELINE_DRIFT, DELTA_ARITHMETIC, IDENTICAL_RESULTS, IMPOSSIBLE_VALUE, SAME_DELTA_AND_P,
    SIGNIFICANCE_WORD,
};
use crate::run_dir::leading_id;
use crate::words::split_name;

/// Half a unit of a number's last printed digit.
fn half_unit(number: &Measurement) -> f64 {
    0.5 * 10f64.powi(-i32::try_from(number.decimals).unwrap_or(i32::MAX))
}

/// Room for the binary representation of decimal numbers.
const SLACK: f64 = 1e-9;

fn differ(a: &Measurement, b: &Measurement) -> bool {
    (a.value - b.value).abs() > half_unit(a) + half_unit(b) + SLACK
}

/// Δ against the difference of its means (IC027).
pub(super) fn delta_arithmetic(evidence: &Evidence<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for record in &evidence.context.records {
        let statements = record.entry.results.given().into_iter().flatten();
        for comparison in statements.flat_map(|statement| &statement.comparisons) {
            let Some((left, right, delta)) = wrong(comparison) else { continue };
            let what = format!(
                "{} − {} is {:+.*}, not {:+.*} as stated",
                left.subject,
                right.subject,
                delta.decimals as usize,
                left.value - right.value,
                delta.decimals as usize,
                delta.value
            );
            findings.push(
                Finding::new(&DELTA_ARITHMETIC, Some(&record.entry.id), what)
                    .at(record.ledger, delta.text.span, "the stated difference")
                    .at(record.ledger, left.text.span, "")
                    .at(record.ledger, right.text.span, ""),
            );
        }
    }
    findings
}

/// The three numbers of a comparison that cannot all be right, in whichever order the means were meant.
fn wrong(comparison: &Comparison) -> Option<(&Measurement, &Measurement, &Measurement)> {
    let (left, right, delta) =
        (comparison.left.as_ref()?, comparison.right.as_ref()?, comparison.delta.as_ref()?);
    let room = half_unit(left) + half_unit(right) + half_unit(delta) + SLACK;
    let difference = left.value - right.value;
    let fits = |stated: f64| (difference - stated).abs() <= room;
    // Percentage points beside fractions are another unit, not another number.
    let same_unit = delta.value.abs() <= 1.0 && left.value.abs() <= 1.0 && right.value.abs() <= 1.0;
    (same_unit && !fits(delta.value) && !fits(-delta.value)).then_some((left, right, delta))
}

/// Accuracies that no number of items gives (IC028).
pub(super) fn impossible_value(evidence: &Evidence<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for record in &evidence.context.records {
        for statement in record.entry.results.given().into_iter().flatten() {
            let one_seed = statement.context.seeds.as_ref().is_none_or(|seeds| seeds.len() <= 1);
            let Some(items) = items(&statement.text.raw).filter(|_| one_seed) else { continue };
            let accuracy = |m: &&Measurement| {
                m.subject.split([' ', '.', '_']).any(|word| matches!(word, "acc" | "accuracy"))
            };
            let plain = |m: &&Measurement| m.spread.is_none() && (0.0..=1.0).contains(&m.value);
            let bad =
                statement.measurements.iter().filter(accuracy).filter(plain).find(|m| impossible(m, items));
            if let Some(number) = bad {
                let what = format!(
                    "no number of correct answers among {items} gives {} = {}",
                    number.subject, number.value
                );
                findings.push(Finding::new(&IMPOSSIBLE_VALUE, Some(&record.entry.id), what).at(
                    record.ledger,
                    number.text.span,
                    "",
                ));
            }
        }
    }
    findings
}

/// The n of `(n=253)`, if the text states exactly one.
fn items(text: &str) -> Option<u32> {
    let values: BTreeSet<u32> = text
        .match_indices("n=")
        .filter(|(at, _)| {
            text.get(..*at)
                .and_then(|t| t.chars().next_back())
                .is_none_or(|c| !c.is_alphanumeric() && c != '_')
        })
        .filter_map(|(at, _)| {
            let rest = text.get(at + 2..)?;
            let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
            rest.get(..end)?.parse().ok()
        })
        .collect();
    (values.len() == 1).then(|| values.first().copied()).flatten()
}

/// Whether the printed value is no multiple of 1/n, where its digits are fine enough to tell.
fn impossible(number: &Measurement, items: u32) -> bool {
    let n = f64::from(items);
    let half = half_unit(number);
    let decides = items > 0 && 2.0 * half * n < 0.5;
    let nearest = (number.value * n).round() / n;
    decides && !number.approximate && (nearest - number.value).abs() > half + SLACK
}

/// Ledger, baseline, split and seeds.
type Setting<'e> = (usize, &'e str, &'e SplitName, &'e [i64]);
/// A number and the evaluation that prints it.
type Printed<'e> = (&'e Evaluation<'e>, &'e Measurement);

/// A baseline that is not one (IC029). One finding per baseline, split and seeds.
pub(super) fn baseline_drift(evidence: &Evidence<'_>) -> Vec<Finding> {
    let mut groups: BTreeMap<Setting<'_>, Vec<Printed<'_>>> = BTreeMap::new();
    for evaluation in evidence.context.evaluations.iter().filter(|e| e.kind != EvalKind::Smoke) {
        let right = evaluation.comparison.and_then(|c| c.right.as_ref());
        let (Some(right), Some(split), Some(seeds)) = (right, &evaluation.split, &evaluation.seeds) else {
            continue;
        };
        if right.subject == "uniform" || right.subject == "baseline" {
            let key = (evaluation.record.ledger_index, right.subject.as_str(), split, seeds.as_slice());
            groups.entry(key).or_default().push((evaluation, right));
        }
    }
    let mut findings = Vec::new();
    for ((_, name, split, seeds), uses) in groups {
        let entries: BTreeSet<&Id> = uses.iter().map(|(e, _)| id(e)).collect();
        let values = distinct(&near_the_median(uses));
        if values.len() < 2 || entries.len() < 2 || split.nominal.is_none() {
            continue;
        }
        let printed: Vec<String> =
            values.iter().map(|(_, m)| format!("{:.*}", m.decimals as usize, m.value)).collect();
        let what = format!(
            "{name} on {} over seeds {} is {}",
            split_name(split),
            seeds_name(seeds),
            list(&printed, 8)
        );
        let draft = Finding::new(&BASELINE_DRIFT, None, what);
        findings.push(values.iter().fold(draft, |draft, (evaluation, m)| {
            draft.at(evaluation.record.ledger, m.text.span, format!("in {}", evaluation.record.entry.id))
        }));
    }
    findings
}

/// Largest distance from the median, as a share of it, at which a value can still be of the same setting.
const SAME_SETTING: f64 = 0.1;

/// Leaves out values so far off that they are of another model or metric, whatever the arm is called.
fn near_the_median<'e>(
    mut uses: Vec<(&'e Evaluation<'e>, &'e Measurement)>,
) -> Vec<(&'e Evaluation<'e>, &'e Measurement)> {
    uses.sort_by(|a, b| a.1.value.total_cmp(&b.1.value));
    let median = uses.get(uses.len() / 2).map_or(0.0, |(_, m)| m.value);
    uses.retain(|(_, m)| (m.value - median).abs() <= SAME_SETTING * median.abs());
    uses
}

/// The values that differ beyond rounding, ascending as given, each with the first place that prints it.
fn distinct<'e>(
    uses: &[(&'e Evaluation<'e>, &'e Measurement)],
) -> Vec<(&'e Evaluation<'e>, &'e Measurement)> {
    let mut values: Vec<Printed<'_>> = Vec::new();
    for &(evaluation, number) in uses {
        if values.last().is_none_or(|(_, last)| differ(last, number)) {
            values.push((evaluation, number));
        }
    }
    values
}

fn seeds_name(seeds: &[i64]) -> String {
    match (seeds.first(), seeds.last()) {
        (Some(first), Some(last)) if seeds.len() > 2 => format!("{first}–{last}"),
        _ => seeds.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
    }
}

/// Whether a number is printed with at least so many digits, leading zeros not counted.
fn has_digits(number: &Measurement, wanted: u32) -> bool {
    let unit = 10f64.powi(-i32::try_from(number.decimals).unwrap_or(i32::MAX));
    let least = 10f64.powi(i32::try_from(wanted).unwrap_or(i32::MAX).saturating_sub(1));
    number.value.abs() >= unit * least * (1.0 - SLACK)
}

/// Evaluations of experiments' own runs with Δ and p in at least three digits, by those numbers.
fn by_numbers<'e>(evidence: &'e Evidence<'_>) -> BTreeMap<(usize, u64, u64), Vec<&'e Evaluation<'e>>> {
    let mut groups: BTreeMap<(usize, u64, u64), Vec<&Evaluation<'_>>> = BTreeMap::new();
    for evaluation in &evidence.context.evaluations {
        let Some(comparison) = evaluation.comparison else { continue };
        let (Some(delta), Some(p)) = (&comparison.delta, &comparison.p) else { continue };
        let own = evaluation
            .run
            .and_then(leading_id)
            .is_none_or(|id| id.parent() == evaluation.record.entry.id.parent());
        if own && has_digits(delta, 3) && has_digits(p, 2) {
            let key = (evaluation.record.ledger_index, delta.value.to_bits(), p.value.to_bits());
            groups.entry(key).or_default().push(evaluation);
        }
    }
    groups
}

fn id<'e>(evaluation: &'e Evaluation<'_>) -> &'e Id {
    &evaluation.record.entry.id
}

/// Equal Δ and p, other means (IC030).
pub(super) fn same_delta_and_p(evidence: &Evidence<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for uses in by_numbers(evidence).into_values() {
        let pair = uses.iter().enumerate().find_map(|(at, second)| {
            let other = |first: &&&Evaluation<'_>| id(first) != id(second) && other_means(first, second);
            uses.get(..at)?.iter().find(other).map(|first| (*first, *second))
        });
        let Some((first, second)) = pair else { continue };
        let (Some(delta), Some(p)) = (second.delta(), second.p()) else { continue };
        let what = format!(
            "{} and {} report the same Δ = {delta:+} and p = {p} from different means",
            id(first),
            id(second)
        );
        findings.push(
            Finding::new(&SAME_DELTA_AND_P, Some(id(second)), what)
                .at(
                    second.record.ledger,
                    second.comparison.map_or(second.span, |c| c.span),
                    format!("{}", id(second)),
                )
                .at(
                    first.record.ledger,
                    first.comparison.map_or(first.span, |c| c.span),
                    format!("{}", id(first)),
                ),
        );
    }
    findings
}

fn sides<'e>(evaluation: &'e Evaluation<'_>) -> Option<(&'e Measurement, &'e Measurement)> {
    let comparison = evaluation.comparison?;
    Some((comparison.left.as_ref()?, comparison.right.as_ref()?))
}

fn other_means(a: &Evaluation<'_>, b: &Evaluation<'_>) -> bool {
    sides(a).zip(sides(b)).is_some_and(|(a, b)| differ(a.0, b.0) && differ(a.1, b.1))
}

/// Every digit equal under several ids (IC057). One finding per group.
pub(super) fn identical_results(evidence: &Evidence<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for uses in by_numbers(evidence).into_values() {
        let full = |e: &&&Evaluation<'_>| sides(e).is_some_and(|(l, r)| l.decimals >= 4 && r.decimals >= 4);
        let complete: Vec<&Evaluation<'_>> = uses.iter().filter(full).copied().collect();
        let Some(first) = complete.first() else { continue };
        let mut alike: Vec<&Evaluation<'_>> = Vec::new();
        for other in &complete {
            let same =
                sides(first).zip(sides(other)).is_some_and(|(a, b)| !differ(a.0, b.0) && !differ(a.1, b.1));
            if same && alike.iter().all(|known| id(known) != id(other)) {
                alike.push(other);
            }
        }
        if alike.len() < 2 {
            continue;
        }
        let names: Vec<String> = alike.iter().map(|e| id(e).to_string()).collect();
        let what = format!("{} report the same means, Δ and p to the last digit", list(&names, 8));
        let draft = Finding::new(&IDENTICAL_RESULTS, None, what);
        findings.push(alike.iter().fold(draft, |draft, e| {
            draft.at(e.record.ledger, e.comparison.map_or(e.span, |c| c.span), format!("{}", id(e)))
        }));
    }
    findings
}

/// Words about significance that contradict the p beside them (IC031).
pub(super) fn significance_word(evidence: &Evidence<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for record in &evidence.context.records {
        let statements = record.entry.results.given().into_iter().flatten();
        for comparison in statements.clone().flat_map(|s| s.comparisons.iter().map(move |c| (s, c))) {
            let (statement, comparison) = comparison;
            let Some(p) = &comparison.p else { continue };
            let Some((word, at)) = word_in_parenthesis(statement, p) else { continue };
            let contradicts = if word == Word::Significant { p.value >= 0.05 } else { p.value < 0.05 };
            if contradicts {
                let what = format!("the words “{}” stand beside p = {}", word.text(), p.value);
                let span = isocost_ledger::text::Span::new(at, at + word.text().len());
                findings.push(
                    Finding::new(&SIGNIFICANCE_WORD, Some(&record.entry.id), what)
                        .at(record.ledger, span, "")
                        .at(record.ledger, p.text.span, "the p-value"),
                );
            }
        }
    }
    findings
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Word {
    Significant,
    NotSignificant,
}

impl Word {
    fn text(self) -> &'static str {
        match self {
            Self::Significant => "significant",
            Self::NotSignificant => "not significant",
        }
    }
}

/// The word about significance in the parenthesis that holds a p-value, and its place in the source.
fn word_in_parenthesis(
    statement: &isocost_ledger::model::Statement,
    p: &Measurement,
) -> Option<(Word, usize)> {
    let base = statement.text.span.start as usize;
    let raw = statement.text.raw.as_str();
    let at = (p.text.span.start as usize).checked_sub(base)?;
    let open = raw.get(..at)?.rfind('(')?;
    let close = at + raw.get(at..)?.find(')')?;
    let inside = raw.get(open..close)?;
    let found = inside.find("significant")?;
    let before = inside.get(..found)?.trim_end();
    if let Some(stem) = before.strip_suffix("not") {
        return Some((Word::NotSignificant, base + open + stem.len()));
    }
    let qualified =
        ["no", "non-", "in", "less", "nearly", "almost", "barely"].iter().any(|word| before.ends_with(word));
    (!qualified).then_some((Word::Significant, base + open + found))
}
