//! What `git` knows of a file, through git's own program.

use std::path::Path;
use std::process::Command;

use crate::error::CliError;

/// The file's content at each revision that changed it, oldest first: revision, date, bytes.
pub(crate) fn history(path: &Path) -> Result<Vec<(String, Vec<u8>)>, CliError> {
    let (dir, name) = split(path);
    let log = git(path, dir, &["log", "--follow", "--format=%h %cs", "--", name])?;
    let listed = String::from_utf8_lossy(&log);
    let mut versions = Vec::new();
    for line in listed.lines().rev() {
        let Some((revision, date)) = line.split_once(' ') else { continue };
        // A revision that removed the file has no content to show.
        if let Ok(bytes) = git(path, dir, &["show", &format!("{revision}:./{name}")]) {
            versions.push((format!("{name}@{revision} ({date})"), bytes));
        }
    }
    if versions.is_empty() {
        return Err(CliError::Git { path: path.to_owned(), reason: "no revision holds it".into() });
    }
    Ok(versions)
}

fn split(path: &Path) -> (&Path, &str) {
    let dir = path.parent().filter(|dir| !dir.as_os_str().is_empty()).unwrap_or(Path::new("."));
    (dir, path.file_name().and_then(|name| name.to_str()).unwrap_or_default())
}

fn git(path: &Path, dir: &Path, args: &[&str]) -> Result<Vec<u8>, CliError> {
    let failed = |reason: String| CliError::Git { path: path.to_owned(), reason };
    let output = Command::new("git")
        .arg("-C")
        .arg(dir)
        .args(args)
        .output()
        .map_err(|error| failed(error.to_string()))?;
    if output.status.success() {
        Ok(output.stdout)
    } else {
        Err(failed(String::from_utf8_lossy(&output.stderr).trim().to_owned()))
    }
}
