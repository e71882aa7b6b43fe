//! What the directories below `attempts/` hold, read again only where a directory has changed.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use isocost_fs::{IoResult, Kind, Stamp};

use super::hashes::is_settled;

/// The directories in a directory, in byte order, as of its stamp.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Listing {
    pub(super) stamp: Stamp,
    pub(super) names: Vec<String>,
}

/// Listings by path below one directory.
#[derive(Debug)]
pub(super) struct Listings {
    root: PathBuf,
    known: BTreeMap<String, Listing>,
    /// What was asked for and may be remembered.
    pub(super) seen: BTreeMap<String, Listing>,
    /// Whether something had to be read that may now be remembered.
    pub(super) stale: bool,
}

impl Listings {
    pub(super) fn new(root: PathBuf, known: BTreeMap<String, Listing>) -> Self {
        Self { root, known, seen: BTreeMap::new(), stale: false }
    }

    /// Names of the directories in the one at `at`; none if it is not there.
    pub(super) fn of(&mut self, at: &str) -> IoResult<Vec<String>> {
        let path = self.root.join(at);
        let Ok(stamp) = isocost_fs::stamp_of(&path) else { return Ok(Vec::new()) };
        if let Some(known) = self.known.remove(at).filter(|known| known.stamp == stamp) {
            let names = known.names.clone();
            self.seen.insert(at.to_owned(), known);
            return Ok(names);
        }
        let names = names(&path)?;
        // One that was changed this very moment may change again without a sign.
        if is_settled(stamp) {
            self.stale = true;
            self.seen.insert(at.to_owned(), Listing { stamp, names: names.clone() });
        }
        Ok(names)
    }
}

/// Names of the directories in a directory, in byte order; none if it is not there.
pub(super) fn names(path: &Path) -> IoResult<Vec<String>> {
    match isocost_fs::list_names(path) {
        Ok(entries) => {
            let dirs = entries.into_iter().filter(|(_, kind)| *kind == Kind::Dir);
            Ok(dirs.filter_map(|(name, _)| name.into_string().ok()).collect())
        }
        Err(error) if error.is_not_found() => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}
