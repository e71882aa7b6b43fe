//! Reading all attempts of a store.

use std::collections::BTreeMap;
use std::sync::Arc;

use isocost_fs::IoResult;
use isocost_ledger::model::{Id, Stage};
use serde::Deserialize;

use super::index::Index;
use super::listings::{Listings, names};
use super::{
    ATTEMPT_SCHEMA, Attempt, AttemptOutcome, AttemptRecord, AttemptState, AttemptSummary, Foreign, Holder,
    Layout, Snapshot,
};
use crate::ident::{AttemptNo, AttemptRef, JobId, is_safe_name};

/// What a scan found, and what it had to read for that.
pub(super) struct Scanned {
    pub(super) snapshot: Snapshot,
    pub(super) index: Index,
    /// Whether the index on disk lacks something.
    pub(super) stale: bool,
}

/// Reads the store. `cached` spares listing directories and reading records whose stamps are still true.
pub(super) fn scan(layout: &Layout, mut cached: Index) -> IoResult<Scanned> {
    let root = layout.attempts();
    let mut listings = Listings::new(root.clone(), std::mem::take(&mut cached.dirs));
    let mut known = BTreeMap::new();
    let (mut attempts, mut foreign, mut stale) = (Vec::new(), Vec::new(), false);
    let runner = isocost_fs::holder_of(&layout.runner_lock()).map(|holder| Holder::parse(&holder).pid);
    for (at, reference) in attempt_dirs(layout, &mut listings)? {
        let Ok(stamp) = isocost_fs::stamp_of(&root.join(format!("{at}/attempt.json"))) else { continue };
        if let Some((_, record)) = cached.attempts.remove(&at).filter(|(then, _)| *then == stamp) {
            attempts
                .push(Attempt { state: AttemptState::Ended(record.outcome), record: Arc::clone(&record) });
            known.insert(at, (stamp, record));
            continue;
        }
        match read_record(layout, &reference) {
            Ok(record) => {
                let state = state_of(layout, &record, runner);
                let record = Arc::new(AttemptSummary::from(record));
                // A running attempt's record will be replaced, so it is not worth keeping.
                if record.outcome != AttemptOutcome::Running {
                    stale = true;
                    known.insert(at, (stamp, Arc::clone(&record)));
                }
                attempts.push(Attempt { record, state });
            }
            Err(unreadable) => foreign.push(unreadable),
        }
    }
    stale |= !cached.attempts.is_empty() || listings.stale;
    let index = Index { dirs: listings.seen, attempts: known, files: cached.files };
    Ok(Scanned { snapshot: Snapshot::new(attempts, foreign), index, stale })
}

/// The attempts' directories in order of experiment, stage and number, with their paths below `attempts/`.
fn attempt_dirs(layout: &Layout, listings: &mut Listings) -> IoResult<Vec<(String, AttemptRef)>> {
    let mut found = Vec::new();
    for experiment in names(&layout.attempts())?.into_iter().filter(|name| is_safe_name(name)) {
        let dirs = listings.of(&experiment)?;
        for stage in Stage::ALL.into_iter().filter(|stage| dirs.iter().any(|dir| dir == stage.name())) {
            let job = JobId { experiment: Id(experiment.clone()), stage };
            let mut numbers: Vec<AttemptNo> =
                listings.of(&job_dir(&job))?.iter().filter_map(|name| number(name)).collect();
            numbers.sort();
            for attempt in numbers {
                let reference = AttemptRef { job: job.clone(), attempt };
                found.push((attempt_dir(&reference), reference));
            }
        }
    }
    Ok(found)
}

/// A job's directory below `attempts/`.
pub(super) fn job_dir(job: &JobId) -> String {
    format!("{}/{}", job.experiment, job.stage.name())
}

/// An attempt's directory below `attempts/`.
pub(super) fn attempt_dir(attempt: &AttemptRef) -> String {
    format!("{}/{}", job_dir(&attempt.job), attempt.attempt)
}

fn number(name: &str) -> Option<AttemptNo> {
    let number = AttemptNo(name.parse().ok()?);
    (number.to_string() == name).then_some(number)
}

/// The whole record of an attempt, read from its directory.
///
/// # Errors
/// Why it cannot be read, and what it says of itself nevertheless.
pub fn read_record(layout: &Layout, reference: &AttemptRef) -> Result<AttemptRecord, Foreign> {
    let foreign = |newer, outcome, why: String| Foreign { attempt: reference.clone(), newer, outcome, why };
    let bytes = isocost_fs::read(&layout.record(reference))
        .map_err(|error| foreign(None, None, error.to_string()))?;
    match serde_json::from_slice::<AttemptRecord>(&bytes) {
        Ok(record) if record.schema == ATTEMPT_SCHEMA && record.reference() == *reference => Ok(record),
        Ok(record) if record.schema == ATTEMPT_SCHEMA => {
            Err(foreign(None, None, format!("it is the record of {}", record.reference())))
        }
        Ok(record) => Err(foreign(Some(record.schema), None, "it is of another version".to_owned())),
        Err(error) => Err(unreadable(&bytes, &error, foreign)),
    }
}

fn unreadable(
    bytes: &[u8],
    error: &serde_json::Error,
    foreign: impl Fn(Option<String>, Option<String>, String) -> Foreign,
) -> Foreign {
    #[derive(Deserialize)]
    struct Head {
        schema: String,
        outcome: Option<String>,
    }
    match serde_json::from_slice::<Head>(bytes) {
        Ok(head) if head.schema != ATTEMPT_SCHEMA => {
            let why = format!("it is of version `{}`", head.schema);
            foreign(Some(head.schema), head.outcome, why)
        }
        _ => foreign(None, None, error.to_string()),
    }
}

fn state_of(layout: &Layout, record: &AttemptRecord, runner: Option<u32>) -> AttemptState {
    if record.outcome != AttemptOutcome::Running {
        return AttemptState::Ended(record.outcome);
    }
    if !isocost_fs::is_locked(&layout.stdout(&record.reference())) {
        return AttemptState::Ended(AttemptOutcome::Interrupted);
    }
    if runner == Some(record.runner) { AttemptState::Running } else { AttemptState::Orphaned }
}
