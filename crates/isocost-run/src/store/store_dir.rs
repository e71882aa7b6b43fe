//! Opening a store.

use std::path::Path;
use std::sync::Arc;

use isocost_fs::{Lock, LockError};
use serde::{Deserialize, Serialize};

use super::index::Index;
use super::listings::Listings;
use super::scan::{attempt_dir, job_dir, scan};
use super::{AttemptOutcome, AttemptRecord, FileHashes, Holder, Layout, Snapshot, StoreError};
use crate::ident::JobId;

/// The version that this program writes.
const STORE_SCHEMA: &str = "isocost/store/1";

/// What a store is opened for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Access {
    /// To look: nothing is created, locked or changed; a store that is not there is an empty one.
    Read,
    /// To run: takes the runner's lock.
    Run(Holder),
}

#[derive(Serialize, Deserialize)]
struct Version {
    schema: String,
}

/// An open store.
#[derive(Debug)]
pub struct Store {
    layout: Layout,
    lock: Option<Lock>,
    snapshot: Snapshot,
    hashes: FileHashes,
    index: Index,
    index_is_stale: bool,
}

impl Store {
    /// Opens the store at `path` and reads what was recorded.
    ///
    /// # Errors
    /// [`StoreError::Held`] if another runner works on it, [`StoreError::Newer`] if a newer program wrote to it (only for
    /// [`Access::Run`]; reading works), [`StoreError::Io`] for the file system's own.
    pub fn open(path: &Path, access: Access) -> Result<Self, StoreError> {
        let layout = Layout::new(path);
        let lock = match access {
            Access::Read => None,
            Access::Run(holder) => {
                refuse_newer(&layout)?;
                isocost_fs::create_dir_all(&layout.attempts())?;
                Some(lock(&layout, &holder)?)
            }
        };
        let scanned = scan(&layout, Index::load(&layout.index()))?;
        if lock.is_some() {
            write_version(&layout)?;
            if let Some(newer) = scanned.snapshot.foreign().iter().find(|foreign| foreign.newer.is_some()) {
                return Err(StoreError::Newer {
                    path: layout.record(&newer.attempt),
                    found: newer.newer.clone().unwrap_or_default(),
                });
            }
        }
        let mut index = scanned.index;
        let hashes = FileHashes::new(std::mem::take(&mut index.files));
        Ok(Self { layout, lock, snapshot: scanned.snapshot, hashes, index, index_is_stale: scanned.stale })
    }

    /// Where things are.
    pub fn layout(&self) -> &Layout {
        &self.layout
    }

    /// What was recorded when the store was opened, and by this process since.
    pub fn snapshot(&self) -> &Snapshot {
        &self.snapshot
    }

    /// Files' hashes.
    pub fn hashes(&self) -> &FileHashes {
        &self.hashes
    }

    /// Whether this process may record attempts.
    pub fn is_writable(&self) -> bool {
        self.lock.is_some()
    }

    /// The snapshot, to be added to; it comes back with [`Self::replace_snapshot`].
    pub(crate) fn take_snapshot(&mut self) -> Snapshot {
        std::mem::take(&mut self.snapshot)
    }

    pub(crate) fn replace_snapshot(&mut self, snapshot: Snapshot) {
        self.snapshot = snapshot;
    }

    /// Writes the index if it lacks something. It is a cache: a store that is only read stays as it is.
    pub fn save_index(&mut self) -> Result<(), StoreError> {
        if self.lock.is_none() {
            return Ok(());
        }
        // Attempts are only ever added.
        let added = self.add_new_attempts();
        if !added && !self.index_is_stale && !self.hashes.has_news() {
            return Ok(());
        }
        self.list_again()?;
        self.index.files = self.hashes.all();
        let written = isocost_fs::write_cache(&self.layout.index(), &self.index.to_bytes());
        self.index.files.clear();
        written?;
        self.index_is_stale = false;
        self.hashes.no_news();
        Ok(())
    }

    /// Puts attempts into the index that came since the store was opened. Returns whether there are any.
    fn add_new_attempts(&mut self) -> bool {
        let before = self.index.attempts.len();
        let root = self.layout.attempts();
        for attempt in self.snapshot.iter().filter(|attempt| !attempt.is_alive()) {
            let at = attempt_dir(&attempt.record.reference());
            if attempt.record.outcome == AttemptOutcome::Running || self.index.attempts.contains_key(&at) {
                continue;
            }
            if let Ok(stamp) = isocost_fs::stamp_of(&root.join(format!("{at}/attempt.json"))) {
                self.index.attempts.insert(at, (stamp, Arc::clone(&attempt.record)));
            }
        }
        self.index.attempts.len() != before
    }

    /// Lists the directories that have changed.
    fn list_again(&mut self) -> Result<(), StoreError> {
        let mut listings = Listings::new(self.layout.attempts(), std::mem::take(&mut self.index.dirs));
        let mut last = None;
        for attempt in self.snapshot.iter() {
            let job = attempt.record.job();
            if last.as_ref() == Some(&job) {
                continue;
            }
            if last.as_ref().is_none_or(|last: &JobId| last.experiment != job.experiment) {
                listings.of(&job.experiment.0)?;
            }
            listings.of(&job_dir(&job))?;
            last = Some(job);
        }
        self.index.dirs = listings.seen;
        Ok(())
    }
}

/// The JSON Schema of `attempt.json`.
pub fn attempt_schema() -> serde_json::Value {
    schemars::schema_for!(AttemptRecord).to_value()
}

fn refuse_newer(layout: &Layout) -> Result<(), StoreError> {
    let path = layout.version();
    let bytes = match isocost_fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) if error.is_not_found() => return Ok(()),
        Err(error) => return Err(error.into()),
    };
    match serde_json::from_slice::<Version>(&bytes) {
        Ok(version) if version.schema == STORE_SCHEMA => Ok(()),
        Ok(version) => Err(StoreError::Newer { path, found: version.schema }),
        Err(error) => Err(StoreError::Damaged { path, why: error.to_string() }),
    }
}

fn write_version(layout: &Layout) -> Result<(), StoreError> {
    let path = layout.version();
    if !isocost_fs::exists(&path) {
        let version = Version { schema: STORE_SCHEMA.to_owned() };
        isocost_fs::write_cache(&path, &serde_json::to_vec(&version).unwrap_or_default())?;
    }
    Ok(())
}

fn lock(layout: &Layout, holder: &Holder) -> Result<Lock, StoreError> {
    let text = serde_json::to_string(holder).unwrap_or_default();
    isocost_fs::try_lock(&layout.runner_lock(), &text).map_err(|error| match error {
        LockError::Held { holder, .. } => {
            StoreError::Held { path: layout.dir().to_owned(), holder: Holder::parse(&holder) }
        }
        LockError::Io(error) => StoreError::Io(error),
    })
}
