//! From reported evaluations to looks: one look per run, however often it is reported.

use std::collections::BTreeMap;

use isocost_ledger::model::{Id, Ledger, SplitName};
use isocost_ledger::text::Span;

use super::claim::claim_of;
use super::{Arms, Look, LookKind};
use crate::Location;
use crate::context::Context;
use crate::evaluation::{EvalKind, Evaluation};
use crate::run_dir::leading_id;

/// What makes two reports one look.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Identity {
    /// The same run directory.
    Run(String),
    /// Without one: the same experiment and numbers, as bits.
    Numbers(Id, u64, u64),
}

/// All looks, in time order.
pub(crate) fn looks(context: &Context<'_>) -> Vec<Look> {
    let mut order = Vec::new();
    let mut found: BTreeMap<Identity, Look> = BTreeMap::new();
    let numbered = only_numbered_split(context);
    for evaluation in &context.evaluations {
        let Some(look) = look(context, evaluation, numbered.as_ref()) else { continue };
        let identity = identity(&look);
        if let Some(known) = found.get_mut(&identity) {
            merge(known, look);
        } else {
            order.push(identity.clone());
            found.insert(identity, look);
        }
    }
    let mut looks: Vec<Look> = order.into_iter().filter_map(|identity| found.remove(&identity)).collect();
    join_reports_without_run(&mut looks);
    looks.sort_by(|a, b| (a.at.is_none(), &a.at).cmp(&(b.at.is_none(), &b.at)));
    looks
}

/// Moves reports that name no run to the look of the same experiment with the same numbers.
fn join_reports_without_run(looks: &mut Vec<Look>) {
    let key = |look: &Look| numbers(look).filter(|_| look.run.is_some());
    let runs: BTreeMap<_, usize> =
        looks.iter().enumerate().filter_map(|(index, look)| Some((key(look)?, index))).collect();
    let target =
        |look: &Look| numbers(look).filter(|_| look.run.is_none()).and_then(|key| runs.get(&key).copied());
    let moves: Vec<Option<usize>> = looks.iter().map(target).collect();
    for (from, to) in moves.iter().enumerate() {
        let report = to.and_then(|_| looks.get(from).cloned());
        if let (Some(report), Some(known)) = (report, to.and_then(|to| looks.get_mut(to))) {
            merge(known, report);
        }
    }
    let mut gone = moves.into_iter().map(|to| to.is_some());
    looks.retain(|_| !gone.next().unwrap_or(false));
}

fn numbers(look: &Look) -> Option<(Id, u64, u64)> {
    Some((look.entry.clone(), look.delta?.to_bits(), look.p?.to_bits()))
}

fn identity(look: &Look) -> Identity {
    match &look.run {
        Some(run) => Identity::Run(run.clone()),
        None => Identity::Numbers(
            look.entry.clone(),
            look.delta.unwrap_or(f64::NAN).to_bits(),
            look.p.unwrap_or(f64::NAN).to_bits(),
        ),
    }
}

/// Fills in from a further report what the first one left out.
fn merge(known: &mut Look, other: Look) {
    known.claim = known.claim.take().or(other.claim);
    known.seeds = known.seeds.take().or(other.seeds);
    known.arms = known.arms.take().or(other.arms);
    known.delta = known.delta.or(other.delta);
    known.p = known.p.or(other.p);
    known.file = known.file.take().or(other.file);
    known.config = known.config.take().or(other.config);
    known.reported.extend(other.reported);
}

fn look(context: &Context<'_>, evaluation: &Evaluation<'_>, numbered: Option<&SplitName>) -> Option<Look> {
    let kind = match evaluation.kind {
        EvalKind::Smoke => return None,
        EvalKind::Full => LookKind::Full,
        EvalKind::Quick => LookKind::Quick,
        EvalKind::Sweep => LookKind::Sweep,
    };
    let read = evaluation.named_test || evaluation.comparison.is_some();
    let builds = evaluation.run.is_some_and(|run| run.contains("build_cache"));
    if !evaluation.is_protected() || !read || builds {
        return None;
    }
    let unnamed = || SplitName { kind: "test".to_owned(), nominal: None };
    let split = evaluation.split.clone().filter(|split| crate::words::is_protected(&split.kind));
    let split = match split {
        Some(split) if split.nominal.is_some() => split,
        other if evaluation.named_test => numbered.cloned().or(other).unwrap_or_else(unnamed),
        other => other.unwrap_or_else(unnamed),
    };
    let entry = evaluation.run.and_then(leading_id).unwrap_or_else(|| evaluation.record.entry.id.clone());
    let arms = evaluation.arms().map(|(left, right)| Arms { left: left.to_owned(), right: right.to_owned() });
    Some(Look {
        claim: claim_of(context, evaluation.record),
        kind,
        split,
        seeds: evaluation.seeds.clone(),
        arms,
        delta: evaluation.delta(),
        p: evaluation.p(),
        run: evaluation.run.map(str::to_owned),
        at: evaluation.stamp,
        file: evaluation.file.map(str::to_owned),
        config: evaluation.statement.context.selected.as_ref().map(|text| text.raw.clone()),
        named: evaluation.named_test,
        reported: vec![location(evaluation.record.ledger, evaluation.span)],
        entry,
    })
}

fn location(ledger: &Ledger, span: Span) -> Location {
    Location {
        file: ledger.source.name().to_owned(),
        span,
        place: ledger.source.place(span.start),
        label: String::new(),
    }
}

/// The numbered protected split that most evaluations name: what a directory called `…_test_…` is taken to be of.
fn only_numbered_split(context: &Context<'_>) -> Option<SplitName> {
    let mut counts: BTreeMap<&SplitName, usize> = BTreeMap::new();
    for evaluation in context.evaluations.iter().filter(|e| e.named_test) {
        if let Some(split) = evaluation.split.as_ref().filter(|s| s.nominal.is_some() && s.kind == "test") {
            *counts.entry(split).or_default() += 1;
        }
    }
    counts.into_iter().max_by_key(|&(_, count)| count).map(|(split, _)| split.clone())
}
