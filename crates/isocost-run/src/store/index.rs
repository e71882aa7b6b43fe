//! The index: a cache of what directories hold, of attempts' records and of files' hashes. Every entry carries the stamp
//! of its directory or file; one whose stamp is no longer true is ignored.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use isocost_fs::Stamp;
use serde::{Deserialize, Serialize};

use super::AttemptSummary;
use super::listings::Listing;
use crate::ident::Digest;

const INDEX_SCHEMA: &str = "isocost/index/2";

/// Size, content's change, change of any kind, inode, directory.
type StampFields = (u64, i64, i64, u64, bool);

#[derive(Deserialize)]
struct Stored {
    schema: String,
    dirs: Vec<(String, StampFields, Vec<String>)>,
    attempts: Vec<(String, StampFields, AttemptSummary)>,
    files: Vec<(PathBuf, StampFields, Digest)>,
}

/// The same, as it is written.
#[derive(Serialize)]
struct Storing<'a> {
    schema: &'a str,
    dirs: Vec<(&'a str, StampFields, &'a [String])>,
    attempts: Vec<(&'a str, StampFields, &'a AttemptSummary)>,
    files: Vec<(&'a Path, StampFields, &'a Digest)>,
}

/// The cache in memory.
#[derive(Debug, Default)]
pub(super) struct Index {
    /// Directories by their path below `attempts/`.
    pub(super) dirs: BTreeMap<String, Listing>,
    /// Records by the path of their directory below `attempts/`.
    pub(super) attempts: BTreeMap<String, (Stamp, Arc<AttemptSummary>)>,
    /// Hashes by absolute path.
    pub(super) files: BTreeMap<PathBuf, (Stamp, Digest)>,
}

impl Index {
    /// The index in the file; an empty one if it is missing, damaged or of another version.
    pub(super) fn load(path: &Path) -> Self {
        let Ok(bytes) = isocost_fs::read(path) else { return Self::default() };
        let Ok(stored) = serde_json::from_slice::<Stored>(&bytes) else { return Self::default() };
        if stored.schema != INDEX_SCHEMA {
            return Self::default();
        }
        let dirs = stored.dirs.into_iter();
        let attempts = stored.attempts.into_iter();
        let files = stored.files.into_iter();
        Self {
            dirs: dirs.map(|(at, s, names)| (at, Listing { stamp: unpack(s), names })).collect(),
            attempts: attempts.map(|(at, s, record)| (at, (unpack(s), Arc::new(record)))).collect(),
            files: files.map(|(path, s, digest)| (path, (unpack(s), digest))).collect(),
        }
    }

    /// The index as a file's bytes.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let dirs = self.dirs.iter();
        let attempts = self.attempts.iter();
        let files = self.files.iter();
        let storing = Storing {
            schema: INDEX_SCHEMA,
            dirs: dirs.map(|(at, dir)| (at.as_str(), pack(dir.stamp), dir.names.as_slice())).collect(),
            attempts: attempts.map(|(at, (s, record))| (at.as_str(), pack(*s), record.as_ref())).collect(),
            files: files.map(|(path, (s, digest))| (path.as_path(), pack(*s), digest)).collect(),
        };
        serde_json::to_vec(&storing).unwrap_or_default()
    }
}

fn pack(stamp: Stamp) -> StampFields {
    (stamp.size, stamp.modified_ns, stamp.changed_ns, stamp.inode, stamp.is_dir)
}

fn unpack((size, modified_ns, changed_ns, inode, is_dir): StampFields) -> Stamp {
    Stamp { size, modified_ns, changed_ns, inode, is_dir }
}
