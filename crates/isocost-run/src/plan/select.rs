//! Which jobs are to be run.

use std::collections::{BTreeMap, BTreeSet};

use super::{Closed, Disk, EdgeKind, Job, PlanOptions, PlanProblem};
use crate::ident::JobId;
use crate::store::Snapshot;

/// The jobs that were asked for and, as far as they are not ticked, those that they depend on. A ticked one that is
/// depended on must have a recorded success, or the file that is read must be on disk.
pub(super) fn select(
    jobs: &[Job],
    snapshot: &Snapshot,
    disk: &dyn Disk,
    options: &PlanOptions,
) -> (BTreeSet<JobId>, Vec<PlanProblem>) {
    let by_id: BTreeMap<&JobId, &Job> = jobs.iter().map(|job| (&job.id, job)).collect();
    let mut problems = unknown(jobs, options);
    let mut chosen: BTreeSet<JobId> =
        jobs.iter().filter(|job| is_asked_for(job, options)).map(|job| job.id.clone()).collect();
    let mut pending: Vec<JobId> =
        jobs.iter().map(|job| &job.id).filter(|id| chosen.contains(*id)).cloned().collect();
    // Taken from the end: problems come in order of the ledger.
    pending.reverse();
    while let Some(id) = pending.pop() {
        let Some(job) = by_id.get(&id) else { continue };
        for on in &job.depends {
            let Some(other) = by_id.get(&on.job).filter(|_| !chosen.contains(&on.job)) else { continue };
            if !other.closed {
                chosen.insert(on.job.clone());
                pending.push(on.job.clone());
                continue;
            }
            let is_recorded = snapshot.latest_success(&on.job).is_some();
            let is_there = on.kind == EdgeKind::Input && disk.exists(&on.why);
            // A gate says for itself what it misses; an earlier stage that the ledger ticks counts as done.
            if is_recorded || is_there || matches!(on.kind, EdgeKind::Gate | EdgeKind::Stage) {
                continue;
            }
            problems.push(match on.kind {
                EdgeKind::Input => PlanProblem::NothingRecorded {
                    job: job.id.clone(),
                    pattern: on.why.clone(),
                    owner: on.job.experiment.clone(),
                },
                _ => PlanProblem::NeedNotRecorded {
                    job: job.id.clone(),
                    need: on.job.clone(),
                    why: on.why.clone(),
                },
            });
        }
    }
    (chosen, problems)
}

fn is_asked_for(job: &Job, options: &PlanOptions) -> bool {
    let stage = options.stages.is_empty() || options.stages.contains(&job.id.stage);
    if options.selections.is_empty() {
        let is_open = !job.closed || options.closed == Closed::Include;
        // What the ledger itself says is not implemented is left out, but refused when it is asked for by name.
        return stage && is_open && job.blocked.is_none();
    }
    let named = options.selections.iter().any(|selection| {
        selection.experiment == job.id.experiment && selection.stage.is_none_or(|stage| stage == job.id.stage)
    });
    stage && named
}

fn unknown(jobs: &[Job], options: &PlanOptions) -> Vec<PlanProblem> {
    let matches = |selection: &&super::Selection| {
        !jobs.iter().any(|job| {
            job.id.experiment == selection.experiment
                && selection.stage.is_none_or(|stage| stage == job.id.stage)
        })
    };
    let missing = options.selections.iter().filter(matches);
    missing
        .map(|selection| {
            let stage = selection.stage.map(|stage| format!("@{}", stage.name())).unwrap_or_default();
            PlanProblem::UnknownExperiment { name: format!("{}{stage}", selection.experiment) }
        })
        .collect()
}
