//! Promotions against the rules that were written down (IC035).

use isocost_ledger::model::{Decision, Id, Role, Verb};

use super::Evidence;
use crate::Finding;
use crate::context::{Context, Record};
use crate::draft::list;
use crate::evaluation::{EvalKind, Evaluation};
use crate::kinds::PROMOTED_AGAINST_GATE;
use crate::looks::{claim_in, threshold_in};
use crate::words::split_name;

/// One evaluated candidate and what was decided.
struct Candidate<'e> {
    evaluation: &'e Evaluation<'e>,
    decision: &'e Decision,
    delta: f64,
    p: f64,
}

/// Candidates that went on although others in the same place did better, or although a written threshold was missed.
pub(super) fn promoted_against_gate(evidence: &Evidence<'_>) -> Vec<Finding> {
    let context = evidence.context;
    let candidates = candidates(context);
    let mut findings: Vec<Finding> = Vec::new();
    for promoted in candidates.iter().filter(|c| c.decision.verb == Verb::Promoted) {
        let draft = uneven(promoted, &candidates).or_else(|| below_threshold(context, promoted, &candidates));
        let known = |f: &Finding| f.entry.as_ref() == Some(id(promoted));
        if let Some(draft) = draft.filter(|_| !findings.iter().any(known)) {
            findings.push(draft);
        }
    }
    findings
}

fn id<'e>(candidate: &Candidate<'e>) -> &'e Id {
    &candidate.evaluation.record.entry.id
}

/// Rows of the Results table with Δ, p and a decision on what comes next.
fn candidates<'e>(context: &'e Context<'_>) -> Vec<Candidate<'e>> {
    let rows = context.evaluations.iter().filter(|e| e.record.entry.role == Role::Result);
    rows.filter_map(|evaluation| {
        let record = &evaluation.record;
        let decision = decision(context, record)?;
        Some(Candidate { evaluation, decision, delta: evaluation.delta()?, p: evaluation.p()? })
    })
    .collect()
}

fn decision<'e>(context: &'e Context<'_>, record: &'e Record<'_>) -> Option<&'e Decision> {
    let goes_on = |d: &&Decision| matches!(d.verb, Verb::Promoted | Verb::NotPromoted);
    let queue = context.of_role(record.ledger_index, &record.entry.id, Role::Queue);
    record.entry.decisions.iter().find(goes_on).or_else(|| queue?.entry.decisions.iter().find(goes_on))
}

fn comparable(a: &Candidate<'_>, b: &Candidate<'_>) -> bool {
    let (a, b) = (a.evaluation, b.evaluation);
    a.record.ledger_index == b.record.ledger_index
        && a.kind == b.kind
        && a.split == b.split
        && a.seeds == b.seeds
}

/// Another candidate was better in both numbers and was turned down.
fn uneven(promoted: &Candidate<'_>, all: &[Candidate<'_>]) -> Option<Finding> {
    // A result that repeats a promoted one is turned down for being the same.
    let repeats = |c: &Candidate<'_>| {
        all.iter().any(|p| {
            p.decision.verb == Verb::Promoted
                && p.delta.to_bits() == c.delta.to_bits()
                && p.p.to_bits() == c.p.to_bits()
        })
    };
    let better = |c: &&Candidate<'_>| {
        c.decision.verb == Verb::NotPromoted
            && comparable(promoted, c)
            && c.delta > promoted.delta
            && c.p < promoted.p
            && !repeats(c)
    };
    let best = all.iter().filter(better).max_by(|a, b| a.delta.total_cmp(&b.delta))?;
    let what = format!(
        "{} was promoted with Δ = {:+} and p = {}; {} was not, with Δ = {:+} and p = {}",
        id(promoted),
        promoted.delta,
        promoted.p,
        id(best),
        best.delta,
        best.p
    );
    Some(finding(promoted, what).at(
        best.evaluation.record.ledger,
        best.decision.text.span,
        format!("{} was not promoted", id(best)),
    ))
}

/// On a protected split, Δ is below the threshold that the claim's rule states, and others were stopped there.
fn below_threshold(
    context: &Context<'_>,
    promoted: &Candidate<'_>,
    all: &[Candidate<'_>],
) -> Option<Finding> {
    let record = promoted.evaluation.record;
    if !promoted.evaluation.is_protected() || promoted.evaluation.kind == EvalKind::Sweep {
        return None;
    }
    let queue = context.of_role(record.ledger_index, id(promoted), Role::Queue)?;
    let claim = claim_in(&queue.section()?.heading.raw)?;
    let states = |r: &&Record<'_>| {
        r.ledger_index == record.ledger_index && r.entry.title_facts.proven.as_ref() == Some(&claim)
    };
    let rule = context.records.iter().find(states)?;
    let threshold = threshold_in(rule.text())?;
    let stopped: Vec<String> = all
        .iter()
        .filter(|c| c.decision.verb == Verb::NotPromoted && comparable(promoted, c) && c.delta < threshold)
        .map(|c| id(c).to_string())
        .collect();
    if promoted.delta >= threshold || stopped.is_empty() {
        return None;
    }
    let split = promoted.evaluation.split.as_ref().map(split_name).unwrap_or_default();
    let what = format!(
        "{} was promoted on {split} with Δ = {:+} and p = {}, below the Δ ≥ {threshold:+} written for {claim}; {} were stopped there",
        id(promoted),
        promoted.delta,
        promoted.p,
        list(&stopped, 3)
    );
    let at = rule.text().find("require Δ").map_or(rule.entry.id_span, |at| {
        isocost_ledger::text::Span::new(at, at + "require Δ".len()).shifted(rule.entry.span.start as usize)
    });
    Some(finding(promoted, what).at(rule.ledger, at, "the rule of the claim"))
}

fn finding(promoted: &Candidate<'_>, what: String) -> Finding {
    let record = promoted.evaluation.record;
    let span = promoted.evaluation.comparison.map_or(promoted.evaluation.span, |c| c.span);
    let draft = Finding::new(&PROMOTED_AGAINST_GATE, Some(id(promoted)), what);
    draft.at(record.ledger, promoted.decision.text.span, "promoted").at(
        record.ledger,
        span,
        "on these numbers",
    )
}
