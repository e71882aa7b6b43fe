//! Opening a store.

use std::path::Path;

use isocost_fs::{Lock, LockError};
use serde::{Deserialize, Serialize};

use super::index::Index;
use super::scan::scan;
use super::{AttemptRecord, FileHashes, Holder, Layout, Snapshot, StoreError};

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
    index_is_stale: bool,
    known_hashes: usize,
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
        let known_hashes = scanned.index.files.len();
        let hashes = FileHashes::new(scanned.index.files);
        Ok(Self {
            layout,
            lock,
            snapshot: scanned.snapshot,
            hashes,
            index_is_stale: scanned.stale,
            known_hashes,
        })
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

    pub(crate) fn replace_snapshot(&mut self, snapshot: Snapshot) {
        // Attempts are only ever added.
        self.index_is_stale |= self.snapshot.iter().count() != snapshot.iter().count();
        self.snapshot = snapshot;
    }

    /// Writes the index if it lacks something. It is a cache: a store that is only read stays as it is.
    pub fn save_index(&mut self) -> Result<(), StoreError> {
        if self.lock.is_none() || (!self.index_is_stale && self.hashes.len() == self.known_hashes) {
            return Ok(());
        }
        let mut index = Index { files: self.hashes.all(), ..Index::default() };
        for attempt in self.snapshot.iter().filter(|attempt| !attempt.is_alive()) {
            let reference = attempt.record.reference();
            if let Ok(stamp) = isocost_fs::stamp_of(&self.layout.record(&reference)) {
                let at = format!(
                    "{}/{}/{}",
                    reference.job.experiment,
                    reference.job.stage.name(),
                    reference.attempt
                );
                index.attempts.insert(at, (stamp, attempt.record.clone()));
            }
        }
        isocost_fs::write_cache(&self.layout.index(), &index.to_bytes())?;
        self.index_is_stale = false;
        self.known_hashes = self.hashes.len();
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
