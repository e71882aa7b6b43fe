//! Rows into CSV, always in the same order.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::Path;

use super::error::{Column, TableError, TableProblem};
use super::read::TableFormat;
use super::row::OutcomeRow;
use crate::names::natural;

/// Writes rows as CSV, durably; see [`to_csv`].
pub fn write_csv(path: &Path, rows: &[OutcomeRow]) -> Result<(), TableError> {
    let bytes = to_csv(rows).map_err(|problem| TableError::new(path, None, problem))?;
    isocost_fs::write_evidence(path, &bytes)
        .map_err(|error| TableError::new(path, None, TableProblem::Io(error)))
}

/// Writes rows durably in the format of the file's extension, sorted as [`to_csv`] does.
pub fn write_rows(path: &Path, rows: &[OutcomeRow]) -> Result<(), TableError> {
    let bytes = match TableFormat::of(path) {
        Some(TableFormat::Csv) => to_csv(rows),
        Some(TableFormat::JsonLines) => to_jsonl(rows),
        Some(TableFormat::Parquet) => super::parquet::to_parquet(rows),
        None => Err(TableProblem::UnknownFormat),
    };
    let bytes = bytes.map_err(|problem| TableError::new(path, None, problem))?;
    isocost_fs::write_evidence(path, &bytes)
        .map_err(|error| TableError::new(path, None, TableProblem::Io(error)))
}

/// The JSON Lines of rows, sorted and checked as by [`to_csv`].
pub fn to_jsonl(rows: &[OutcomeRow]) -> Result<Vec<u8>, TableProblem> {
    let mut bytes = Vec::new();
    for row in checked(rows)? {
        serde_json::to_writer(&mut bytes, row).map_err(|error| TableProblem::Stream(error.to_string()))?;
        bytes.push(b'\n');
    }
    Ok(bytes)
}

/// The rows in order, if all of them can be read back.
pub(super) fn checked(rows: &[OutcomeRow]) -> Result<Vec<&OutcomeRow>, TableProblem> {
    let taken = |row: &&OutcomeRow| row.extra.keys().find_map(|name| Column::named(name));
    if let Some(column) = rows.iter().find_map(|row| taken(&row)) {
        return Err(TableProblem::ColumnTwice(column.name().to_owned()));
    }
    let sorted = in_order(rows);
    for (index, row) in sorted.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|before| sorted.get(before));
        check(row, before.copied())?;
    }
    Ok(sorted)
}

/// The CSV of rows, sorted by split, metric, arm, budget, seed and item: the order of `rows` does not matter. Numbers are written with as many digits as
/// reading them back needs. Free columns follow in the order of their names. Duplicates, values that are not finite and costs
/// without unit are refused.
pub fn to_csv(rows: &[OutcomeRow]) -> Result<Vec<u8>, TableProblem> {
    let free: BTreeSet<&str> = rows.iter().flat_map(|row| row.extra.keys().map(String::as_str)).collect();
    let sorted = checked(rows)?;
    let mut writer = csv::WriterBuilder::new().from_writer(Vec::new());
    let broken = |error: csv::Error| TableProblem::Stream(error.to_string());
    writer.write_record(Column::ALL.iter().map(|c| c.name()).chain(free.iter().copied())).map_err(broken)?;
    for row in sorted {
        let cells = cells(row);
        let extra = free.iter().map(|name| row.extra.get(*name).map_or("", String::as_str));
        writer.write_record(cells.iter().map(String::as_str).chain(extra)).map_err(broken)?;
    }
    writer.into_inner().map_err(|error| TableProblem::Stream(error.to_string()))
}

fn key(row: &OutcomeRow) -> [&str; 6] {
    [
        row.split.as_str(),
        row.metric.as_str(),
        row.arm.as_str(),
        row.budget.as_str(),
        row.seed.as_str(),
        row.item.as_str(),
    ]
}

/// The rows in the order of their keys. Each distinct name is compared as a name once, each row by the ranks of its names.
pub(super) fn in_order(rows: &[OutcomeRow]) -> Vec<&OutcomeRow> {
    let mut names: Vec<&str> = rows.iter().flat_map(key).collect::<HashSet<_>>().into_iter().collect();
    names.sort_unstable_by(|a, b| natural(a, b));
    let ranks: HashMap<&str, usize> = names.into_iter().zip(0..).collect();
    let mut sorted: Vec<&OutcomeRow> = rows.iter().collect();
    sorted.sort_by_cached_key(|row| key(row).map(|name| ranks.get(name).copied()));
    sorted
}

fn check(row: &OutcomeRow, before: Option<&OutcomeRow>) -> Result<(), TableProblem> {
    let named = [
        (Column::Item, row.item.as_str()),
        (Column::Arm, row.arm.as_str()),
        (Column::Metric, row.metric.as_str()),
    ];
    if let Some((column, _)) = named.into_iter().find(|(_, text)| text.is_empty()) {
        return Err(TableProblem::EmptyCell(column));
    }
    let bad =
        |column, number: f64, wanted| TableProblem::NotANumber { column, text: number.to_string(), wanted };
    if let Some(value) = row.value.filter(|value| !value.is_finite()) {
        return Err(bad(Column::Value, value, "a finite number"));
    }
    if let Some(cost) = row.cost {
        if !(cost.is_finite() && cost >= 0.0) {
            return Err(bad(Column::Cost, cost, "a finite number of at least 0"));
        }
        if row.cost_unit.as_str().is_empty() {
            return Err(TableProblem::CostWithoutUnit(cost));
        }
    }
    match before {
        Some(before) if key(before) == key(row) => Err(TableProblem::Syntax(format!(
            "two rows for item {}, seed {}, arm {}, budget {}, metric {}, split {}",
            row.item, row.seed, row.arm, row.budget, row.metric, row.split
        ))),
        _ => Ok(()),
    }
}

fn cells(row: &OutcomeRow) -> [String; 9] {
    let number = |value: Option<f64>| value.map_or_else(String::new, |value| value.to_string());
    [
        row.item.to_string(),
        row.seed.to_string(),
        row.arm.to_string(),
        row.budget.to_string(),
        number(row.cost),
        row.cost_unit.to_string(),
        row.split.to_string(),
        row.metric.to_string(),
        number(row.value),
    ]
}
