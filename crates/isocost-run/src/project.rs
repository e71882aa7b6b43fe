//! Where the files of a ledger's project are.

use std::path::{Path, PathBuf};

/// The directory that commands run in and that paths are relative to: the ledger's own, unless another one is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Project {
    root: PathBuf,
    ledger: PathBuf,
}

impl Project {
    /// The project of the ledger at `ledger` with the root `root`; both are made absolute.
    pub fn new(ledger: &Path, root: Option<&Path>) -> Self {
        let ledger = std::path::absolute(ledger).unwrap_or_else(|_| ledger.to_owned());
        let root = match root {
            Some(root) => std::path::absolute(root).unwrap_or_else(|_| root.to_owned()),
            None => ledger.parent().map_or_else(|| PathBuf::from("."), Path::to_owned),
        };
        Self { root, ledger }
    }

    /// The root, absolute.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The ledger, absolute.
    pub fn ledger(&self) -> &Path {
        &self.ledger
    }

    /// Where the store is unless another place is named.
    pub fn default_store(&self) -> PathBuf {
        self.root.join(".isocost")
    }

    /// A path as records write it: relative to the root where it lies below it, else absolute.
    pub fn shown(&self, path: &Path) -> String {
        path.strip_prefix(&self.root).unwrap_or(path).to_string_lossy().into_owned()
    }
}
