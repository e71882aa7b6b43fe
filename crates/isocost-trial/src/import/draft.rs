//! Rows on their way from a log into a table.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::error::{ImportError, ImportProblem};
use super::format::{FieldOrigin, Format, Recognition, Units};
use super::source::Imported;
use crate::OutcomeRow;
use crate::table::{Projection, TableBuilder};

/// Rows with their places, and what to say about them.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) format: Format,
    pub(super) units: Units,
    pub(super) fields: Vec<FieldOrigin>,
    pub(super) notes: Vec<String>,
    files: Vec<(PathBuf, String)>,
    rows: Vec<(usize, u64, OutcomeRow)>,
}

impl Draft {
    pub(super) fn new(format: Format, units: Units, fields: &[(&str, &str)]) -> Self {
        let field = |(column, from): &(&str, &str)| FieldOrigin {
            column: (*column).to_owned(),
            from: (*from).to_owned(),
        };
        Self {
            format,
            units,
            fields: fields.iter().map(field).collect(),
            notes: Vec::new(),
            files: Vec::new(),
            rows: Vec::new(),
        }
    }

    /// Rows from now on come from this file.
    pub(super) fn file(&mut self, path: &Path, blake3: String) {
        self.files.push((path.to_owned(), blake3));
    }

    /// Adds a row that stands at this record (from 1) of the file.
    pub(super) fn push(&mut self, record: u64, row: OutcomeRow) {
        self.rows.push((self.files.len().saturating_sub(1), record, row));
    }

    pub(super) fn note(&mut self, note: impl Into<String>) {
        let note = note.into();
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }

    pub(super) fn rows_mut(&mut self) -> impl Iterator<Item = &mut OutcomeRow> {
        self.rows.iter_mut().map(|(_, _, row)| row)
    }

    pub(super) fn finish(self, path: &Path, projection: &Projection) -> Result<Imported, ImportError> {
        if self.rows.is_empty() {
            let why =
                if self.notes.is_empty() { self.format.words().to_owned() } else { self.notes.join("; ") };
            return Err(ImportError::at(path, ImportProblem::NoRows(why)));
        }
        let mut builder = TableBuilder::new(projection);
        let mut rows = self.rows.iter().peekable();
        for (index, (path, blake3)) in self.files.iter().enumerate() {
            builder.begin(path, blake3.clone())?;
            while let Some((_, record, row)) = rows.next_if(|(file, _, _)| *file == index) {
                builder.push(row, *record)?;
            }
        }
        let recognition = Recognition {
            format: self.format,
            files: self.files.into_iter().map(|(path, _)| path).collect(),
            fields: self.fields,
            units: self.units,
            notes: self.notes,
        };
        Ok(Imported { table: builder.finish()?, recognition })
    }
}

/// A row whose names are all empty.
pub(super) fn blank() -> OutcomeRow {
    OutcomeRow {
        item: "".into(),
        seed: "".into(),
        arm: "".into(),
        budget: "".into(),
        cost: None,
        cost_unit: "".into(),
        split: "".into(),
        metric: "".into(),
        value: None,
        extra: BTreeMap::new(),
    }
}
