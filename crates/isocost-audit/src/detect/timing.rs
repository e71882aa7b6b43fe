//! What the time stamps of run directories tell.

use std::collections::{BTreeMap, BTreeSet};

use isocost_ledger::model::{Id, MentionKind};

use super::Evidence;
use crate::Finding;
use crate::context::Record;
use crate::evaluation::{EvalKind, Evaluation};
use crate::kinds::{SAME_START_TIME, SMOKE_AFTER_FULL};
use crate::run_dir::leading_id;

/// Evaluations of an entry's own runs, by entry in order.
fn own_runs<'e>(evidence: &'e Evidence<'_>) -> BTreeMap<(usize, &'e Id), Vec<&'e Evaluation<'e>>> {
    let mut runs: BTreeMap<(usize, &Id), Vec<&Evaluation<'_>>> = BTreeMap::new();
    for evaluation in &evidence.context.evaluations {
        let id = &evaluation.record.entry.id;
        if evaluation.stamp.is_some() && evaluation.run.and_then(leading_id).as_ref() == Some(id) {
            runs.entry((evaluation.record.ledger_index, id)).or_default().push(evaluation);
        }
    }
    runs
}

/// A run and the run it depends on start in the same second (IC039).
pub(super) fn same_start_time(evidence: &Evidence<'_>) -> Vec<Finding> {
    let runs = own_runs(evidence);
    let mut findings = Vec::new();
    for (&(ledger, id), own) in &runs {
        let Some(record) = own.first().map(|e| e.record) else { continue };
        let sources = sources(&record);
        let Some(source) = sources.first().filter(|_| sources.len() == 1) else { continue };
        let Some(upstream) = runs.get(&(ledger, *source)) else { continue };
        let serious: Vec<&&Evaluation<'_>> = upstream.iter().filter(|e| e.kind != EvalKind::Smoke).collect();
        let first = serious.iter().min_by(|a, b| a.stamp.cmp(&b.stamp));
        let clash = first.and_then(|up| {
            Some((*up, own.iter().find(|e| e.stamp == up.stamp && e.kind != EvalKind::Smoke)?))
        });
        if let Some((up, down)) = clash {
            let stamp = down.stamp.as_ref().map(ToString::to_string).unwrap_or_default();
            let what = format!("{id} depends on {source}, and both started at {stamp}");
            findings.push(
                Finding::new(&SAME_START_TIME, Some(id), what)
                    .at(down.record.ledger, down.span, format!("the run of {id}"))
                    .at(up.record.ledger, up.span, format!("the run of {source}")),
            );
        }
    }
    findings
}

/// The other experiments whose files an entry's commands and parameters name.
fn sources<'a>(record: &Record<'a>) -> BTreeSet<&'a Id> {
    let entry = record.entry;
    let inputs = |span| {
        let command = entry.commands.iter().any(|command| command.text.span.contains(span));
        let param = entry.field("Params").is_some_and(|field| field.span.contains(span));
        command || param
    };
    let mentions = entry.mentions.iter().filter(|m| m.kind == MentionKind::InPath && m.id != entry.id);
    mentions.filter(|m| inputs(m.span)).map(|m| &m.id).collect()
}

/// The smoke run came after the full one (IC060).
pub(super) fn smoke_after_full(evidence: &Evidence<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for ((_, id), own) in own_runs(evidence) {
        let earliest = |smoke: bool| {
            own.iter().filter(|e| (e.kind == EvalKind::Smoke) == smoke).min_by(|a, b| a.stamp.cmp(&b.stamp))
        };
        let (Some(smoke), Some(full)) = (earliest(true), earliest(false)) else { continue };
        if smoke.stamp > full.stamp {
            let time = |e: &Evaluation<'_>| e.stamp.as_ref().map(ToString::to_string).unwrap_or_default();
            let what = format!(
                "the smoke run of {id} started at {}, after its full run at {}",
                time(smoke),
                time(full)
            );
            findings.push(
                Finding::new(&SMOKE_AFTER_FULL, Some(id), what)
                    .at(smoke.record.ledger, smoke.span, "the smoke run")
                    .at(full.record.ledger, full.span, "the full run"),
            );
        }
    }
    findings
}
