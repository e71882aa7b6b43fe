//! Time stamps in paths (spec §1.3).

use schemars::JsonSchema;
use serde::Serialize;

/// The start of a run as its directory's name tells it. Orders by time; a stamp without a time comes first on its day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
pub struct Stamp {
    /// `YYYYMMDD` as a number.
    pub date: u32,
    /// `HHMMSS` as a number.
    pub time: Option<u32>,
}

impl Stamp {
    /// The first stamp with a time in a path, else the first without: `runs/E0801_x_20260212-035956/metrics.json`.
    pub fn in_path(path: &str) -> Option<Self> {
        let stamps = || Self::all_in(path).map(|(stamp, _)| stamp);
        stamps().find(|stamp| stamp.time.is_some()).or_else(|| stamps().next())
    }

    /// The directory that a stamp with a time names: the path up to the end of that stamp's component.
    pub fn directory(path: &str) -> Option<&str> {
        let (_, end) = Self::all_in(path).find(|(stamp, _)| stamp.time.is_some())?;
        let rest = path.get(end..)?;
        let stop = rest.find('/').unwrap_or(rest.len());
        path.get(..end + stop)
    }

    fn all_in(path: &str) -> impl Iterator<Item = (Self, usize)> + '_ {
        let bytes = path.as_bytes();
        (0..bytes.len()).filter_map(move |at| {
            let glued = at.checked_sub(1).and_then(|i| bytes.get(i)).is_some_and(u8::is_ascii_digit);
            if glued || !bytes.get(at)?.is_ascii_digit() {
                return None;
            }
            stamp_at(path, at)
        })
    }
}

fn stamp_at(path: &str, at: usize) -> Option<(Stamp, usize)> {
    let date = digits(path, at, 8)?;
    let (month, day) = (date / 100 % 100, date % 100);
    if !(19_000_000..21_000_000).contains(&date) || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    let time = path
        .get(at + 8..at + 9)
        .filter(|mark| *mark == "-" || *mark == "_" || *mark == "T")
        .and_then(|_| digits(path, at + 9, 6))
        .filter(|time| time / 10_000 < 24 && time / 100 % 100 < 60 && time % 100 < 61);
    Some((Stamp { date, time }, if time.is_some() { at + 15 } else { at + 8 }))
}

/// Exactly `count` digits at byte `at`.
fn digits(path: &str, at: usize, count: usize) -> Option<u32> {
    let text = path.get(at..at + count)?;
    let more = path.as_bytes().get(at + count).is_some_and(u8::is_ascii_digit);
    (!more && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stamps_sort_by_time() {
        let early = Stamp::in_path("runs/E0978_a_20260214-031002/metrics.json").unwrap();
        let late = Stamp::in_path("runs/E0980_b_20260214-153000").unwrap();
        assert!(early < late);
        assert_eq!((early.date, early.time), (20_260_214, Some(31_002)));
    }

    #[test]
    fn a_stamp_may_lack_its_time_or_be_no_stamp() {
        assert_eq!(Stamp::in_path("runs/X_20260201-PANNS/m").map(|s| s.time), Some(None));
        assert_eq!(Stamp::in_path("runs/E0100_202602*/m"), None);
        assert_eq!(Stamp::in_path("a/123456789"), None);
        assert_eq!(Stamp::in_path("a/20261399-000000"), None);
        assert_eq!(Stamp::directory("runs/E1_20260201-010203_x/m.json"), Some("runs/E1_20260201-010203_x"));
    }
}
