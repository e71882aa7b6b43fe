//! JSON files and numbers in them.

use std::path::Path;

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::error::{ImportError, ImportProblem};

/// A larger file is no log that fits in memory.
const LARGEST: u64 = 2 << 30;

/// Whether a name ends with a dot and this, in any case.
pub(super) fn has_extension(name: &str, extension: &str) -> bool {
    Path::new(name).extension().is_some_and(|found| found.eq_ignore_ascii_case(extension))
}

/// The bytes of a file and their BLAKE3.
pub(super) fn read(path: &Path) -> Result<(Vec<u8>, String), ImportError> {
    let bytes = isocost_fs::read_limited(path, LARGEST).map_err(|error| ImportError::at(path, error))?;
    let bytes = bytes.ok_or_else(|| ImportError::at(path, ImportProblem::TooLarge(LARGEST)))?;
    let hash = blake3::hash(&bytes).to_hex().to_string();
    Ok((bytes, hash))
}

pub(super) fn parse<T: DeserializeOwned>(path: &Path, bytes: &[u8]) -> Result<T, ImportError> {
    serde_json::from_slice(bytes)
        .map_err(|error| ImportError::malformed(path, format!("not the JSON of such a log: {error}")))
}

/// A finite number; truth values are 0 and 1.
pub(super) fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Bool(value) => Some(f64::from(u8::from(*value))),
        Value::Number(number) => number.as_f64().filter(|number| number.is_finite()),
        _ => None,
    }
}

/// A name: text as it is, whole numbers as digits.
pub(super) fn name(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
