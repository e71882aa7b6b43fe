//! What `/proc` tells about processes. Where there is none, nothing is known and the answers are empty.
#![expect(clippy::disallowed_methods, reason = "this crate is the one place that touches files")]

use std::path::Path;

fn pids() -> impl Iterator<Item = i32> {
    let listed = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    listed.filter_map(|entry| entry.file_name().to_str()?.parse().ok())
}

/// Processes whose standard output is the file, in order of their numbers.
pub fn writers_of(path: &Path) -> Vec<i32> {
    let Ok(wanted) = path.canonicalize() else { return Vec::new() };
    let writes =
        |pid: &i32| std::fs::read_link(format!("/proc/{pid}/fd/1")).is_ok_and(|target| target == wanted);
    let mut found: Vec<i32> = pids().filter(writes).collect();
    found.sort_unstable();
    found
}

/// Living processes of a process group, in order of their numbers. One that has ended and waits to be collected by its
/// parent is not living.
pub fn group_members(group: i32) -> Vec<i32> {
    let living = |pid: &i32| {
        let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
        // The name in parentheses may hold blanks and parentheses: what follows the last one is plain.
        let mut rest = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
        let state = rest.next().unwrap_or("X");
        let in_group = rest.nth(1).and_then(|field| field.parse::<i32>().ok()) == Some(group);
        in_group && !matches!(state, "Z" | "X")
    };
    let mut found: Vec<i32> = pids().filter(living).collect();
    found.sort_unstable();
    found
}

#[cfg(test)]
mod tests {
    use std::os::unix::process::CommandExt;

    use super::*;

    #[test]
    fn a_writer_and_a_group_member_are_found_while_they_live() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("log");
        let file = std::fs::File::create(&path).unwrap();
        let mut child =
            std::process::Command::new("sleep").arg("30").process_group(0).stdout(file).spawn().unwrap();
        let pid = i32::try_from(child.id()).unwrap();
        assert_eq!(writers_of(&path), [pid]);
        assert_eq!(group_members(pid), [pid]);
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(writers_of(&path).is_empty());
        assert!(group_members(pid).is_empty());
    }
}
