//! Claims: their wording over time, their evidence, and what ledgers say of them.

use std::collections::{BTreeMap, BTreeSet};

use isocost_ledger::model::{Claim, ClaimVersion, Id, Ledger, Role};

use super::Evidence;
use super::fields::squeezed;
use crate::draft::list;
use crate::kinds::{CLAIM_LEDGER_DISAGREEMENT, CLAIM_REWORDED, EVIDENCE_WITHOUT_RUN};
use crate::looks::declarations;
use crate::{Finding, Severity};

fn claims<'a>(evidence: &Evidence<'a>) -> impl Iterator<Item = (&'a Ledger, &'a Claim)> {
    evidence.context.ledgers.iter().flat_map(|ledger| ledger.claims.iter().map(move |claim| (ledger, claim)))
}

/// Wording without emphasis and layout.
fn wording(statement: &str, rule: Option<&str>) -> String {
    let plain = |text: &str| squeezed(&text.replace(['*', '`', '_'], ""));
    format!("{} | {}", plain(statement), rule.map(plain).unwrap_or_default())
}

/// A claim whose wording or rule changed between snapshots (IC037).
///
/// An error where a look for the claim is on record or a later snapshot ticks it; a warning otherwise.
pub(super) fn claim_reworded(evidence: &Evidence<'_>) -> Vec<Finding> {
    // Where several snapshots were read, each of their claims knows all versions; the last one speaks for them.
    let latest: BTreeMap<&Id, (&Ledger, &Claim)> =
        claims(evidence).map(|(l, claim)| (&claim.id, (l, claim))).collect();
    let mut findings = Vec::new();
    for (ledger, claim) in latest.into_values() {
        let versions: Vec<&ClaimVersion> = claim.history.iter().collect();
        let of = |v: &ClaimVersion| wording(&v.statement, v.rule.as_deref());
        let Some(at) = versions.windows(2).position(|pair| matches!(pair, [a, b] if of(a) != of(b))) else {
            continue;
        };
        let (Some(before), Some(after)) = (versions.get(at), versions.get(at + 1)) else { continue };
        let ticked = versions.get(at + 1..).unwrap_or_default().iter().any(|v| v.ticked);
        let looked = evidence.summaries.iter().any(|s| s.claim == claim.id);
        let id = &claim.id;
        let then = if ticked { ", and it was ticked then" } else { "" };
        let what = format!(
            "{id} read “{}” in {} and “{}” in {}{then}",
            excerpt(&before.statement),
            before.source,
            excerpt(&after.statement),
            after.source
        );
        let mut finding =
            Finding::new(&CLAIM_REWORDED, Some(id), what).at(ledger, claim.statement.span, "its wording now");
        if !ticked && !looked {
            finding.severity = Severity::Warning;
        }
        findings.push(finding);
    }
    findings
}

/// The beginning of a statement.
fn excerpt(text: &str) -> String {
    const LONGEST: usize = 80;
    let text = squeezed(text);
    if text.chars().count() <= LONGEST { text } else { text.chars().take(LONGEST).chain(['…']).collect() }
}

/// A ticked claim that cites an experiment without a run (IC038).
pub(super) fn evidence_without_run(evidence: &Evidence<'_>) -> Vec<Finding> {
    let context = evidence.context;
    if context.records.is_empty() {
        return Vec::new();
    }
    let was_run = |id: &Id| {
        let ran = |r: &crate::context::Record<'_>| {
            let entry = r.entry;
            let ticked = entry.statuses.full == Some(true) || entry.statuses.smoke == Some(true);
            entry.role == Role::Result || ticked || entry.results.given().is_some() && !r.is_skipped()
        };
        (0..context.ledgers.len()).any(|ledger| context.of(ledger, id).any(ran))
    };
    let logged: BTreeSet<&Id> =
        context.ledgers.iter().flat_map(|l| l.runs.iter().map(|run| &run.id)).collect();
    let mut findings = Vec::new();
    for (ledger, claim) in claims(evidence).filter(|(_, claim)| claim.ticked) {
        let without: Vec<String> = claim
            .experiments
            .iter()
            .filter(|id| !was_run(id) && !logged.contains(id))
            .map(ToString::to_string)
            .collect();
        if !without.is_empty() {
            let what = format!(
                "{} is ticked and cites {}, of which no run is on record",
                claim.id,
                list(&without, 5)
            );
            findings.push(Finding::new(&EVIDENCE_WITHOUT_RUN, Some(&claim.id), what).at(
                ledger,
                claim.statement.span,
                "ticked",
            ));
        }
    }
    findings
}

/// The plan and the ledger give two answers (IC058).
pub(super) fn claim_ledger_disagreement(evidence: &Evidence<'_>) -> Vec<Finding> {
    let declared = declarations(evidence.context);
    let mut findings = Vec::new();
    for (ledger, claim) in claims(evidence).filter(|(_, claim)| !claim.ticked) {
        let Some(success) = declared.iter().find(|d| d.claim == claim.id) else { continue };
        let id = &claim.id;
        let what = format!("{} declares {id} met, and the plan leaves it open", success.record.entry.id);
        findings.push(
            Finding::new(&CLAIM_LEDGER_DISAGREEMENT, Some(id), what)
                .at(ledger, claim.box_span, "not ticked")
                .at(success.record.ledger, success.span, "declared met"),
        );
    }
    findings
}
