//! Which claim an entry serves, and what the claim demands.

use isocost_ledger::model::{Id, Verb};
use isocost_ledger::text::Span;

use crate::context::{Context, Record};

/// The nearest claim: a decision, the title, an own link, the same experiment elsewhere, the queue's name.
pub(super) fn claim_of(context: &Context<'_>, record: Record<'_>) -> Option<Id> {
    let own = |record: &Record<'_>| {
        let entry = record.entry;
        let decided = entry.decisions.iter().find_map(|decision| decision.claim.clone());
        let linked = || entry.claims.iter().map(|link| &link.id).find(|id| id.is_claim()).cloned();
        entry.title_facts.proven.clone().or(decided).or_else(linked)
    };
    own(&record)
        .or_else(|| context.of(record.ledger_index, &record.entry.id).find_map(own))
        .or_else(|| record.section().and_then(|section| claim_in(&section.heading.raw)))
        .or_else(|| claim_in(record.text()))
}

/// The first `C0003` of a text.
pub(crate) fn claim_in(text: &str) -> Option<Id> {
    text.match_indices('C').find_map(|(at, _)| {
        let free = text
            .get(..at)
            .and_then(|t| t.chars().next_back())
            .is_none_or(|c| !c.is_alphanumeric() && c != '_');
        let digits = text.get(at + 1..at + 5)?;
        let ends = text.get(at + 5..)?.chars().next().is_none_or(|c| !c.is_alphanumeric());
        (free && ends && digits.bytes().all(|b| b.is_ascii_digit())).then(|| Id(format!("C{digits}")))
    })
}

/// A place that declares a claim met.
#[derive(Debug, Clone)]
pub(crate) struct Declared<'a> {
    /// The claim.
    pub claim: Id,
    /// The entry that declares it.
    pub record: Record<'a>,
    /// Where.
    pub span: Span,
}

/// All declarations that a claim is met, in document order.
pub(crate) fn declarations<'a>(context: &Context<'a>) -> Vec<Declared<'a>> {
    let mut declared = Vec::new();
    for &record in &context.records {
        let entry = record.entry;
        if let Some(claim) = &entry.title_facts.proven {
            declared.push(Declared { claim: claim.clone(), record, span: mark_span(record) });
        }
        let met = entry.decisions.iter().filter(|d| d.verb == Verb::Proven && is_settled(&d.text.raw));
        for decision in met {
            if let Some(claim) = &decision.claim {
                declared.push(Declared { claim: claim.clone(), record, span: decision.text.span });
            }
        }
    }
    declared
}

/// Where the title says `proven`.
fn mark_span(record: Record<'_>) -> Span {
    let title = &record.entry.title;
    title.raw.find("(**").map_or(title.span, |at| Span {
        start: title.span.start + u32::try_from(at).unwrap_or(0),
        end: title.span.end,
    })
}

/// Whether words about a proof state it rather than set a condition for it.
fn is_settled(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    !["if ", "to be ", "attempt", "whether", "=false", "not ", "unproven"]
        .iter()
        .any(|word| lower.contains(word))
}

/// The smallest Δ that a text demands: `Δ≥+0.02`, `Δ>=0.02`.
pub(crate) fn threshold_in(text: &str) -> Option<f64> {
    ["Δ≥", "Δ>=", "Δ ≥ ", "Δ >= ", "delta >= ", "delta>="].iter().find_map(|mark| {
        let rest = text.get(text.find(mark)? + mark.len()..)?;
        let end =
            rest.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '+' | '-'))).unwrap_or(rest.len());
        rest.get(..end)?.trim_end_matches('.').parse().ok()
    })
}

/// The threshold that the entry of a declaration states, in its requirements, checks or objective; else the one that
/// most other entries of the claim state.
pub(crate) fn threshold(context: &Context<'_>, declared: &Declared<'_>) -> Option<f64> {
    let of = |record: &Record<'_>| threshold_in(record.text());
    let own = context.of(declared.record.ledger_index, &declared.record.entry.id).find_map(of);
    own.or_else(|| {
        let linked = |record: &&Record<'_>| record.entry.claims.iter().any(|link| link.id == declared.claim);
        context.records.iter().filter(linked).find_map(of)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thresholds_are_read_in_either_spelling() {
        assert_eq!(threshold_in("(report Δ; require Δ≥+0.02 and p<0.05)"), Some(0.02));
        assert_eq!(threshold_in("`Δ>=+0.02` and paired"), Some(0.02));
        assert_eq!(threshold_in("report Δ"), None);
    }

    #[test]
    fn a_claim_id_is_a_word() {
        assert_eq!(claim_in("### Queue (C0003 push)"), Some(Id("C0003".into())));
        assert_eq!(claim_in("AC0003 C00034 C12"), None);
    }

    #[test]
    fn a_condition_for_a_proof_is_no_declaration() {
        assert!(is_settled("**C0003 hard gate met**"));
        assert!(!is_settled("if Δ≥+0.02 and p<0.05, mark C0003 proven"));
    }
}
