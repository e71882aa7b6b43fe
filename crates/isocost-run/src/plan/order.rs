//! An order in which jobs can run.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use super::{Job, PlanProblem};
use crate::ident::JobId;

/// Indices of `jobs` such that each comes after all that it depends on; among those that could come next, the first in
/// the document does. Else the cycles that prevent it (one of each knot).
pub(super) fn order(jobs: &[Job]) -> Result<Vec<usize>, PlanProblem> {
    let positions: BTreeMap<&JobId, usize> = jobs.iter().enumerate().map(|(at, job)| (&job.id, at)).collect();
    let before: Vec<BTreeSet<usize>> = jobs
        .iter()
        .map(|job| job.depends.iter().filter_map(|on| positions.get(&on.job).copied()).collect())
        .collect();
    let mut after: Vec<Vec<usize>> = vec![Vec::new(); jobs.len()];
    for (at, befores) in before.iter().enumerate() {
        for &first in befores {
            if let Some(list) = after.get_mut(first) {
                list.push(at);
            }
        }
    }
    let mut waiting: Vec<usize> = before.iter().map(BTreeSet::len).collect();
    let mut ready: BinaryHeap<Reverse<usize>> =
        waiting.iter().enumerate().filter(|(_, count)| **count == 0).map(|(at, _)| Reverse(at)).collect();
    let mut ordered = Vec::with_capacity(jobs.len());
    while let Some(Reverse(at)) = ready.pop() {
        ordered.push(at);
        for &next in after.get(at).map_or(&[][..], Vec::as_slice) {
            if let Some(count) = waiting.get_mut(next) {
                *count -= 1;
                if *count == 0 {
                    ready.push(Reverse(next));
                }
            }
        }
    }
    if ordered.len() == jobs.len() { Ok(ordered) } else { Err(cycle(jobs, &before, &waiting)) }
}

/// Walks backwards from a job that never became ready until a job comes up again.
fn cycle(jobs: &[Job], before: &[BTreeSet<usize>], waiting: &[usize]) -> PlanProblem {
    let stuck = |at: &usize| waiting.get(*at).is_some_and(|&count| count > 0);
    let mut path: Vec<usize> = (0..jobs.len()).find(stuck).into_iter().collect();
    loop {
        let last = path.last().copied().unwrap_or_default();
        let Some(previous) =
            before.get(last).and_then(|befores| befores.iter().copied().find(|at| stuck(at)))
        else {
            break;
        };
        if let Some(start) = path.iter().position(|&at| at == previous) {
            path.drain(..start);
            break;
        }
        path.push(previous);
    }
    path.reverse();
    let names: Vec<JobId> = path.iter().filter_map(|&at| jobs.get(at)).map(|job| job.id.clone()).collect();
    let reason = |at: usize| {
        let previous = if at == 0 { names.last() } else { names.get(at - 1) };
        let job = path.get(at).and_then(|&at| jobs.get(at));
        let on = job.and_then(|job| job.depends.iter().find(|on| Some(&on.job) == previous));
        on.map_or_else(String::new, |on| format!("{} {}", on.kind.word(), on.why))
    };
    let reasons = (0..names.len()).map(reason).collect();
    PlanProblem::Cycle { jobs: names, reasons }
}
