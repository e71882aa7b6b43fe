//! Lists of ids in files: one a line, a JSON array, or the `item` or `id` column of CSV.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::ItemId;

/// A list is smaller.
const LARGEST: u64 = 1 << 30;

/// Ids as a file lists them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdList {
    /// The file.
    pub path: PathBuf,
    /// The ids.
    pub ids: BTreeSet<ItemId>,
}

/// A list that cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ListError {
    /// The file cannot be read.
    #[error(transparent)]
    Io(#[from] isocost_fs::IoError),
    /// It is not a list of ids.
    #[error("{}: {what}; write one id a line, a JSON array of ids, or CSV with a column `item` or `id`", .path.display())]
    Form {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        what: String,
    },
}

impl IdList {
    /// Reads a list. Blank lines are left out, and those that begin with `#` where there is one id a line.
    pub fn read(path: &Path) -> Result<Self, ListError> {
        let form = |what: String| ListError::Form { path: path.to_owned(), what };
        let bytes =
            isocost_fs::read_limited(path, LARGEST)?.ok_or_else(|| form("larger than 1 GiB".to_owned()))?;
        let text = std::str::from_utf8(&bytes).map_err(|_| form("not UTF-8".to_owned()))?;
        let text = text.trim_start_matches('\u{feff}');
        let extension = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
        let ids = match extension.as_str() {
            "json" => array(text).map_err(form)?,
            "csv" => column(text).map_err(form)?,
            _ => lines(text),
        };
        if ids.is_empty() {
            return Err(form("there is no id in it".to_owned()));
        }
        Ok(Self { path: path.to_owned(), ids })
    }
}

fn lines(text: &str) -> BTreeSet<ItemId> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(ItemId::from)
        .collect()
}

fn array(text: &str) -> Result<BTreeSet<ItemId>, String> {
    let values: Vec<Value> = serde_json::from_str(text).map_err(|error| format!("no JSON array: {error}"))?;
    let id = |value: &Value| match value {
        Value::String(text) => Ok(ItemId::from(text.trim())),
        Value::Number(number) => Ok(ItemId::from(number.to_string())),
        other => Err(format!("`{other}` is no id")),
    };
    values.iter().map(id).collect()
}

fn column(text: &str) -> Result<BTreeSet<ItemId>, String> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
    let headers = reader.headers().map_err(|error| error.to_string())?.clone();
    let named = |name: &str| headers.iter().position(|header| header == name);
    let index = named("item").or_else(|| named("id")).ok_or("no column `item` or `id`")?;
    let id = |record: Result<csv::StringRecord, csv::Error>| {
        let record = record.map_err(|error| error.to_string())?;
        Ok(record.get(index).filter(|id| !id.is_empty()).map(ItemId::from))
    };
    let ids: Result<Vec<Option<ItemId>>, String> = reader.records().map(id).collect();
    Ok(ids?.into_iter().flatten().collect())
}
