//! Finds golden vectors: in `ISOCOST_GOLDEN`, or in the copy of this repository.

use std::path::PathBuf;

use serde_json::Value;

#[expect(clippy::print_stderr, reason = "a skipped file is named")]
/// A file, or nothing, said by name, where it is absent.
pub(crate) fn bytes(name: &str) -> Option<Vec<u8>> {
    let folder = std::env::var_os("ISOCOST_GOLDEN").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../testdata/golden")),
        PathBuf::from,
    );
    let found = isocost_fs::read(&folder.join("audiovisual").join(name)).ok();
    if found.is_none() {
        eprintln!("skipped: there is no {name}");
    }
    found
}

/// The lines of a file of JSON lines.
pub(crate) fn lines(name: &str) -> Vec<Value> {
    let text = String::from_utf8(bytes(name).unwrap_or_default()).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// A JSON file.
pub(crate) fn json(name: &str) -> Option<Value> {
    bytes(name).map(|bytes| serde_json::from_slice(&bytes).unwrap())
}

pub(crate) fn floats(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|number| number.as_f64().unwrap()).collect()
}

pub(crate) fn indices(value: &Value) -> Vec<usize> {
    value
        .as_array()
        .unwrap()
        .iter()
        .map(|number| usize::try_from(number.as_u64().unwrap()).unwrap())
        .collect()
}

/// Rows of numbers, as one vector in single precision, and the width of a row.
pub(crate) fn table(value: &Value) -> (Vec<f32>, usize) {
    let rows: Vec<Vec<f64>> = value.as_array().unwrap().iter().map(floats).collect();
    let width = rows.first().map_or(0, Vec::len);
    #[expect(clippy::cast_possible_truncation, reason = "the vectors were written from single precision")]
    let values = rows.into_iter().flatten().map(|value| value as f32).collect();
    (values, width)
}

pub(crate) fn count_of(value: &Value) -> usize {
    usize::try_from(value.as_u64().unwrap()).unwrap()
}
