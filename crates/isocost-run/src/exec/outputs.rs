//! What an attempt wrote.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use isocost_fs::{IoResult, Kind, Stamp};

use crate::contract::{Survey, expand_on_disk, inside, survey};
use crate::plan::Job;
use crate::store::{FileHashes, OutputRecord};

/// Directories with more files than this are recorded up to it.
const MANY: usize = 20_000;

/// Stamps of all files where the job writes, as far as its text tells.
pub(super) fn stamps(job: &Job, root: &Path, store: &Path) -> Survey {
    let mut found = survey(&job.contract.artifacts, root);
    found.retain(|_, stamp| !stamp.is_dir);
    let patterns =
        job.commands.iter().flat_map(|command| &command.outputs).map(|output| output.pattern.as_str());
    for pattern in patterns.filter(|pattern| !pattern.starts_with('/') && pattern.contains('/')) {
        for path in expand_on_disk(root, pattern).unwrap_or_default() {
            add(&mut found, root, store, &path);
        }
    }
    for pattern in job.commands.iter().flat_map(|c| &c.outputs).map(|o| o.pattern.as_str()) {
        // A file or directory right below the root, by its whole name only.
        if !pattern.contains(['/', '*', '?', '[', '{']) {
            add(&mut found, root, store, pattern);
        }
    }
    found
}

fn add(found: &mut Survey, root: &Path, store: &Path, relative: &str) {
    let path = root.join(relative);
    let Ok(stamp) = isocost_fs::stamp_of(&path) else { return };
    if relative.split('/').any(|part| part == "..")
        || inside(root, &path, relative).is_err()
        || store.starts_with(&path)
    {
        return;
    }
    if !stamp.is_dir {
        found.insert(relative.to_owned(), stamp);
        return;
    }
    for entry in
        isocost_fs::walk(&path).unwrap_or_default().iter().filter(|e| e.kind == Kind::File).take(MANY)
    {
        let below = entry.path.strip_prefix(root).unwrap_or(&entry.path).to_string_lossy().into_owned();
        if let Ok(stamp) = isocost_fs::stamp_of(&entry.path) {
            found.insert(below, stamp);
        }
    }
}

/// The files that are new or changed since `before`, and all of the attempt's own artifacts: shown path and place.
pub(super) fn written(
    job: &Job,
    root: &Path,
    store: &Path,
    before: &Survey,
    own: &Path,
) -> Vec<(String, PathBuf)> {
    let after: BTreeMap<String, Stamp> = stamps(job, root, store);
    let changed = after.into_iter().filter(|(path, stamp)| before.get(path) != Some(stamp));
    let mut found: Vec<(String, PathBuf)> =
        changed.map(|(path, _)| (path.clone(), root.join(path))).collect();
    let own_files = isocost_fs::walk(own).unwrap_or_default();
    for entry in own_files.into_iter().filter(|entry| entry.kind == Kind::File).take(MANY) {
        let below = entry.path.strip_prefix(own).unwrap_or(&entry.path).to_string_lossy().into_owned();
        found.push((format!("artifacts/{below}"), entry.path));
    }
    found
}

/// Records of the files.
pub(super) fn records(files: &[(String, PathBuf)], hashes: &FileHashes) -> IoResult<Vec<OutputRecord>> {
    let record = |(shown, path): &(String, PathBuf)| {
        let blake3 = hashes.digest(path)?;
        let bytes = isocost_fs::size_of(path)?;
        Ok(OutputRecord { path: shown.clone(), bytes, blake3 })
    };
    files.iter().map(record).collect()
}
