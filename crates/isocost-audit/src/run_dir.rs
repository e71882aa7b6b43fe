//! Run directories: `runs/E0801_val402_sweep_20260212-035956`, whose stamp is the only clock of most ledgers (spec §1.3).

use isocost_ledger::model::{Id, Stamp};

/// Bytes of a stamp.
const STAMP: usize = 15;

/// A time-stamped directory named in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RunDir<'t> {
    /// The directory's own name, without what stands before it.
    pub name: &'t str,
    /// When the run started.
    pub stamp: Stamp,
    /// Byte range of the name in the text it was found in.
    pub range: std::ops::Range<usize>,
}

impl<'t> RunDir<'t> {
    /// Whether the name stands for several directories.
    pub(crate) fn is_pattern(&self) -> bool {
        self.name.contains(['*', '{', '?'])
    }

    /// Whether the name's beginning was left out (`...gate_20260206-154502`).
    pub(crate) fn is_elided(&self) -> bool {
        self.name.starts_with("...")
    }

    /// The lower-case words of the name, split at `_`, `-` and `.`.
    pub(crate) fn words(&self) -> impl Iterator<Item = &'t str> + use<'t> {
        self.name.split(['_', '-', '.']).filter(|word| !word.is_empty())
    }
}

/// The id (`E0801`, `E0400b`) at the start of a name, where nothing but `_`, `-`, `/`, `.` or the end follows it.
pub(crate) fn leading_id(name: &str) -> Option<Id> {
    let mut end = 0;
    for (index, byte) in name.bytes().enumerate() {
        match (index, byte) {
            (0, b'A'..=b'Z') | (1..=4, b'0'..=b'9') | (5.., b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9') => {
                end = index + 1;
            }
            (5.., b'_' | b'-' | b'/' | b'.' | b'*') => break,
            _ => return None,
        }
    }
    (end >= 5).then(|| name.get(..end).map(|id| Id(id.to_owned()))).flatten()
}

/// All time-stamped directory names in a text, in order.
pub(crate) fn run_dirs(text: &str) -> impl Iterator<Item = RunDir<'_>> {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b'-', bytes).filter_map(move |dash| run_dir_at(text, dash))
}

/// The directory whose stamp has its dash at `dash`.
fn run_dir_at(text: &str, dash: usize) -> Option<RunDir<'_>> {
    let bytes = text.as_bytes();
    let digits = |from: usize, len: usize| {
        bytes.get(from..from + len).is_some_and(|part| part.iter().all(u8::is_ascii_digit))
    };
    let start = dash.checked_sub(8)?;
    let end = start + STAMP;
    let glued = bytes.get(end).is_some_and(|&b| b.is_ascii_alphanumeric() || b == b'_');
    let before = start.checked_sub(1).and_then(|at| bytes.get(at)).copied();
    if !digits(start, 8) || !digits(dash + 1, 6) || glued || before != Some(b'_') {
        return None;
    }
    let name_start = bytes.get(..start)?.iter().rposition(|&b| !is_name_byte(b)).map_or(0, |at| at + 1);
    let name = text.get(name_start..end)?;
    let stamp = Stamp::exactly(text.get(start..end)?)?;
    (start > name_start).then_some(RunDir { name, stamp, range: name_start..end })
}

fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b'*' | b'{' | b'}' | b'?' | b'+')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<&str> {
        run_dirs(text).map(|dir| dir.name).collect()
    }

    #[test]
    fn a_directory_is_named_with_its_stamp_and_without_what_stands_around_it() {
        let text = "`runs/E0801_val402_20260212-035956/m.json` and (runs/E0802_20260212-040440)";
        assert_eq!(names(text), ["E0801_val402_20260212-035956", "E0802_20260212-040440"]);
        assert_eq!(leading_id(names(text)[0]), Some(Id("E0801".into())));
    }

    #[test]
    fn longer_names_and_stamps_without_a_time_are_not_run_directories() {
        assert!(names("runs/x_20260201-PANNS runs/a_20260212-035956_more 20260212-035956").is_empty());
    }

    #[test]
    fn an_elided_name_keeps_its_dots() {
        let text = "`...gate_0p7_20260206-154502/metrics.json`";
        let dir = run_dirs(text).next().unwrap();
        assert!(dir.is_elided() && leading_id(dir.name).is_none());
        assert_eq!(dir.stamp.to_string(), "20260206-154502");
    }

    #[test]
    fn an_id_ends_where_a_name_may_go_on() {
        assert_eq!(leading_id("E0400b_x"), Some(Id("E0400b".into())));
        assert_eq!(leading_id("E0142-full"), Some(Id("E0142".into())));
        assert_eq!(leading_id("E01"), None);
        assert_eq!(leading_id("REAL_AVE"), None);
    }
}
