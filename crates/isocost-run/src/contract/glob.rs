//! Path patterns: `*` and `?` within a path component, `[a-z]`, `**` over components, `{a,b}`.

use std::path::Path;

use isocost_fs::{IoResult, Kind};

/// A pattern has at most this many expansions of `{a,b}`, and matches at most this many files; more are left out.
const MANY: usize = 10_000;

/// Whether the text holds a pattern character.
pub fn is_glob(text: &str) -> bool {
    text.contains(['*', '?', '[']) || (text.contains('{') && text.contains(',') && text.contains('}'))
}

/// The texts that a brace set stands for, in order and each once; nested sets are expanded too.
pub fn expand_braces(text: &str) -> Vec<String> {
    let mut pending = vec![text.to_owned()];
    let mut done = Vec::new();
    while let Some(text) = pending.pop() {
        let room = pending.len() + done.len() < MANY;
        match innermost_braces(&text).filter(|_| room) {
            Some((before, inside, after)) => {
                pending.extend(inside.split(',').rev().map(|part| format!("{before}{part}{after}")));
            }
            None if done.contains(&text) => {}
            None => done.push(text),
        }
    }
    done
}

/// The first set without another one in it: what is before, inside and after its braces.
fn innermost_braces(text: &str) -> Option<(&str, &str, &str)> {
    text.match_indices('}').find_map(|(close, _)| {
        let before = text.get(..close)?;
        let (before, inside) = before.rsplit_once('{')?;
        // `${NAME}` is a variable, not a set.
        let is_set = inside.contains(',') && !inside.contains('}') && !before.ends_with('$');
        is_set.then(|| (before, inside, text.get(close + 1..).unwrap_or_default()))
    })
}

/// Whether the pattern (without braces) matches the whole path.
pub fn matches(pattern: &str, path: &str) -> bool {
    matches_chars(&pattern.chars().collect::<Vec<_>>(), &path.chars().collect::<Vec<_>>())
}

/// Whether the pattern matches the path or a directory on its way.
pub fn matches_prefix(pattern: &str, path: &str) -> bool {
    let pattern = pattern.trim_end_matches('/');
    let slashes = path.match_indices('/').map(|(at, _)| at).chain([path.len()]);
    slashes.into_iter().any(|end| path.get(..end).is_some_and(|prefix| matches(pattern, prefix)))
}

/// Greedy matching with one place to come back to: time is at most the product of the lengths.
fn matches_chars(pattern: &[char], path: &[char]) -> bool {
    let (mut p, mut s) = (0, 0);
    let mut back: Option<(usize, usize, bool)> = None;
    while s < path.len() || p < pattern.len() {
        match pattern.get(p) {
            Some('*') => {
                let deep = pattern.get(p + 1) == Some(&'*');
                p += if deep { 2 } else { 1 };
                if deep && pattern.get(p) == Some(&'/') && (s == 0 || path.get(s - 1) == Some(&'/')) {
                    p += 1;
                }
                back = Some((p, s, deep));
                continue;
            }
            Some('?') if path.get(s).is_some_and(|&c| c != '/') => {
                (p, s) = (p + 1, s + 1);
                continue;
            }
            Some('[') => {
                if let (Some((end, set)), Some(&c)) = (class(pattern, p), path.get(s))
                    && c != '/'
                    && in_class(set, c)
                {
                    (p, s) = (end, s + 1);
                    continue;
                }
            }
            Some(literal) if path.get(s) == Some(literal) => {
                (p, s) = (p + 1, s + 1);
                continue;
            }
            _ => {}
        }
        match back {
            Some((after, at, deep)) if path.get(at).is_some_and(|&c| deep || c != '/') => {
                back = Some((after, at + 1, deep));
                (p, s) = (after, at + 1);
            }
            _ => return false,
        }
    }
    true
}

/// A `[…]` at `start`: where it ends, and what stands in it.
fn class(pattern: &[char], start: usize) -> Option<(usize, &[char])> {
    let rest = pattern.get(start + 1..)?;
    let length = rest.iter().skip(1).position(|&c| c == ']')? + 1;
    Some((start + length + 2, rest.get(..length)?))
}

fn in_class(set: &[char], c: char) -> bool {
    let (negated, mut set) = match set.split_first() {
        Some(('!' | '^', rest)) => (true, rest),
        _ => (false, set),
    };
    let mut found = false;
    while let Some((&low, rest)) = set.split_first() {
        if let (Some('-'), Some(&high)) = (rest.first(), rest.get(1)) {
            found |= (low..=high).contains(&c);
            set = rest.get(2..).unwrap_or_default();
        } else {
            found |= low == c;
            set = rest;
        }
    }
    found != negated
}

/// Whether some path could match both patterns (without braces). A class counts as `?`.
pub fn globs_overlap(left: &str, right: &str) -> bool {
    let is_plain = |text: &str| !text.contains(['*', '?', '[']);
    // What stands before the first pattern character decides most pairs.
    let head = |text: &str| text.find(['*', '?', '[']).unwrap_or(text.len());
    let shared = head(left).min(head(right));
    if left.as_bytes().get(..shared) != right.as_bytes().get(..shared) {
        return false;
    }
    match (is_plain(left), is_plain(right)) {
        (true, true) => return left == right,
        (false, true) => return matches(left, right),
        (true, false) => return matches(right, left),
        (false, false) => {}
    }
    let (a, b): (Vec<char>, Vec<char>) = (simple(left), simple(right));
    // reach[j]: whether a[..i] and b[..j] can stand for the same text.
    let mut reach = vec![false; b.len() + 1];
    for i in 0..=a.len() {
        let mut row = vec![false; b.len() + 1];
        for j in 0..=b.len() {
            let above = i > 0 && reach.get(j).copied().unwrap_or_default();
            let left = j > 0 && row.get(j - 1).copied().unwrap_or_default();
            let corner = i > 0 && j > 0 && reach.get(j - 1).copied().unwrap_or_default();
            let (ca, cb) = (i.checked_sub(1).and_then(|i| a.get(i)), j.checked_sub(1).and_then(|j| b.get(j)));
            let met = match (ca, cb) {
                (None, None) => true,
                (Some('*'), None) => above,
                (None, Some('*')) => left,
                (Some('*'), Some('*')) => above || left || corner,
                (Some('*'), Some(&c)) => above || (c != '/' && left),
                (Some(&c), Some('*')) => left || (c != '/' && above),
                (Some('?'), Some(&c)) | (Some(&c), Some('?')) => c != '/' && corner,
                (Some(x), Some(y)) => x == y && corner,
                _ => false,
            };
            if let Some(place) = row.get_mut(j) {
                *place = met;
            }
        }
        reach = row;
    }
    reach.last().copied().unwrap_or_default()
}

fn simple(pattern: &str) -> Vec<char> {
    let chars: Vec<char> = pattern.chars().collect();
    let (mut out, mut at) = (Vec::new(), 0);
    while let Some(&c) = chars.get(at) {
        match class(&chars, at) {
            Some((end, _)) if c == '[' => {
                out.push('?');
                at = end;
            }
            _ => {
                out.push(c);
                at += 1;
            }
        }
    }
    out
}

/// The files and directories below `root` that the pattern (with or without braces) matches: relative paths in byte order.
/// `**` is read as `*` here. Links to directories are not followed.
pub fn expand_on_disk(root: &Path, pattern: &str) -> IoResult<Vec<String>> {
    let mut found = Vec::new();
    for pattern in expand_braces(pattern) {
        let mut here = vec![String::new()];
        for part in pattern.split('/').filter(|part| !part.is_empty() && *part != ".") {
            here = step(root, &here, part)?;
            here.truncate(MANY);
        }
        found.extend(here.into_iter().filter(|path| !path.is_empty()));
    }
    found.sort();
    found.dedup();
    Ok(found)
}

fn step(root: &Path, here: &[String], part: &str) -> IoResult<Vec<String>> {
    let mut next = Vec::new();
    for at in here {
        let joined = |name: &str| if at.is_empty() { name.to_owned() } else { format!("{at}/{name}") };
        if !is_glob(part) {
            let path = joined(part);
            if isocost_fs::exists(&root.join(&path)) {
                next.push(path);
            }
            continue;
        }
        let entries = match isocost_fs::list_dir(&root.join(at)) {
            Ok(entries) => entries,
            Err(error) if error.is_not_found() || is_no_dir(&error) => continue,
            Err(error) => return Err(error),
        };
        for entry in entries.iter().filter(|entry| entry.kind != Kind::Other) {
            let name = entry.path.file_name().unwrap_or_default().to_string_lossy();
            if (part.starts_with('.') || !name.starts_with('.')) && matches(part, &name) {
                next.push(joined(&name));
            }
        }
    }
    Ok(next)
}

fn is_no_dir(error: &isocost_fs::IoError) -> bool {
    error.source.kind() == std::io::ErrorKind::NotADirectory
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stays_within_its_component() {
        assert!(matches("runs/E0801_*/best.json", "runs/E0801_val_2026/best.json"));
        assert!(!matches("runs/E0801_*/best.json", "runs/E0801_val/deep/best.json"));
        assert!(!matches("runs/*", "runs/a/b"));
        assert!(matches("runs/**/b.json", "runs/a/c/b.json") && matches("runs/**/b.json", "runs/b.json"));
        assert!(matches("a[0-9]?.txt", "a7x.txt") && !matches("a[!0-9].txt", "a7.txt"));
        assert!(matches("", "") && matches("*", "") && !matches("?", ""));
    }

    #[test]
    fn a_directory_pattern_matches_the_files_below_it() {
        assert!(matches_prefix("runs/E0801_*", "runs/E0801_x/sub/metrics.json"));
        assert!(matches_prefix("runs/E0801_*/", "runs/E0801_x"));
        assert!(!matches_prefix("runs/E0801_*", "runs/E08011/metrics.json"));
    }

    #[test]
    fn brace_sets_expand_in_order_and_variables_do_not() {
        assert_eq!(expand_braces("a.{json,md}"), ["a.json", "a.md"]);
        assert_eq!(expand_braces("{a,b}{1,2}"), ["a1", "a2", "b1", "b2"]);
        assert_eq!(expand_braces("{a,b{1,2}}"), ["a", "b1", "b2"]);
        assert_eq!(expand_braces("${X}/{y}"), ["${X}/{y}"]);
    }

    #[test]
    fn patterns_overlap_if_one_path_can_match_both() {
        assert!(globs_overlap("runs/E0801_*/best.json", "runs/E0801_val_*/best.json"));
        assert!(globs_overlap("runs/*/best.json", "runs/E0801_*/*"));
        assert!(!globs_overlap("runs/E0801_*", "runs/E0802_*"));
        assert!(!globs_overlap("runs/*", "runs/a/b"));
        assert!(globs_overlap("a*c", "ab*") && !globs_overlap("a*c", "ab*d"));
        assert!(globs_overlap("", "*") && !globs_overlap("a", ""));
    }

    #[test]
    fn a_pattern_finds_files_in_order() {
        let dir = tempfile::tempdir().unwrap();
        for path in ["runs/E1_b/m.json", "runs/E1_a/m.json", "runs/E2/m.json", "runs/.E1_hidden/m.json"] {
            let path = dir.path().join(path);
            isocost_fs::create_dir_all(path.parent().unwrap()).unwrap();
            isocost_fs::write_cache(&path, b"{}").unwrap();
        }
        let found = expand_on_disk(dir.path(), "./runs/E1_*/m.{json,md}").unwrap();
        assert_eq!(found, ["runs/E1_a/m.json", "runs/E1_b/m.json"]);
        assert!(expand_on_disk(dir.path(), "none/*/x").unwrap().is_empty());
    }
}
