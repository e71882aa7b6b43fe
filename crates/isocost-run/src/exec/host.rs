//! Facts about the machine and the source, asked once a run.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::store::GitRecord;

/// Variables that are written down: they tend to change results, and hold no secrets.
const RECORDED: [&str; 11] = [
    "CONDA_PREFIX",
    "CUDA_VISIBLE_DEVICES",
    "LANG",
    "LC_ALL",
    "LD_LIBRARY_PATH",
    "OMP_NUM_THREADS",
    "PATH",
    "PYTHONHASHSEED",
    "PYTHONPATH",
    "TZ",
    "VIRTUAL_ENV",
];

/// The machine's name.
pub fn host_name() -> String {
    nix::unistd::gethostname()
        .ok()
        .and_then(|name| name.into_string().ok())
        .unwrap_or_else(|| "unknown".to_owned())
}

/// The part of this process's environment that is written down; `also` are further names.
pub(super) fn environment(also: &[String]) -> BTreeMap<String, String> {
    let names = RECORDED.iter().copied().chain(also.iter().map(String::as_str));
    names.filter_map(|name| Some((name.to_owned(), std::env::var(name).ok()?))).collect()
}

/// The state of the source; `None` outside a repository or without git.
pub(super) fn git(root: &Path) -> Option<GitRecord> {
    let revision = ask_git(root, &["rev-parse", "HEAD"])?;
    let changes = ask_git(root, &["status", "--porcelain", "--untracked-files=no"])?;
    Some(GitRecord { revision, dirty: !changes.is_empty() })
}

fn ask_git(root: &Path, arguments: &[&str]) -> Option<String> {
    let output = Command::new("git")
        .arg("-C")
        .arg(root)
        .arg("--no-optional-locks")
        .args(arguments)
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// The shell that commands are handed to: ledgers are written for bash. A path, not a name: starting a name with a `PATH`
/// of its own costs a fork.
pub(super) fn shell() -> PathBuf {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let bash = std::env::split_paths(&path).map(|dir| dir.join("bash")).find(|path| isocost_fs::exists(path));
    bash.unwrap_or_else(|| PathBuf::from("/bin/sh"))
}
