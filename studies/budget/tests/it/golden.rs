//! Finds golden vectors: in `ISOCOST_GOLDEN`, or in the copy of this repository.

use std::path::PathBuf;

use serde_json::Value;

#[expect(clippy::print_stderr, reason = "a skipped file is named")]
/// The lines of a file, or nothing, said by name, where it is absent.
pub(crate) fn lines(name: &str) -> Vec<Value> {
    let folder = std::env::var_os("ISOCOST_GOLDEN").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../testdata/golden")),
        PathBuf::from,
    );
    let path = folder.join("audiovisual").join(name);
    let Ok(text) = isocost_fs::read_to_string(&path) else {
        eprintln!("skipped: there is no {name}");
        return Vec::new();
    };
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

pub(crate) fn floats(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|number| number.as_f64().unwrap()).collect()
}

pub(crate) fn count(value: &Value) -> Option<usize> {
    value.as_u64().map(|count| usize::try_from(count).unwrap())
}

pub(crate) fn side(value: &Value) -> u32 {
    u32::try_from(value.as_u64().unwrap()).unwrap()
}
