//! Rows of the Results table.

use super::apply::Edit;
use super::results::{line_end, one_line};
use crate::model::{Entry, FieldValue, Id};
use crate::parse::{ResultsTable, code_ranges, results_table};
use crate::text::{Source, Span};

/// What a row says; `None` leaves a known cell as it is and a new one empty.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ResultRow {
    /// `success` or `failed`.
    pub status: Option<String>,
    /// The numbers.
    pub key_metrics: Option<String>,
    /// The attempt's directory or files.
    pub artifacts: Option<String>,
    /// Anything else.
    pub notes: Option<String>,
}

impl ResultRow {
    fn cell(&self, column: &str) -> Option<String> {
        let value = match column.to_ascii_lowercase().as_str() {
            "status" => &self.status,
            "key_metrics" => &self.key_metrics,
            "artifacts" => &self.artifacts,
            "notes" => &self.notes,
            _ => &None,
        };
        value.as_deref().map(escape)
    }
}

/// The first Results table of a document.
pub(super) fn find_table(source: &Source) -> Option<ResultsTable> {
    results_table(source)
}

/// A value as a cell: on one line, bars escaped, and no back-quote that could open a code span across cells.
fn escape(value: &str) -> String {
    let value = one_line(value);
    let code = code_ranges(&value);
    let in_code = |at: usize| code.iter().any(|range| range.contains(&at));
    let mut cell = String::with_capacity(value.len());
    for (at, c) in value.char_indices() {
        match c {
            '|' if !cell.ends_with('\\') => cell.push_str("\\|"),
            '`' if !in_code(at) => cell.push('\''),
            _ => cell.push(c),
        }
    }
    // A backslash at the end would escape the bar that ends the cell.
    if cell.ends_with('\\') {
        cell.push('.');
    }
    cell
}

/// A new row.
pub(super) fn line(table: &ResultsTable, id: &Id, row: &ResultRow) -> String {
    let cells = table.columns.iter().enumerate().map(|(column, name)| match column {
        0 => id.0.clone(),
        _ => row.cell(name).unwrap_or_default(),
    });
    let cells: Vec<String> = cells.collect();
    format!("| {} |", cells.join(" | "))
}

/// Adds rows after the last one.
pub(super) fn append(source: &Source, table: &ResultsTable, lines: &[String]) -> Edit {
    let place = table.end;
    let end = line_end(source, table.start);
    let complete = source.text().get(..place as usize).is_some_and(|before| before.ends_with('\n'));
    let body = lines.join(end);
    let replacement = if complete { format!("{body}{end}") } else { format!("{end}{body}") };
    Edit { span: Span { start: place, end: place }, replacement }
}

/// Changes the cells of a known row that say something else. A row with fewer cells than columns is written anew.
pub(super) fn update(source: &Source, table: &ResultsTable, entry: &Entry, row: &ResultRow) -> Vec<Edit> {
    if entry.fields.len() < table.columns.len() {
        return rewrite(source, table, entry, row).into_iter().collect();
    }
    let fields = entry.fields.iter().zip(&table.columns).skip(1);
    fields
        .filter_map(|(field, column)| {
            let FieldValue::Inline(current) = &field.value else { return None };
            let wanted = row.cell(column)?;
            (wanted != current.raw)
                .then(|| Edit { span: current.span, replacement: padded(source, current.span, wanted) })
        })
        .collect()
}

/// A cell that was empty may have no blank on either side.
fn padded(source: &Source, span: Span, mut cell: String) -> String {
    let bytes = source.text().as_bytes();
    let bar = |at: Option<usize>| at.and_then(|at| bytes.get(at)) == Some(&b'|');
    if span.is_empty() {
        if bar((span.start as usize).checked_sub(1)) {
            cell.insert(0, ' ');
        }
        if bar(Some(span.end as usize)) {
            cell.push(' ');
        }
    }
    cell
}

fn rewrite(source: &Source, table: &ResultsTable, entry: &Entry, row: &ResultRow) -> Option<Edit> {
    let cells: Vec<String> = table
        .columns
        .iter()
        .enumerate()
        .map(|(column, name)| {
            let current = entry.fields.get(column).and_then(|field| match &field.value {
                FieldValue::Inline(text) => Some(text.raw.clone()),
                _ => None,
            });
            if column == 0 { current } else { row.cell(name).or(current) }.unwrap_or_default()
        })
        .collect();
    let current = source.slice(entry.span).trim_end();
    let line = format!("| {} |", cells.join(" | "));
    let span = Span::new(entry.span.start as usize, entry.span.start as usize + current.len());
    (line != current).then_some(Edit { span, replacement: line })
}
