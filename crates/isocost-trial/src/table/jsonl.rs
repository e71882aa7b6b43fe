//! Rows of JSON Lines: one object a line with the keys of the columns. Numbers, truth values and null are read as their text, null as empty.

use std::io::{BufRead, Read};

use serde_json::{Map, Value};

use super::build::{Builder, Cells};
use super::csv::At;
use super::error::{Column, TableProblem};

/// A longer line is no row of an outcome table.
const LONGEST_LINE: u64 = 16 << 20;

pub(super) fn read(mut reader: impl BufRead, builder: &mut Builder) -> Result<(), At> {
    let mut bytes = Vec::new();
    for line in 1_u64.. {
        bytes.clear();
        let at = |problem| (Some(line), problem);
        let taken = reader.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut bytes);
        let length = taken.map_err(|error| at(TableProblem::Stream(error.to_string())))? as u64;
        if length == 0 {
            return Ok(());
        }
        if length == LONGEST_LINE {
            return Err(at(TableProblem::Syntax("the line is longer than 16 MiB".to_owned())));
        }
        let text = bytes.strip_prefix(b"\xEF\xBB\xBF").filter(|_| line == 1).unwrap_or(&bytes).trim_ascii();
        if !text.is_empty() {
            push(text, line, builder).map_err(at)?;
        }
    }
    Ok(())
}

fn push(text: &[u8], line: u64, builder: &mut Builder) -> Result<(), TableProblem> {
    let object: Map<String, Value> = serde_json::from_slice(text)
        .map_err(|error| TableProblem::Syntax(format!("not a JSON object: {error}")))?;
    let missing: Vec<String> = Column::ALL
        .into_iter()
        .filter(|column| !object.contains_key(column.name()))
        .map(|column| column.name().to_owned())
        .collect();
    if !missing.is_empty() {
        return Err(TableProblem::MissingColumns { missing, found: object.keys().cloned().collect() });
    }
    let texts: Vec<(&str, String)> =
        object.iter().map(|(key, value)| (key.as_str(), text_of(value))).collect();
    let cell = |column: Column| {
        texts.iter().find(|(key, _)| *key == column.name()).map_or("", |(_, text)| text.trim())
    };
    let cells = Cells { fixed: Column::ALL.map(cell) };
    let is_free = |key: &str| Column::ALL.iter().all(|column| column.name() != key);
    let free = texts.iter().filter(|(key, _)| is_free(key)).map(|(key, text)| (*key, text.as_str()));
    builder.push(&cells, free, line)
}

fn text_of(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
