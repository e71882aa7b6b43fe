//! What is on record, for a report.

use std::collections::BTreeSet;
use std::path::Path;

use isocost_ledger::model::{Claim, Ledger};
use isocost_report::model::{
    ClaimView, ComparisonView, LogLink, LookKind, LookView, ParetoPoint, ParetoSeries, RunOutcome, RunView,
    VerdictKind,
};
use isocost_run::store::{Attempt, AttemptOutcome, AttemptState, Store};
use isocost_stats::PValue;
use isocost_trial::claim::{CostRule, DeclaredClaim};
use isocost_trial::frontier::frontier;
use isocost_trial::{Look, LookBook, Metric, Split, VerdictRecord};

use crate::error::CliError;
use crate::evidence::Evidence;
use crate::judgement::table_refs;

/// A claim of the ledger with the verdict on record.
pub(crate) fn on_record(claim: &Claim, record: Option<&VerdictRecord>) -> ClaimView {
    match record {
        Some(record) => super::verdict(&record.verdict),
        None => ClaimView {
            id: claim.id.to_string(),
            statement: claim.statement.trimmed().to_owned(),
            rule: claim
                .rule
                .as_ref()
                .map(|rule| rule.trimmed().trim_matches('`').to_owned())
                .unwrap_or_default(),
            verdict: VerdictKind::Unproven,
            reasons: vec!["no verdict is on record; `isocost prove` decides it".to_owned()],
            ..ClaimView::default()
        },
    }
}

/// The comparisons of verdicts on record.
pub(crate) fn comparisons(ledger: &Ledger, records: &[&VerdictRecord]) -> Vec<ComparisonView> {
    let cost_of = |id: &str| {
        let claim = ledger.claims.iter().find(|claim| claim.id.as_ref() == id);
        claim
            .and_then(|claim| DeclaredClaim::from_ledger(claim).ok())
            .map_or(CostRule::EqualRequired, |claim| claim.spec.cost)
    };
    let mut views = Vec::new();
    for record in records {
        let id = record.verdict.claim.as_str();
        views.extend(record.verdict.comparisons.iter().map(|one| super::comparison(id, one, cost_of(id))));
    }
    views
}

/// The looks on record.
pub(crate) fn recorded_looks(book: &LookBook) -> Vec<LookView> {
    let mut seen: Vec<&Split> = Vec::new();
    let mut views = Vec::new();
    for look in book.looks() {
        seen.push(&look.seen.split);
        let at_split = seen.iter().filter(|split| ***split == look.seen.split).count();
        views.push(recorded_look(look, at_split));
    }
    super::looks::correct(&mut views, |_| true);
    views
}

fn recorded_look(look: &Look, at_split: usize) -> LookView {
    let seen = &look.seen;
    let p = seen.p.map(PValue::get);
    LookView {
        order: look.n,
        time: look.time.clone(),
        experiment: format!("{} vs {}", seen.comparison.left, seen.comparison.right),
        claim: Some(seen.claim.to_string()),
        split: seen.split.to_string(),
        run: seen.tables.first().map(|table| table.path.display().to_string()).unwrap_or_default(),
        seeds: seen.n_seeds.to_string(),
        delta: Some(seen.delta),
        p,
        p_bonferroni: p.map(|p| (p * at_split as f64).min(1.0)),
        p_holm: None,
        kind: LookKind::Full,
        cumulative: u64::try_from(at_split).unwrap_or(u64::MAX),
    }
}

/// Metric against cost, only for tables that were looked at before: a report is no look.
pub(crate) fn pareto(
    ledger: &Ledger,
    records: &[&VerdictRecord],
    evidence: &Evidence<'_>,
) -> Result<Vec<ParetoSeries>, CliError> {
    let mut done: BTreeSet<(Vec<String>, Metric, Split)> = BTreeSet::new();
    let mut series = Vec::new();
    for record in records {
        let claim = ledger.claims.iter().find(|claim| claim.id.as_ref() == record.verdict.claim.as_str());
        let Some(claim) = claim.and_then(|claim| DeclaredClaim::from_ledger(claim).ok()) else { continue };
        let Some(table) = evidence.tables(&table_refs(&claim))?.table else { continue };
        let hashes: Vec<String> = table.sources().iter().map(|source| source.blake3.clone()).collect();
        for comparison in &record.verdict.comparisons {
            let selection = &comparison.selection;
            let (Some(metric), Some(split)) = (&selection.metric, &selection.split) else { continue };
            if done.insert((hashes.clone(), metric.clone(), split.clone())) {
                series.extend(one_series(&frontier(&table, metric, split), metric, split));
            }
        }
    }
    Ok(series)
}

fn one_series(
    points: &[isocost_trial::frontier::ArmPoint],
    metric: &Metric,
    split: &Split,
) -> Option<ParetoSeries> {
    let unit = points.first()?.cost_unit.to_string();
    let point = |point: &isocost_trial::frontier::ArmPoint| ParetoPoint {
        arm: point.arm.to_string(),
        budget: point.budget.to_string(),
        cost: point.cost,
        value: point.value,
        interval: None,
        on_front: point.on_front,
    };
    Some(ParetoSeries {
        metric: metric.to_string(),
        split: split.to_string(),
        cost_unit: unit,
        points: points.iter().map(point).collect(),
    })
}

/// All attempts in order of time, with links relative to `place`.
pub(crate) fn runs(store: &Store, place: &Path) -> Vec<RunView> {
    let mut attempts: Vec<&Attempt> = store.snapshot().iter().collect();
    attempts.sort_by_key(|attempt| (attempt.record.started, attempt.record.reference()));
    attempts.into_iter().map(|attempt| run(attempt, store, place)).collect()
}

fn run(attempt: &Attempt, store: &Store, place: &Path) -> RunView {
    let (record, layout) = (&attempt.record, store.layout());
    let reference = record.reference();
    let log = |name: &str, path: &Path| LogLink { text: name.to_owned(), path: relative(path, place) };
    let artifact = |path: &String| match path.strip_prefix("artifacts/") {
        Some(own) => relative(&layout.artifacts(&reference).join(own), place),
        None => path.clone(),
    };
    RunView {
        id: record.experiment.clone(),
        stage: record.stage.name().to_owned(),
        attempt: record.attempt.to_string(),
        outcome: outcome(attempt.state),
        started: record.started.to_string(),
        seconds: record.seconds(),
        why: record.reason.clone().unwrap_or_default(),
        logs: vec![
            log("stdout.log", &layout.stdout(&reference)),
            log("stderr.log", &layout.stderr(&reference)),
        ],
        artifacts: record.outputs.iter().map(|output| artifact(&output.path)).collect(),
    }
}

fn outcome(state: AttemptState) -> RunOutcome {
    match state {
        AttemptState::Running | AttemptState::Orphaned => RunOutcome::Running,
        AttemptState::Ended(outcome) => match outcome {
            AttemptOutcome::Running | AttemptOutcome::Interrupted => RunOutcome::Interrupted,
            AttemptOutcome::Succeeded => RunOutcome::Succeeded,
            AttemptOutcome::Failed => RunOutcome::Failed,
            AttemptOutcome::ContractViolated => RunOutcome::ContractViolated,
            AttemptOutcome::TimedOut => RunOutcome::TimedOut,
        },
    }
}

/// `path` as seen from the directory `place`; both absolute.
fn relative(path: &Path, place: &Path) -> String {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let shared = path.components().zip(place.components()).take_while(|(a, b)| a == b).count();
    let up = place.components().skip(shared).map(|_| "..".to_owned());
    let down = path.components().skip(shared).map(|part| part.as_os_str().to_string_lossy().into_owned());
    up.chain(down).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_climbs_out_of_the_pages_directory_as_far_as_it_has_to() {
        let link = |path: &str, place: &str| relative(Path::new(path), Path::new(place));
        assert_eq!(link("/p/.isocost/a.log", "/p"), ".isocost/a.log");
        assert_eq!(link("/p/.isocost/a.log", "/p/out/x"), "../../.isocost/a.log");
    }
}
