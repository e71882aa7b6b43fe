//! Selection, looks, thresholds, reproduction.

use isocost_ledger::model::Id;
use isocost_ledger::text::Span;

use super::Evidence;
use crate::evaluation::EvalKind;
use crate::kinds::{
    DEGENERATE_COMPARISON, NOT_REPRODUCED, SELECTION_ON_TEST, THRESHOLD_NOT_TESTED, UNCORRECTED_LOOKS,
};
use crate::looks::LookSummary;
use crate::words::split_name;
use crate::{Finding, Location};

/// Level below which a p counts.
const ALPHA: f64 = 0.05;

/// A sweep on a protected split that reports its best (IC032). One finding per entry.
pub(super) fn selection_on_test(evidence: &Evidence<'_>) -> Vec<Finding> {
    let mut findings: Vec<Finding> = Vec::new();
    for evaluation in
        evidence.context.evaluations.iter().filter(|e| e.kind == EvalKind::Sweep && e.named_test)
    {
        let Some(best) = &evaluation.statement.context.selected else { continue };
        let id = &evaluation.record.entry.id;
        if findings.iter().any(|f| f.entry.as_ref() == Some(id)) {
            continue;
        }
        let split = evaluation.split.as_ref().map_or_else(|| "the test split".to_owned(), split_name);
        let what =
            format!("{id} sweeps over candidates on {split} and reports the best, `{}`", best.trimmed());
        findings.push(
            Finding::new(&SELECTION_ON_TEST, Some(id), what)
                .at(evaluation.record.ledger, evaluation.span, "a sweep on the test split")
                .at(evaluation.record.ledger, best.span, "selected there"),
        );
    }
    findings
}

/// The summaries of declared successes.
fn declared<'e>(evidence: &'e Evidence<'_>) -> impl Iterator<Item = &'e LookSummary> {
    evidence.summaries.iter().filter(|summary| !summary.declared.is_empty())
}

fn with(mut finding: Finding, locations: impl IntoIterator<Item = Location>) -> Finding {
    finding.locations.extend(locations);
    finding
}

fn main_places(summary: &LookSummary) -> Vec<Location> {
    let label = |location: &Location| Location { label: "the look".to_owned(), ..location.clone() };
    let lines: Vec<u32> = summary.declared.iter().map(|l| l.place.line).collect();
    let looks = summary.look.reported.iter().filter(|l| !lines.contains(&l.place.line)).map(label);
    summary.declared.iter().cloned().chain(looks).collect()
}

/// A success declared on one of many looks (IC033).
pub(super) fn uncorrected_looks(evidence: &Evidence<'_>) -> Vec<Finding> {
    let many = |s: &&LookSummary| s.counts.total() > 1 && s.holm.is_some_and(|holm| holm >= ALPHA);
    declared(evidence)
        .filter(many)
        .map(|s| {
            let what = format!(
                "{} is declared met at p = {}, look {} at {} ({} full, {} quick, {} sweeps); Holm {:.2}, Bonferroni {:.2}",
                s.claim,
                s.p.unwrap_or(f64::NAN),
                s.counts.total(),
                split_name(&s.split),
                s.counts.full,
                s.counts.quick,
                s.counts.sweeps,
                s.holm.unwrap_or(f64::NAN),
                s.bonferroni.unwrap_or(f64::NAN),
            );
            with(Finding::new(&UNCORRECTED_LOOKS, Some(&s.look.entry), what), main_places(s))
        })
        .collect()
}

/// `Δ ≥ x` claimed from a test of `Δ ≠ 0` (IC034).
pub(super) fn threshold_not_tested(evidence: &Evidence<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for s in declared(evidence) {
        let (Some(threshold), Some(p), Some(interval)) = (s.threshold, s.p_threshold, s.interval) else {
            continue;
        };
        if p < ALPHA || threshold == 0.0 {
            continue;
        }
        let seeds = s.look.seeds.as_ref().map_or(0, Vec::len);
        let what = format!(
            "{} demands Δ ≥ {threshold:+}; rebuilt from Δ, p and {seeds} seeds, the 95 % interval is {:+.4} to {:+.4} and the one-sided p against the threshold is {p:.2}",
            s.claim, interval.low, interval.high
        );
        findings.push(with(Finding::new(&THRESHOLD_NOT_TESTED, Some(&s.look.entry), what), main_places(s)));
    }
    findings
}

/// A later run of the same configuration does not show the effect (IC036).
pub(super) fn not_reproduced(evidence: &Evidence<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for s in declared(evidence) {
        for rerun in s.reruns.iter().filter(|rerun| rerun.p.is_some_and(|p| p >= ALPHA)) {
            let number = |value: Option<f64>| value.map_or_else(|| "?".to_owned(), |v| format!("{v:+}"));
            let what = format!(
                "{} is declared met at Δ = {}, p = {}; a later run of the same configuration in {} has Δ = {}, p = {}",
                s.claim,
                number(s.look.delta),
                s.p.unwrap_or(f64::NAN),
                rerun.entry,
                number(rerun.delta),
                rerun.p.unwrap_or(f64::NAN)
            );
            let draft = Finding::new(&NOT_REPRODUCED, Some(&s.look.entry), what);
            let draft = with(draft, s.declared.iter().take(1).cloned());
            findings.push(with(draft, [rerun.reported.clone()]));
        }
    }
    findings
}

/// A budget that takes everything there is (IC040). One finding per experiment.
pub(super) fn degenerate_comparison(evidence: &Evidence<'_>) -> Vec<Finding> {
    let mut findings: Vec<Finding> = Vec::new();
    for record in &evidence.context.records {
        let text = record.text();
        let Some((at, statement)) = budget_not_below(text) else { continue };
        let id: &Id = &record.entry.id;
        if findings.iter().any(|f| f.entry.as_ref() == Some(id)) {
            continue;
        }
        let what = format!("{id} compares selections under a budget that takes everything: `{statement}`");
        let span = Span::new(at, at + statement.len()).shifted(record.entry.span.start as usize);
        findings.push(Finding::new(&DEGENERATE_COMPARISON, Some(id), what).at(
            record.ledger,
            span,
            "nothing is left to select",
        ));
    }
    findings
}

/// `B_FRAMES=16 >= duration_seconds≈10`: a budget that the text itself compares with a smaller size.
fn budget_not_below(text: &str) -> Option<(usize, &str)> {
    text.match_indices(" >= ").find_map(|(at, mark)| {
        let before = text.get(..at)?;
        let start = before.rfind(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '=')))? + 1;
        let (name, budget) = before.get(start..)?.split_once('=')?;
        let after = text.get(at + mark.len()..)?;
        let stop = after
            .find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '=' | '≈' | '.')))
            .unwrap_or(after.len());
        let (size_name, size) = after.get(..stop)?.split_once(['=', '≈'])?;
        let budget: f64 = budget.parse().ok()?;
        let size: f64 = size.trim_end_matches('.').parse().ok()?;
        let named = name.len() > 1 && !size_name.is_empty();
        (named && budget >= size).then(|| text.get(start..at + mark.len() + stop).map(|s| (start, s)))?
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_budget_that_is_not_smaller_than_its_items_is_found_where_the_text_says_so() {
        let text = "All tie because `B_FRAMES=16 >= duration_seconds≈10`: equal";
        assert_eq!(budget_not_below(text).map(|(_, s)| s), Some("B_FRAMES=16 >= duration_seconds≈10"));
        assert_eq!(budget_not_below("a - b >= +0.01 and p<0.05"), None);
        assert_eq!(budget_not_below("x=3 >= y=7"), None);
    }
}
