//! AVE's annotations.
//!
//! Source: `listen_core` section 3.1.

use std::fmt;
use std::ops::Range;
use std::path::Path;
use std::str::FromStr;

use crate::{AvError, AvResult};

/// A split of the clips.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Split {
    /// Training.
    Train,
    /// Validation.
    Val,
    /// Test.
    Test,
}

impl Split {
    /// All, in file order.
    pub const ALL: [Self; 3] = [Self::Train, Self::Val, Self::Test];

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Train => "train",
            Self::Val => "val",
            Self::Test => "test",
        }
    }
}

impl fmt::Display for Split {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Split {
    type Err = AvError;

    fn from_str(text: &str) -> AvResult<Self> {
        let known = Self::ALL.into_iter().find(|split| split.name() == text);
        known.ok_or_else(|| AvError::options(format!("`{text}` is no split"), "write train, val or test"))
    }
}

/// One row of the annotations: an event of one class in one clip.
#[derive(Debug, Clone, PartialEq)]
pub struct Clip {
    /// The video's id.
    pub id: String,
    /// The class.
    pub label: String,
    /// Start of the event, in seconds.
    pub start: f64,
    /// End of the event, in seconds.
    pub end: f64,
}

/// All clips, split by split, in file order.
#[derive(Debug, Clone, PartialEq)]
pub struct AveIndex {
    clips: Vec<Clip>,
    /// Event classes in byte order; class `n` of a label is `classes[n - 1]`, 0 is background.
    classes: Vec<String>,
    ends: [usize; 3],
}

impl AveIndex {
    /// Reads `trainSet.txt`, `valSet.txt` and `testSet.txt` of a folder.
    pub fn read(meta: &Path) -> AvResult<Self> {
        let mut clips = Vec::new();
        let mut ends = [0; 3];
        for (split, end) in Split::ALL.into_iter().zip(&mut ends) {
            let path = meta.join(format!("{split}Set.txt"));
            if !isocost_fs::exists(&path) {
                return Err(AvError::file(
                    &path,
                    "the file is missing",
                    "the folder must hold trainSet.txt, valSet.txt and testSet.txt; order files in HDF5 are not read: write the three lists from them",
                ));
            }
            let text = isocost_fs::read_to_string(&path)?;
            let rows = parse(&text)
                .map_err(|what| AvError::file(&path, what, "rows are label&video_id&quality&start&end"))?;
            clips.extend(rows);
            *end = clips.len();
        }
        Ok(Self::new(clips, ends))
    }

    fn new(clips: Vec<Clip>, ends: [usize; 3]) -> Self {
        let mut classes: Vec<String> = clips.iter().map(|clip| clip.label.clone()).collect();
        classes.sort();
        classes.dedup();
        Self { clips, classes, ends }
    }

    /// All clips.
    pub fn clips(&self) -> &[Clip] {
        &self.clips
    }

    /// The clips of one split.
    pub fn split(&self, split: Split) -> &[Clip] {
        let [train, val, test] = self.ends;
        let range: Range<usize> = match split {
            Split::Train => 0..train,
            Split::Val => train..val,
            Split::Test => val..test,
        };
        self.clips.get(range).unwrap_or_default()
    }

    /// Event classes in byte order.
    pub fn classes(&self) -> &[String] {
        &self.classes
    }

    /// Number of classes with background.
    pub fn class_count(&self) -> usize {
        self.classes.len() + 1
    }

    /// The class of each second of a clip; 0 where its event does not reach into the second.
    pub fn labels(&self, clip: &Clip, seconds: usize) -> Vec<usize> {
        let class = self.classes.binary_search(&clip.label).map_or(0, |at| at + 1);
        let overlaps = |second: usize| clip.end.min((second + 1) as f64) > clip.start.max(second as f64);
        (0..seconds).map(|second| if overlaps(second) { class } else { 0 }).collect()
    }
}

/// Rows with numbers for start and end; a header row has none and is skipped.
fn parse(text: &str) -> Result<Vec<Clip>, String> {
    let mut clips = Vec::new();
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let fields: Vec<&str> = line.split('&').collect();
        let [label, id, _quality, start, end] = fields[..] else {
            return Err(format!("line {} has {} fields instead of 5", at + 1, fields.len()));
        };
        let (Ok(start), Ok(end)) = (start.trim().parse::<f64>(), end.trim().parse::<f64>()) else { continue };
        if !(start.is_finite() && end.is_finite()) {
            return Err(format!("line {}: start or end is not a finite number", at + 1));
        }
        clips.push(Clip { id: id.trim().to_owned(), label: label.trim().to_owned(), start, end });
    }
    Ok(clips)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_and_blank_lines_are_skipped_and_a_short_row_is_an_error() {
        let clips = parse("Category&VideoID&Quality&StartTime&EndTime\n\n Bus & x1 &good&2&5\n").unwrap();
        assert_eq!(clips, [Clip { id: "x1".into(), label: "Bus".into(), start: 2.0, end: 5.0 }]);
        assert!(parse("Bus&x1&good&2\n").unwrap_err().contains("line 1"));
    }

    #[test]
    fn a_second_carries_the_class_only_if_the_event_reaches_into_it() {
        let clip = Clip { id: "x".into(), label: "Bus".into(), start: 2.0, end: 3.5 };
        let other = Clip { label: "Accordion".into(), ..clip.clone() };
        let index = AveIndex::new(vec![clip.clone(), other], [1, 1, 2]);
        assert_eq!(index.labels(&clip, 5), [0, 0, 2, 2, 0]);
        assert_eq!(index.split(Split::Val), []);
        assert_eq!(index.class_count(), 3);
    }
}
