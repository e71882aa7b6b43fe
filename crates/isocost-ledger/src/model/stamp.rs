//! Time stamps in paths (spec §1.3).

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer};

/// The start of a run as its directory's name tells it. Orders by time; a stamp without a time comes first on its day.
/// Printed and serialised as it stands in a name: `YYYYMMDD-HHMMSS`, or `YYYYMMDD`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stamp {
    /// `YYYYMMDD` as a number.
    pub date: u32,
    /// `HHMMSS` as a number.
    pub time: Option<u32>,
}

impl fmt::Display for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:08}", self.date)?;
        self.time.map_or(Ok(()), |time| write!(f, "-{time:06}"))
    }
}

impl Serialize for Stamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl JsonSchema for Stamp {
    fn schema_name() -> Cow<'static, str> {
        "Stamp".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "description": "The start time in a run directory's name, `YYYYMMDD-HHMMSS`. Compares in time order.",
        })
    }
}

impl Stamp {
    /// The stamp that a text is, without anything around it.
    pub fn exactly(text: &str) -> Option<Self> {
        stamp_at(text, 0).filter(|&(_, end)| end == text.len()).map(|(stamp, _)| stamp)
    }

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
    fn a_stamp_is_printed_as_it_stands_in_a_name() {
        for text in ["20260214-031002", "20260201"] {
            assert_eq!(Stamp::exactly(text).unwrap().to_string(), text);
        }
        assert_eq!(Stamp::exactly("20260214-031002x"), None);
        assert_eq!(Stamp::exactly("20261399-000000"), None);
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
