//! What a run would do.

use std::collections::BTreeSet;

use serde::Serialize;

use super::fresh::freshness;
use super::prepare::prepare;
use super::{Force, RunOptions, Why};
use crate::gate::{GateFailure, Recorded, closed_gates};
use crate::ident::{AttemptNo, JobId};
use crate::plan::{EdgeKind, Job, Plan};
use crate::project::Project;
use crate::store::Store;

/// What a run would do with one job.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Preview {
    /// The job.
    pub job: JobId,
    /// What would be done.
    #[serde(flatten)]
    pub action: PreviewAction,
}

/// What would be done with a job.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "action", rename_all = "snake_case")]
pub enum PreviewAction {
    /// It would be run.
    Run {
        /// Why.
        why: Vec<Why>,
    },
    /// It would be looked at after others have run.
    Depends {
        /// Those.
        on: Vec<JobId>,
    },
    /// Nothing changed since this attempt.
    Fresh {
        /// The attempt.
        attempt: AttemptNo,
    },
    /// Its gates are closed.
    GateClosed {
        /// Why.
        failures: Vec<GateFailure>,
    },
    /// It cannot be run.
    CannotRun {
        /// Why.
        why: String,
    },
}

/// What a run would do, in the plan's order. Reads files; changes nothing.
pub fn preview(plan: &Plan, project: &Project, store: &Store, options: &RunOptions) -> Vec<Preview> {
    let recorded = Recorded {
        snapshot: store.snapshot(),
        layout: store.layout(),
        root: project.root(),
        hashes: store.hashes(),
    };
    let mut unsettled: BTreeSet<usize> = BTreeSet::new();
    let mut previews = Vec::with_capacity(plan.jobs.len());
    for (at, job) in plan.jobs.iter().enumerate() {
        let edges = plan.edges.iter().filter(|edge| edge.to == at && edge.kind != EdgeKind::Sequence);
        let on: BTreeSet<usize> =
            edges.map(|edge| edge.from).filter(|from| unsettled.contains(from)).collect();
        let action = if on.is_empty() {
            action(job, recorded, options)
        } else {
            let names = on.iter().filter_map(|&from| plan.jobs.get(from)).map(|job| job.id.clone());
            PreviewAction::Depends { on: names.collect() }
        };
        if !matches!(action, PreviewAction::Fresh { .. }) {
            unsettled.insert(at);
        }
        previews.push(Preview { job: job.id.clone(), action });
    }
    previews
}

fn action(job: &Job, recorded: Recorded<'_>, options: &RunOptions) -> PreviewAction {
    let failures = closed_gates(job, recorded);
    if !failures.is_empty() && !options.opened_gates.contains(&job.id.experiment) {
        return PreviewAction::GateClosed { failures };
    }
    let key_environment = options.key_environment.iter();
    let key_environment =
        key_environment.filter_map(|name| Some((name.clone(), std::env::var(name).ok()?))).collect();
    match prepare(job, recorded, &key_environment) {
        Err(why) => PreviewAction::CannotRun { why },
        Ok(_) if options.force == Force::Everything => PreviewAction::Run { why: vec![Why::Forced] },
        Ok(prepared) => match freshness(job, &prepared, recorded) {
            Ok(attempt) => PreviewAction::Fresh { attempt },
            Err(why) => PreviewAction::Run { why },
        },
    }
}
