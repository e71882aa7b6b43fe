//! Claims decided together.

use std::collections::{BTreeMap, BTreeSet};

use isocost_ledger::rule::{Outcome, eval};

use super::desk::{Artifacts, Desk, Tested};
use super::family::{Member, Share, correct};
use super::hypothesis::is_p;
use super::judge::{Finding, Judged, judge, mentions, regions};
use super::leak::leaks;
use super::method::method;
use super::planned::{Spent, spend};
use super::reason::{Reason, ReasonKind};
use super::scope::ClaimScope;
use super::spec::{ClaimSpec, CostRule};
use super::verdict::{LookCount, Status, Verdict};
use crate::Split;
use crate::chain::{LookBook, LookComparison, LookDraft};
use crate::compare::{BudgetReport, Comparison, CostCheck, Selection};
use crate::table::OutcomeTable;

/// One claim with its evidence.
pub struct ClaimInput<'a> {
    /// The claim.
    pub spec: &'a ClaimSpec,
    /// Its outcomes; `None` if there are none yet.
    pub table: Option<&'a OutcomeTable>,
    /// Its metric artifacts.
    pub artifacts: &'a dyn Artifacts,
    /// What the caller already knows against the evidence, such as a broken contract.
    pub problems: Vec<Reason>,
}

/// A verdict, and the looks that it took.
#[derive(Debug, Clone, PartialEq)]
pub struct Decision {
    /// The verdict.
    pub verdict: Verdict,
    /// What must be recorded before the verdict is shown; see [`LookBook::record`].
    pub looks: Vec<LookDraft>,
}

/// Decides claims. Those of one family must be decided together: their p-values are corrected for each other and for the
/// family's earlier looks in `book`. Reads nothing and writes nothing.
pub fn decide(inputs: &[ClaimInput<'_>], book: &LookBook) -> Vec<Decision> {
    let mut desks: Vec<Desk<'_>> = inputs.iter().map(desk).collect();
    // First pass: which comparisons does each rule test, and what is their p?
    for desk in &desks {
        judge(&desk.spec.rule.expr, &ClaimScope::new(desk));
    }
    let tested: Vec<BTreeMap<Selection, Tested>> = desks.iter().map(Desk::tested).collect();
    let drafts: Vec<Vec<LookDraft>> =
        desks.iter().zip(&tested).map(|(desk, tested)| drafts(desk, tested)).collect();
    let spent: Vec<Spent> = desks
        .iter()
        .zip(&tested)
        .zip(&drafts)
        .map(|((desk, tested), drafts)| spend(desk, tested, drafts, book))
        .collect();
    let members: Vec<Member<'_>> = desks
        .iter()
        .zip(&tested)
        .zip(&drafts)
        .zip(&spent)
        .map(|(((desk, tested), drafts), spent)| Member {
            spec: desk.spec,
            family: desk.spec.family_name(),
            tested,
            drafts,
            spent,
        })
        .collect();
    let after = drafts.iter().fold(book.clone(), |book, drafts| book.with(drafts));
    let corrections = correct(&members, book);
    // Second pass: the corrected values are known.
    let mut decisions = Vec::with_capacity(desks.len());
    let parts = inputs.iter().zip(&tested).zip(&drafts).zip(&spent).zip(corrections);
    for (desk, ((((input, tested), drafts), spent), Share { mut corrected, size })) in
        desks.iter_mut().zip(parts)
    {
        let looks = look_count(desk.spec, drafts, &after);
        corrected.looks = looks.at_split;
        desk.corrected = Some(corrected);
        desk.turn = spent.turn;
        desk.interval_alpha = spent.interval.unwrap_or(desk.spec.alpha);
        let verdict = verdict(desk, input, tested, &Family { size, looks, book });
        decisions.push(Decision { verdict, looks: drafts.clone() });
    }
    decisions
}

struct Family<'b> {
    size: usize,
    looks: LookCount,
    book: &'b LookBook,
}

fn desk<'a>(input: &ClaimInput<'a>) -> Desk<'a> {
    let bare = Desk::new(input.spec, input.table, input.artifacts, BTreeMap::new());
    let regions = regions(&input.spec.rule.expr, &bare);
    Desk::new(input.spec, input.table, input.artifacts, regions)
}

fn verdict(
    desk: &Desk<'_>,
    input: &ClaimInput<'_>,
    tested: &BTreeMap<Selection, Tested>,
    family: &Family<'_>,
) -> Verdict {
    let spec = desk.spec;
    let scope = ClaimScope::new(desk);
    let judged = judge(&spec.rule.expr, &scope);
    let outcome = eval(&spec.rule, &scope);
    let comparisons = comparisons(desk, tested);
    let against = against(desk, input, &comparisons, family.book);
    let status = status(&judged, &outcome, &against);
    let first = comparisons.first();
    Verdict {
        schema: Verdict::SCHEMA.to_owned(),
        claim: spec.id.clone(),
        statement: spec.statement.clone(),
        rule: spec.rule.text.clone(),
        status,
        p_raw: judged.raw,
        p_adjusted: judged.adjusted,
        reasons: reasons(against, judged, desk, input, &comparisons, family),
        family: spec.family_name(),
        family_size: family.size,
        alpha: spec.alpha,
        method: method(desk, tested.len(), family.size),
        effect: first.map(|comparison| comparison.delta),
        interval: first.and_then(|comparison| comparison.interval),
        n_items: first.map(|comparison| comparison.n_items),
        n_seeds: first.map(|comparison| comparison.n_seeds),
        looks: family.looks,
        outcome,
        comparisons,
    }
}

fn status(judged: &Judged, outcome: &Outcome, against: &[Reason]) -> Status {
    if !against.is_empty() {
        return Status::Invalid;
    }
    match judged.finding {
        Finding::Supported if *outcome == Outcome::Holds => Status::Supported,
        Finding::Supported | Finding::Open => Status::Inconclusive,
        Finding::Refuted => Status::Refuted,
        Finding::Unknown => Status::Unproven,
    }
}

fn comparisons(desk: &Desk<'_>, tested: &BTreeMap<Selection, Tested>) -> Vec<Comparison> {
    let whole = |tested: &Tested| {
        let (margin, tail) = tested.region.margin_and_tail();
        let analysis = tested.analysis.as_ref().as_ref().ok()?;
        let comparison = analysis.comparison(margin, tail, desk.spec.cost_terms()).ok()?;
        let unequal = matches!(comparison.cost, CostCheck::Unequal { .. } | CostCheck::UnequalCells { .. });
        let budget_report =
            desk.table.filter(|_| unequal).and_then(|table| BudgetReport::of(table, analysis.pairing()));
        Some(Comparison { p: tested.p, budget_report, ..comparison })
    };
    tested.values().filter_map(whole).collect()
}

/// Everything that makes the verdict invalid.
fn against(
    desk: &Desk<'_>,
    input: &ClaimInput<'_>,
    comparisons: &[Comparison],
    book: &LookBook,
) -> Vec<Reason> {
    let mut reasons: Vec<Reason> =
        input.problems.iter().filter(|reason| reason.kind.invalidates()).cloned().collect();
    reasons.extend(changed(desk.spec, book));
    if desk.spec.cost == CostRule::EqualRequired {
        reasons.extend(comparisons.iter().filter_map(unequal));
    }
    let splits: BTreeSet<Split> = comparisons.iter().filter_map(|c| c.selection.split.clone()).collect();
    if let Some(table) = desk.table.filter(|_| !splits.is_empty()) {
        reasons.extend(leaks(table, &splits, &desk.spec.exclude));
    }
    reasons
}

fn unequal(comparison: &Comparison) -> Option<Reason> {
    let kind = match comparison.cost {
        CostCheck::Equal { .. } => return None,
        CostCheck::Unequal { .. } | CostCheck::UnequalCells { .. } => ReasonKind::UnequalCost,
        CostCheck::NotMeasured { .. } => ReasonKind::CostNotMeasured,
        CostCheck::UnitMismatch { .. } | CostCheck::WrongUnit { .. } => ReasonKind::CostUnitMismatch,
    };
    Some(Reason::new(kind, format!("{}: {}{}", comparison.selection, comparison.cost, means(comparison))))
}

/// Where costs differ beyond the tolerance: who overspends, on what, and what would match.
fn overspending(comparison: &Comparison) -> impl Iterator<Item = Reason> + '_ {
    let sentences = comparison.budget_report.iter().flat_map(BudgetReport::sentences);
    sentences
        .map(|sentence| Reason::new(ReasonKind::BudgetMatch, format!("{}: {sentence}", comparison.selection)))
}

/// Both mean costs in words, where they are known.
fn means(comparison: &Comparison) -> String {
    match (&comparison.left.cost, &comparison.right.cost) {
        (Some(left), Some(right)) => {
            format!(" ({:.6} {} against {:.6} {})", left.mean, left.unit, right.mean, right.unit)
        }
        _ => String::new(),
    }
}

/// A claim's wording, rule and terms are fixed at its first look.
fn changed(spec: &ClaimSpec, book: &LookBook) -> Option<Reason> {
    let first = book.of(&spec.id).next()?;
    let same_rule = first.seen.rule.trim() == spec.rule.text.trim();
    let same_words = first.seen.claim_text_hash == spec.statement_hash();
    let same_terms = first.seen.terms == spec.terms();
    let parts = [(same_words, "its wording"), (same_rule, "its rule"), (same_terms, "its terms")];
    let changed: Vec<&str> = parts.into_iter().filter(|(same, _)| !same).map(|(_, part)| part).collect();
    if changed.is_empty() {
        return None;
    }
    let rule_then = format!(" (rule then: `{}`)", first.seen.rule);
    let terms_then = format!(" (terms then: {}; now: {})", first.seen.terms, spec.terms());
    let sentence = format!(
        "{} changed after look {} of {}; what is claimed now is a new claim and needs a new id{}{}",
        changed.join(" and "),
        first.n,
        first.time,
        if same_rule { "" } else { &rule_then },
        if same_terms { "" } else { &terms_then },
    );
    Some(Reason::new(ReasonKind::ChangedAfterLook, sentence))
}

fn reasons(
    against: Vec<Reason>,
    judged: Judged,
    desk: &Desk<'_>,
    input: &ClaimInput<'_>,
    comparisons: &[Comparison],
    family: &Family<'_>,
) -> Vec<Reason> {
    let mut reasons = against;
    reasons.extend(input.problems.iter().filter(|reason| !reason.kind.invalidates()).cloned());
    reasons.extend(judged.reasons);
    if desk.spec.cost == CostRule::EqualRequired {
        reasons.extend(comparisons.iter().flat_map(overspending));
    }
    let tests = |name: &str| is_p(name) || matches!(name, "delta" | "ci_low" | "ci_high");
    if comparisons.is_empty() && !mentions(&desk.spec.rule.expr, tests) {
        let sentence = "the rule states numbers alone: nothing says whether chance could have given them";
        reasons.push(Reason::new(ReasonKind::NoTest, sentence));
    }
    for comparison in comparisons {
        let unpaired = comparison.unpaired.sentences();
        let notes = comparison.notes.iter().map(|note| note.sentence().to_owned()).chain(unpaired);
        reasons.extend(
            notes.map(|note| Reason::new(ReasonKind::Note, format!("{}: {note}", comparison.selection))),
        );
    }
    if let Some(note) = desk.corrected.as_ref().and_then(|corrected| corrected.note.clone()) {
        reasons.push(Reason::new(ReasonKind::MethodChanged, note));
    }
    if let Some(turn) = desk.turn.filter(|turn| turn.look > turn.of) {
        let sentence = format!(
            "this is look {} of {} that were planned: no alpha is left; plan a new claim on new evidence",
            turn.look, turn.of
        );
        reasons.push(Reason::new(ReasonKind::MethodChanged, sentence));
    }
    if !desk.spec.exclude.is_empty() {
        let excluded = crate::compare::Names::of(desk.spec.exclude.iter().map(crate::ItemId::as_str));
        let sentence = format!("{} item(s) are excluded by name: {excluded}", excluded.count);
        reasons.push(Reason::new(ReasonKind::ItemsExcluded, sentence));
    }
    let LookCount { at_split, by_claim } = family.looks;
    if at_split > 1 {
        let sentence = format!(
            "this split was looked at {at_split} times, {by_claim} for this claim; the correction is for {} comparison{}",
            family.size,
            if family.size == 1 { "" } else { "s" },
        );
        reasons.push(Reason::new(ReasonKind::EarlierLooks, sentence));
    }
    reasons
}

fn look_count(spec: &ClaimSpec, drafts: &[LookDraft], after: &LookBook) -> LookCount {
    let splits: BTreeSet<&Split> = drafts.iter().map(|draft| &draft.split).collect();
    LookCount {
        at_split: splits.into_iter().map(|split| after.count_at(split)).sum(),
        by_claim: after.count_of(&spec.id),
    }
}

fn drafts(desk: &Desk<'_>, tested: &BTreeMap<Selection, Tested>) -> Vec<LookDraft> {
    let spec = desk.spec;
    let draft = |(selection, tested): (&Selection, &Tested)| {
        let analysis = tested.analysis.as_ref().as_ref().ok()?;
        Some(LookDraft {
            claim: spec.id.clone(),
            claim_text_hash: spec.statement_hash(),
            rule: spec.rule.text.clone(),
            terms: spec.terms(),
            family: spec.family_name(),
            tables: desk.table.map(|table| table.sources().to_vec()).unwrap_or_default(),
            split: selection.split.clone()?,
            comparison: LookComparison {
                left: selection.left.clone(),
                right: selection.right.clone(),
                budget: selection.budget.clone(),
                metric: selection.metric.clone()?,
                seed: selection.seed.clone(),
            },
            delta: analysis.delta(),
            p: tested.p,
            interval: analysis.interval(spec.alpha).ok().flatten(),
            n_items: analysis.differences().items(),
            n_seeds: analysis.n_seeds(),
            n_excluded: spec.exclude.len(),
        })
    };
    let drafts: Vec<LookDraft> = tested.iter().filter_map(draft).collect();
    if drafts.is_empty() { reads(desk) } else { drafts }
}

/// A rule that tests nothing has still read the split: each arm that it read is a look.
fn reads(desk: &Desk<'_>) -> Vec<LookDraft> {
    let spec = desk.spec;
    let mut drafts: Vec<LookDraft> = Vec::new();
    for (_, read) in desk.reads() {
        let (Some(split), Some(metric)) = (read.selection.split.clone(), read.selection.metric.clone())
        else {
            continue;
        };
        let comparison = LookComparison {
            left: read.selection.left.clone(),
            right: read.selection.right.clone(),
            budget: read.selection.budget.clone(),
            metric,
            seed: read.selection.seed.clone(),
        };
        if drafts.iter().any(|draft| draft.comparison == comparison && draft.split == split) {
            continue;
        }
        drafts.push(LookDraft {
            claim: spec.id.clone(),
            claim_text_hash: spec.statement_hash(),
            rule: spec.rule.text.clone(),
            terms: spec.terms(),
            family: spec.family_name(),
            tables: desk.table.map(|table| table.sources().to_vec()).unwrap_or_default(),
            split,
            comparison,
            delta: read.value,
            p: None,
            interval: None,
            n_items: read.cells,
            n_seeds: 1,
            n_excluded: spec.exclude.len(),
        });
    }
    drafts
}
