//! Reading all attempts of a store.

use isocost_fs::{IoResult, Kind, Stamp};
use isocost_ledger::model::{Id, Stage};
use serde::Deserialize;

use super::index::Index;
use super::{
    ATTEMPT_SCHEMA, Attempt, AttemptOutcome, AttemptRecord, AttemptState, Foreign, Holder, Layout, Snapshot,
};
use crate::ident::{AttemptNo, AttemptRef, JobId, is_safe_name};

/// What a scan found, and what it had to read for that.
pub(super) struct Scanned {
    pub(super) snapshot: Snapshot,
    pub(super) index: Index,
    /// Whether the index on disk lacks something.
    pub(super) stale: bool,
}

/// Reads the store. `cached` spares reading records whose stamp is still true.
pub(super) fn scan(layout: &Layout, mut cached: Index) -> IoResult<Scanned> {
    let mut index = Index { attempts: std::collections::BTreeMap::new(), files: cached.files };
    let (mut attempts, mut foreign, mut stale) = (Vec::new(), Vec::new(), false);
    let runner = isocost_fs::holder_of(&layout.runner_lock()).map(|holder| Holder::parse(&holder).pid);
    for reference in attempt_dirs(layout)? {
        let Ok(stamp) = isocost_fs::stamp_of(&layout.record(&reference)) else { continue };
        let at = format!("{}/{}/{}", reference.job.experiment, reference.job.stage.name(), reference.attempt);
        let record = match cached.attempts.remove(&at) {
            Some((known, record)) if known == stamp => record,
            _ => match read_record(layout, &reference) {
                Ok(record) => {
                    stale = true;
                    record
                }
                Err(unreadable) => {
                    foreign.push(unreadable);
                    continue;
                }
            },
        };
        remember(&mut index, at, stamp, &record);
        let state = state_of(layout, &reference, &record, runner);
        attempts.push(Attempt { record, state });
    }
    stale |= !cached.attempts.is_empty();
    Ok(Scanned { snapshot: Snapshot::new(attempts, foreign), index, stale })
}

fn remember(index: &mut Index, at: String, stamp: Stamp, record: &AttemptRecord) {
    // A running attempt's record will be replaced; its stamp would then differ, so it is not worth keeping.
    if record.outcome != AttemptOutcome::Running {
        index.attempts.insert(at, (stamp, record.clone()));
    }
}

/// The attempts' directories in order of experiment, stage and number.
fn attempt_dirs(layout: &Layout) -> IoResult<Vec<AttemptRef>> {
    let experiments = match isocost_fs::list_dir(&layout.attempts()) {
        Ok(entries) => entries,
        Err(error) if error.is_not_found() => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut found = Vec::new();
    for experiment in experiments.iter().filter(|entry| entry.kind == Kind::Dir) {
        let Some(name) = experiment.path.file_name().and_then(|name| name.to_str()) else { continue };
        if !is_safe_name(name) {
            continue;
        }
        for stage in Stage::ALL {
            let job = JobId { experiment: Id(name.to_owned()), stage };
            numbers(layout, &job, &mut found)?;
        }
    }
    Ok(found)
}

fn numbers(layout: &Layout, job: &JobId, found: &mut Vec<AttemptRef>) -> IoResult<()> {
    let entries = match isocost_fs::list_dir(&layout.job(job)) {
        Ok(entries) => entries,
        Err(error) if error.is_not_found() => return Ok(()),
        Err(error) => return Err(error),
    };
    let first = found.len();
    for entry in entries.iter().filter(|entry| entry.kind == Kind::Dir) {
        let name = entry.path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if let Ok(number) = name.parse::<u32>()
            && AttemptNo(number).to_string() == name
        {
            found.push(AttemptRef { job: job.clone(), attempt: AttemptNo(number) });
        }
    }
    if let Some(added) = found.get_mut(first..) {
        added.sort();
    }
    Ok(())
}

fn read_record(layout: &Layout, reference: &AttemptRef) -> Result<AttemptRecord, Foreign> {
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

fn state_of(
    layout: &Layout,
    reference: &AttemptRef,
    record: &AttemptRecord,
    runner: Option<u32>,
) -> AttemptState {
    if record.outcome != AttemptOutcome::Running {
        return AttemptState::Ended(record.outcome);
    }
    if !isocost_fs::is_locked(&layout.stdout(reference)) {
        return AttemptState::Ended(AttemptOutcome::Interrupted);
    }
    if runner == Some(record.runner) { AttemptState::Running } else { AttemptState::Orphaned }
}
