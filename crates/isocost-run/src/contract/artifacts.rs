//! Finding the files that a ledger requires.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use isocost_fs::Stamp;
use isocost_ledger::model::{ArtifactKind, ArtifactSpec};

use super::glob::{expand_on_disk, is_glob};
use super::paths::{PathProblem, contained, inside};

/// A file or directory that a required artifact is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// As records show it: relative to the root, or `artifacts/…`.
    pub shown: String,
    /// Where it is.
    pub path: PathBuf,
    /// Its stamp.
    pub stamp: Stamp,
}

/// Stamps of files by shown path, at one moment.
pub type Survey = BTreeMap<String, Stamp>;

/// Names of the attempt's own directory at the start of an artifact's path.
const OWN_DIRECTORY: [&str; 2] = ["$ISOCOST_OUT/", "${ISOCOST_OUT}/"];

/// What a required artifact's path is without the name of the attempt's own directory, and whether it had that name.
fn place(artifact: &ArtifactSpec) -> (&str, bool) {
    let path = artifact.effective_path();
    let own = OWN_DIRECTORY.iter().find_map(|prefix| path.strip_prefix(prefix));
    own.map_or((path, false), |rest| (rest, true))
}

/// Why the artifact cannot be looked for, if so.
pub(super) fn not_checkable(artifact: &ArtifactSpec) -> Option<&'static str> {
    let (path, _) = place(artifact);
    match artifact.kind {
        _ if path.contains('$') || path.contains('<') => Some("it holds a placeholder"),
        ArtifactKind::Elision if artifact.resolved.is_none() => Some("what `...` stands for is not known"),
        _ => None,
    }
}

/// The files that a required artifact is: in the attempt's own directory, if there is one, and else below the root.
pub fn required_files(
    artifact: &ArtifactSpec,
    root: &Path,
    own: Option<&Path>,
) -> Result<Vec<Found>, PathProblem> {
    let (path, only_own) = place(artifact);
    if let Some(own) = own {
        let found = look(own, path, "artifacts/")?;
        if !found.is_empty() {
            return Ok(found);
        }
    }
    if only_own { Ok(Vec::new()) } else { look(root, path, "") }
}

fn look(base: &Path, path: &str, shown_before: &str) -> Result<Vec<Found>, PathProblem> {
    let relative = contained(base, path)?;
    let candidates =
        if is_glob(&relative) { expand_on_disk(base, &relative).unwrap_or_default() } else { vec![relative] };
    let mut found = Vec::new();
    for relative in candidates {
        let path = base.join(&relative);
        let Ok(stamp) = isocost_fs::stamp_of(&path) else { continue };
        inside(base, &path, &relative)?;
        found.push(Found { shown: format!("{shown_before}{relative}"), path, stamp });
    }
    Ok(found)
}

/// Stamps of all files that the artifacts are now. Refused paths have none: [`super::check`] names them.
pub fn survey(artifacts: &[ArtifactSpec], root: &Path) -> Survey {
    let found = artifacts.iter().filter(|a| not_checkable(a).is_none());
    let found = found.filter_map(|artifact| required_files(artifact, root, None).ok());
    found.flatten().map(|found| (found.shown, found.stamp)).collect()
}
