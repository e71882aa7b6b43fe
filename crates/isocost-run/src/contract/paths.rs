//! Paths that a ledger names must stay in the project.

use std::path::{Path, PathBuf};

/// Why a path is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PathProblem {
    /// `..` leads out of the project.
    #[error("`{path}` leaves the project's directory; name a path below it")]
    Escapes {
        /// The path as written.
        path: String,
    },
    /// Absolute, and not below the project.
    #[error("`{path}` is an absolute path outside the project's directory; name a path below it")]
    Outside {
        /// The path as written.
        path: String,
    },
    /// A symbolic link on its way leads out of the project.
    #[error("`{path}` is reached through a link that leads out of the project, to {}; it is not followed", .target.display())]
    Link {
        /// The path as written.
        path: String,
        /// Where it really is.
        target: PathBuf,
    },
    /// Holds a character that no path can hold.
    #[error("`{}` holds a NUL character", .path.escape_debug())]
    Nul {
        /// The path as written.
        path: String,
    },
}

/// The path relative to `root`, without `.` and `..`, judged by its text alone.
pub fn contained(root: &Path, path: &str) -> Result<String, PathProblem> {
    if path.contains('\0') {
        return Err(PathProblem::Nul { path: path.to_owned() });
    }
    let relative = if path.starts_with('/') {
        let below = Path::new(path).strip_prefix(root).ok().and_then(Path::to_str);
        below.ok_or_else(|| PathProblem::Outside { path: path.to_owned() })?
    } else {
        path
    };
    let mut parts: Vec<&str> = Vec::new();
    for part in relative.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop().ok_or_else(|| PathProblem::Escapes { path: path.to_owned() })?;
            }
            part => parts.push(part),
        }
    }
    if parts.is_empty() && !relative.is_empty() && relative.contains("..") {
        return Err(PathProblem::Escapes { path: path.to_owned() });
    }
    Ok(parts.join("/"))
}

/// Checks that something that exists really lies below `root` when links are followed. What does not exist passes.
pub fn inside(root: &Path, path: &Path, shown: &str) -> Result<(), PathProblem> {
    let (Ok(real_root), Ok(real)) = (isocost_fs::real_path(root), isocost_fs::real_path(path)) else {
        return Ok(());
    };
    if real.starts_with(&real_root) {
        Ok(())
    } else {
        Err(PathProblem::Link { path: shown.to_owned(), target: real })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_judged_by_where_it_leads_not_by_its_dots() {
        let root = Path::new("/p/root");
        assert_eq!(contained(root, "./runs//a/../b").unwrap(), "runs/b");
        assert_eq!(contained(root, "/p/root/x/y").unwrap(), "x/y");
        assert!(matches!(contained(root, "a/../../x"), Err(PathProblem::Escapes { .. })));
        assert!(matches!(contained(root, "../root2/x"), Err(PathProblem::Escapes { .. })));
        assert!(matches!(contained(root, "/p/rootx/y"), Err(PathProblem::Outside { .. })));
        assert!(matches!(contained(root, "/p/root/../x"), Err(PathProblem::Escapes { .. })));
        assert!(matches!(contained(root, "a\0b"), Err(PathProblem::Nul { .. })));
    }

    #[test]
    fn a_link_out_of_the_project_is_named_with_its_target() {
        let (project, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        std::os::unix::fs::symlink(elsewhere.path(), project.path().join("runs")).unwrap();
        let path = project.path().join("runs");
        let problem = inside(project.path(), &path, "runs").unwrap_err();
        assert!(
            matches!(problem, PathProblem::Link { target, .. } if target == elsewhere.path().canonicalize().unwrap())
        );
        assert!(inside(project.path(), &project.path().join("nothing"), "nothing").is_ok());
    }
}
