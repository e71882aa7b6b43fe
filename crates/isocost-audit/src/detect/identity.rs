//! Ids: defined, unique, in the right place, without gaps.

use std::collections::{BTreeMap, BTreeSet};

use isocost_ledger::model::{Id, MentionKind, Role};
use isocost_ledger::text::Span;

use super::Evidence;
use crate::Finding;
use crate::context::Record;
use crate::draft::list;
use crate::kinds::{
    DUPLICATE_ID, MISSING_RESULTS_ROW, NUMBERING_GAP, ROW_WITHOUT_ENTRY, UNDEFINED_DATA_SOURCE, WRONG_SECTION,
};
use crate::looks::claim_in;

/// Paths in commands whose experiment no entry defines (IC001). One finding per missing id.
pub(super) fn undefined_data_source(evidence: &Evidence<'_>) -> Vec<Finding> {
    let context = evidence.context;
    let mut missing: BTreeMap<&Id, Vec<(Record<'_>, Span)>> = BTreeMap::new();
    for &record in &context.records {
        let in_command =
            |span: Span| record.entry.commands.iter().any(|command| command.text.span.contains(span));
        let read = record.entry.mentions.iter().filter(|m| m.kind == MentionKind::InPath && !m.id.is_claim());
        for mention in read.filter(|m| !context.defines(&m.id) && in_command(m.span)) {
            missing.entry(&mention.id).or_default().push((record, mention.span));
        }
    }
    let finding = |(id, uses): (&Id, Vec<(Record<'_>, Span)>)| {
        let readers: BTreeSet<&Id> = uses.iter().map(|(record, _)| &record.entry.id).collect();
        let names: Vec<String> = readers.iter().map(ToString::to_string).collect();
        let verb = if names.len() == 1 { "reads" } else { "read" };
        let what = format!("{} {verb} files of {id}, and no entry {id} exists", list(&names, 4));
        let draft = Finding::new(&UNDEFINED_DATA_SOURCE, uses.first().map(|(r, _)| &r.entry.id), what);
        uses.iter().fold(draft, |draft, (record, span)| {
            draft.at(record.ledger, *span, format!("read by {}", record.entry.id))
        })
    };
    missing.into_iter().map(finding).collect()
}

/// Ids defined twice in the same role (IC002).
pub(super) fn duplicate_id(evidence: &Evidence<'_>) -> Vec<Finding> {
    let mut groups: BTreeMap<(usize, u8, &Id), Vec<Record<'_>>> = BTreeMap::new();
    for &record in &evidence.context.records {
        let key = (record.ledger_index, record.entry.role as u8, &record.entry.id);
        groups.entry(key).or_default().push(record);
    }
    let twice = groups.into_iter().filter(|(_, records)| records.len() > 1);
    twice
        .map(|((_, _, id), records)| {
            let what = format!("{id} is defined {} times in the same part of the ledger", records.len());
            let draft = Finding::new(&DUPLICATE_ID, Some(id), what);
            records
                .iter()
                .fold(draft, |draft, record| draft.at(record.ledger, record.entry.id_span, "defined here"))
        })
        .collect()
}

/// Ticked, not skipped, and not in the Results table (IC003).
pub(super) fn missing_results_row(evidence: &Evidence<'_>) -> Vec<Finding> {
    let context = evidence.context;
    let has_row =
        |record: &Record<'_>| context.of_role(record.ledger_index, &record.entry.id, Role::Result).is_some();
    let ran = |record: &&Record<'_>| {
        record.entry.role == Role::Queue
            && record.entry.statuses.closed == Some(true)
            && !record.is_skipped()
            && context.has_results_table(record.ledger_index)
    };
    let without = context.records.iter().filter(ran).filter(|record| !has_row(record));
    without
        .map(|record| {
            let id = &record.entry.id;
            let what = format!("{id} is ticked and not skipped, and the Results table has no row for it");
            Finding::new(&MISSING_RESULTS_ROW, Some(id), what).at(
                record.ledger,
                record.entry.id_span,
                "ticked here",
            )
        })
        .collect()
}

/// Rows of the Results table that no other entry explains (IC051).
pub(super) fn row_without_entry(evidence: &Evidence<'_>) -> Vec<Finding> {
    let context = evidence.context;
    let others: BTreeSet<usize> =
        context.records.iter().filter(|r| r.entry.role != Role::Result).map(|r| r.ledger_index).collect();
    let alone = |record: &&Record<'_>| {
        record.entry.role == Role::Result
            && others.contains(&record.ledger_index)
            && context.of(record.ledger_index, &record.entry.id).all(|other| other.entry.role == Role::Result)
    };
    let rows = context.records.iter().filter(alone);
    rows.map(|record| {
        let id = &record.entry.id;
        let what = format!("the Results table has a row for {id}, and no entry defines it");
        Finding::new(&ROW_WITHOUT_ENTRY, Some(id), what).at(record.ledger, record.entry.id_span, "")
    })
    .collect()
}

/// Queue entries whose qualifier names the claim of another queue (IC007).
pub(super) fn wrong_section(evidence: &Evidence<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for record in evidence.context.records.iter().filter(|r| r.entry.role == Role::Queue) {
        let Some(fact) = record.entry.qualifier.iter().find(|fact| fact.raw.contains("queue")) else {
            continue;
        };
        let (Some(claim), Some(own)) = (claim_in(&fact.raw), record.section()) else { continue };
        let names = |heading: &str| claim_in(heading).as_ref() == Some(&claim);
        if names(&own.heading.raw) {
            continue;
        }
        if let Some(right) = record.ledger.sections.iter().find(|section| names(&section.heading.raw)) {
            let id = &record.entry.id;
            let what = format!(
                "{id} says that it belongs to the {claim} queue and stands in “{}”",
                own.heading.trimmed()
            );
            findings.push(
                Finding::new(&WRONG_SECTION, Some(id), what)
                    .at(record.ledger, fact.span, "its own queue")
                    .at(record.ledger, right.heading.span, "the queue of that claim"),
            );
        }
    }
    findings
}

/// Longest gap that is worth a word.
const LONGEST_GAP: u32 = 3;
/// Consecutive ids that make a stretch dense.
const DENSE: u32 = 5;

/// Missing numbers in dense stretches (IC008). One finding per ledger.
pub(super) fn numbering_gap(evidence: &Evidence<'_>) -> Vec<Finding> {
    let context = evidence.context;
    (0..context.ledgers.len()).filter_map(|ledger| gaps_of(evidence, ledger)).collect()
}

fn gaps_of(evidence: &Evidence<'_>, ledger: usize) -> Option<Finding> {
    let mut places: BTreeMap<u32, Record<'_>> = BTreeMap::new();
    for &record in evidence.context.records.iter().filter(|r| r.ledger_index == ledger) {
        let id = &record.entry.id;
        if id.letter() == 'E' && id.digits().len() == 4 {
            places.entry(id.digits().parse().ok()?).or_insert(record);
        }
    }
    let dense = |mut numbers: std::ops::Range<u32>| numbers.all(|number| places.contains_key(&number));
    let mut missing = Vec::new();
    let mut after = Vec::new();
    for (&low, (&high, record)) in places.keys().zip(places.iter().skip(1)) {
        let gap = high - low - 1;
        let inside = (1..=LONGEST_GAP).contains(&gap);
        if inside && low >= DENSE && dense(low + 1 - DENSE..low + 1) && dense(high..high + DENSE) {
            missing.extend((low + 1..high).map(|number| format!("E{number:04}")));
            after.push(*record);
        }
    }
    after.first()?;
    let what = format!("no entry defines {}, inside otherwise dense runs of ids", list(&missing, 12));
    let draft = Finding::new(&NUMBERING_GAP, None, what);
    Some(after.iter().fold(draft, |draft, record| {
        draft.at(record.ledger, record.entry.id_span, "numbers before this one are missing")
    }))
}
