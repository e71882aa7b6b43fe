//! The index: a cache of attempts' records and files' hashes. Every entry carries the stamp of its file; one whose stamp is
//! no longer true is ignored.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use isocost_fs::Stamp;
use serde::{Deserialize, Serialize};

use super::AttemptRecord;
use crate::ident::Digest;

const INDEX_SCHEMA: &str = "isocost/index/1";

/// Size, content's change, change of any kind, inode, directory.
type StampFields = (u64, i64, i64, u64, bool);

#[derive(Serialize, Deserialize)]
struct Stored {
    schema: String,
    attempts: Vec<(String, StampFields, AttemptRecord)>,
    files: Vec<(PathBuf, StampFields, Digest)>,
}

/// The cache in memory.
#[derive(Debug, Default)]
pub(super) struct Index {
    /// Records by the path of their directory below `attempts/`.
    pub(super) attempts: BTreeMap<String, (Stamp, AttemptRecord)>,
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
        Self {
            attempts: stored.attempts.into_iter().map(|(at, s, record)| (at, (unpack(s), record))).collect(),
            files: stored.files.into_iter().map(|(path, s, digest)| (path, (unpack(s), digest))).collect(),
        }
    }

    /// The index as a file's bytes.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        #[derive(Serialize)]
        struct Borrowed<'a> {
            schema: &'a str,
            attempts: Vec<(&'a str, StampFields, &'a AttemptRecord)>,
            files: Vec<(&'a Path, StampFields, &'a Digest)>,
        }
        let borrowed = Borrowed {
            schema: INDEX_SCHEMA,
            attempts: self.attempts.iter().map(|(at, (s, record))| (at.as_str(), pack(*s), record)).collect(),
            files: self.files.iter().map(|(path, (s, digest))| (path.as_path(), pack(*s), digest)).collect(),
        };
        serde_json::to_vec(&borrowed).unwrap_or_default()
    }
}

fn pack(stamp: Stamp) -> StampFields {
    (stamp.size, stamp.modified_ns, stamp.changed_ns, stamp.inode, stamp.is_dir)
}

fn unpack((size, modified_ns, changed_ns, inode, is_dir): StampFields) -> Stamp {
    Stamp { size, modified_ns, changed_ns, inode, is_dir }
}
