//! The plan.

use std::collections::BTreeMap;

use isocost_ledger::model::Ledger;

use super::depends::{Producers, depends_of};
use super::order::order;
use super::select::select;
use super::{Disk, Edge, EdgeKind, Job, Plan, PlanError, PlanOptions, PlanProblem, jobs_of};
use crate::store::Snapshot;

/// Plans the ledgers' jobs.
///
/// Jobs come in document order unless a dependency says otherwise. In a section whose heading says `sequential`, each job
/// also waits for the end of the one before it.
///
/// # Errors
/// All problems at once; nothing has been started.
pub fn plan(
    ledgers: &[&Ledger],
    snapshot: &Snapshot,
    disk: &dyn Disk,
    options: &PlanOptions,
) -> Result<Plan, PlanError> {
    let jobs = jobs_of(ledgers).map_err(|problems| PlanError { problems })?;
    link(jobs, snapshot, disk, options)
}

/// Plans these jobs.
pub fn link(
    mut jobs: Vec<Job>,
    snapshot: &Snapshot,
    disk: &dyn Disk,
    options: &PlanOptions,
) -> Result<Plan, PlanError> {
    let mut found = Vec::with_capacity(jobs.len());
    let producers = Producers::new(&jobs);
    for (position, job) in jobs.iter().enumerate() {
        found.push(depends_of(job, position, &producers, disk));
    }
    let mut wrong: Vec<Vec<PlanProblem>> = Vec::with_capacity(jobs.len());
    for (job, (depends, problems)) in jobs.iter_mut().zip(found) {
        job.depends = depends;
        wrong.push(problems);
    }
    let (chosen, mut problems) = select(&jobs, snapshot, disk, options);
    let mut kept = Vec::new();
    for (job, wrong) in jobs.into_iter().zip(wrong) {
        if chosen.contains(&job.id) {
            problems.extend(wrong);
            problems.extend(refused(&job, options));
            kept.push(job);
        }
    }
    let positions = match order(&kept) {
        Ok(positions) if problems.is_empty() => positions,
        Ok(_) => return Err(PlanError { problems }),
        Err(cycle) => {
            problems.push(cycle);
            return Err(PlanError { problems });
        }
    };
    Ok(assemble(kept, &positions))
}

fn refused(job: &Job, options: &PlanOptions) -> Vec<PlanProblem> {
    let not_runnable = |command: &super::CommandSpec| {
        let reason = command.not_runnable.clone()?;
        Some(PlanProblem::NotRunnable { job: job.id.clone(), command: command.text.clone(), reason })
    };
    let mut problems: Vec<PlanProblem> = job.commands.iter().filter_map(not_runnable).collect();
    if let Some(reason) = &job.blocked {
        let command = job.commands.first().map(|command| command.text.clone()).unwrap_or_default();
        problems.push(PlanProblem::NotRunnable { job: job.id.clone(), command, reason: reason.clone() });
    }
    if let Some(there) = options.gpus.filter(|there| *there < job.resources.gpus) {
        problems.push(PlanProblem::NotEnoughGpus { job: job.id.clone(), wanted: job.resources.gpus, there });
    }
    problems
}

fn assemble(jobs: Vec<Job>, positions: &[usize]) -> Plan {
    let mut jobs: Vec<Option<Job>> = jobs.into_iter().map(Some).collect();
    let jobs: Vec<Job> = positions.iter().filter_map(|&at| jobs.get_mut(at)?.take()).collect();
    let by_id: BTreeMap<_, _> = jobs.iter().enumerate().map(|(at, job)| (job.id.clone(), at)).collect();
    let mut edges = Vec::new();
    let mut last_of_section: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for (to, job) in jobs.iter().enumerate() {
        for on in &job.depends {
            if let Some(&from) = by_id.get(&on.job) {
                edges.push(Edge { from, to, kind: on.kind, why: on.why.clone() });
            }
        }
        // Along the order that was found, so that this never makes a cycle.
        if let Some(section) = job.sequence
            && let Some(from) = last_of_section.insert(section, to)
        {
            edges.push(Edge { from, to, kind: EdgeKind::Sequence, why: "sequential section".to_owned() });
        }
    }
    edges.sort();
    Plan { jobs, edges, by_id }
}
