//! Boxes, skips and what the text says about them.

use isocost_ledger::model::{Presence, Role, Stage};

use super::Evidence;
use super::fields::{inline, squeezed, value_span};
use crate::Finding;
use crate::context::Record;
use crate::draft::list;
use crate::kinds::{
    CLOSED_AFTER_FAILURE, FULL_WITHOUT_RESULTS, FULL_WITHOUT_SMOKE, MIXED_SKIP_SPELLINGS,
    RESULTS_WITHOUT_BOX, SKIPPED_BUT_DEMANDING, SMOKE_EQUALS_FULL,
};
use crate::run_dir::leading_id;

/// Ticked, and the results row says `failed` (IC004).
pub(super) fn closed_after_failure(evidence: &Evidence<'_>) -> Vec<Finding> {
    let context = evidence.context;
    let mut findings = Vec::new();
    for record in context.records.iter().filter(|r| r.entry.statuses.closed == Some(true)) {
        let id = &record.entry.id;
        let Some(row) = context.of_role(record.ledger_index, id, Role::Result) else { continue };
        if row.entry.statuses.outcome.as_deref().is_some_and(|outcome| outcome.eq_ignore_ascii_case("failed"))
        {
            let span = record.entry.statuses.closed_span.unwrap_or(record.entry.id_span);
            let what = format!("{id} is ticked, and its results row says that it failed");
            findings.push(
                Finding::new(&CLOSED_AFTER_FAILURE, Some(id), what).at(record.ledger, span, "ticked").at(
                    row.ledger,
                    row.entry.id_span,
                    "failed",
                ),
            );
        }
    }
    findings
}

/// Skipped, and still lists files that must be there (IC005).
pub(super) fn skipped_but_demanding(evidence: &Evidence<'_>) -> Vec<Finding> {
    let skipped = evidence.context.records.iter().filter(|r| r.entry.role == Role::Queue && r.is_skipped());
    skipped
        .filter_map(|record| {
            let id = &record.entry.id;
            let demanded = record.entry.artifacts_required.given()?;
            let own: Vec<_> = demanded.iter().filter(|spec| spec.note.is_none()).collect();
            let first = own.first()?;
            let names: Vec<&str> = own.iter().map(|spec| spec.path.raw.as_str()).collect();
            let what = format!("{id} was skipped and still demands {}", list(&names, 3));
            Some(Finding::new(&SKIPPED_BUT_DEMANDING, Some(id), what).at(
                record.ledger,
                first.path.span,
                "demanded here",
            ))
        })
        .collect()
}

/// More than one spelling of “skipped” (IC052). One finding per ledger.
pub(super) fn mixed_skip_spellings(evidence: &Evidence<'_>) -> Vec<Finding> {
    (0..evidence.context.ledgers.len()).filter_map(|ledger| spellings_of(evidence, ledger)).collect()
}

fn spellings_of(evidence: &Evidence<'_>, ledger: usize) -> Option<Finding> {
    let queue: Vec<&Record<'_>> = evidence
        .context
        .records
        .iter()
        .filter(|r| r.ledger_index == ledger && r.entry.role == Role::Queue && r.is_skipped())
        .collect();
    let in_results = |record: &Record<'_>| {
        inline(record.entry, "results").is_some_and(|text| text.raw.trim_start().starts_with("skipped"))
    };
    let by = |choose: &dyn Fn(&Record<'_>) -> bool| -> Vec<&Record<'_>> {
        queue.iter().copied().filter(|record| choose(record)).collect()
    };
    let groups = [
        ("a mark in the title", by(&|r| r.entry.title_facts.skip_mark)),
        ("`only if` in the title", by(&|r| r.entry.title_facts.only_if.is_some())),
        (
            "`results: skipped` alone",
            by(&|r| in_results(r) && !r.entry.title_facts.skip_mark && r.entry.title_facts.only_if.is_none()),
        ),
    ];
    let used: Vec<_> = groups.iter().filter(|(_, records)| !records.is_empty()).collect();
    if used.len() < 2 {
        return None;
    }
    let parts: Vec<String> =
        used.iter().map(|(name, records)| format!("{name} ({})", records.len())).collect();
    let what = format!("skipped entries are spelled in {} ways: {}", used.len(), list(&parts, 3));
    let draft = Finding::new(&MIXED_SKIP_SPELLINGS, None, what);
    let firsts = used.iter().filter_map(|(name, records)| Some((name, records.first()?)));
    Some(firsts.fold(draft, |draft, (name, record)| draft.at(record.ledger, record.entry.id_span, *name)))
}

/// Full is ticked and the results are empty (IC006).
pub(super) fn full_without_results(evidence: &Evidence<'_>) -> Vec<Finding> {
    let ticked = evidence.context.records.iter().filter(|r| r.entry.statuses.full == Some(true));
    ticked
        .filter_map(|record| {
            let entry = record.entry;
            let how = match entry.results {
                Presence::Blank | Presence::EmptyList => "empty",
                Presence::ToBeAnnounced => "still to be announced",
                _ => return None,
            };
            let id = &entry.id;
            let full = value_span(entry, "Full").unwrap_or(entry.id_span);
            let what = format!("the Full box of {id} is ticked, and its results are {how}");
            let draft = Finding::new(&FULL_WITHOUT_RESULTS, Some(id), what).at(record.ledger, full, "ticked");
            Some(match value_span(entry, "Results") {
                Some(span) => draft.at(record.ledger, span, how),
                None => draft,
            })
        })
        .collect()
}

/// No box ticked, and results of an own run are reported (IC053).
pub(super) fn results_without_box(evidence: &Evidence<'_>) -> Vec<Finding> {
    let mut findings: Vec<Finding> = Vec::new();
    for evaluation in &evidence.context.evaluations {
        let entry = evaluation.record.entry;
        let unticked = entry.statuses.smoke == Some(false) && entry.statuses.full == Some(false);
        let own = evaluation.run.and_then(leading_id).as_ref() == Some(&entry.id);
        let new = findings.last().is_none_or(|last| last.entry.as_ref() != Some(&entry.id));
        if unticked && own && new && evaluation.comparison.is_some() {
            let id = &entry.id;
            let what = format!("neither box of {id} is ticked, and its results report a run of its own");
            let boxes = value_span(entry, "Full").unwrap_or(entry.id_span);
            findings.push(
                Finding::new(&RESULTS_WITHOUT_BOX, Some(id), what)
                    .at(evaluation.record.ledger, evaluation.span, "this run is reported")
                    .at(evaluation.record.ledger, boxes, "not ticked"),
            );
        }
    }
    findings
}

/// Full ticked, Smoke not, and there is a smoke command (IC054).
pub(super) fn full_without_smoke(evidence: &Evidence<'_>) -> Vec<Finding> {
    let pair = |record: &&Record<'_>| {
        record.entry.statuses.full == Some(true) && record.entry.statuses.smoke == Some(false)
    };
    let records = evidence.context.records.iter().filter(pair);
    records
        .filter_map(|record| {
            let entry = record.entry;
            let command = entry.commands.iter().find(|command| {
                command.stage == Stage::Smoke && command.field.to_ascii_lowercase().contains("smoke")
            })?;
            let id = &entry.id;
            let smoke = value_span(entry, "Smoke").unwrap_or(entry.id_span);
            let what = format!("{id} has a smoke command; Full is ticked and Smoke is not");
            Some(Finding::new(&FULL_WITHOUT_SMOKE, Some(id), what).at(record.ledger, smoke, "not ticked").at(
                record.ledger,
                command.text.span,
                "the smoke command",
            ))
        })
        .collect()
}

/// The two columns hold one command, and both boxes are ticked (IC056).
pub(super) fn smoke_equals_full(evidence: &Evidence<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for record in &evidence.context.records {
        let entry = record.entry;
        if entry.statuses.smoke != Some(true) || entry.statuses.full != Some(true) {
            continue;
        }
        let pairs = [("Smoke cmd", "Full cmd"), ("1GPU script", "Multi-GPU script")];
        let cells = pairs.iter().find_map(|(a, b)| Some((inline(entry, a)?, inline(entry, b)?)));
        let Some((smoke, full)) = cells else { continue };
        if smoke.raw.contains('`') && squeezed(&smoke.raw) == squeezed(&full.raw) {
            let id = &entry.id;
            let what = format!("Smoke and Full of {id} are both ticked, and there is one command for both");
            findings.push(
                Finding::new(&SMOKE_EQUALS_FULL, Some(id), what)
                    .at(record.ledger, smoke.span, "the same command")
                    .at(record.ledger, full.span, "the same command"),
            );
        }
    }
    findings
}
