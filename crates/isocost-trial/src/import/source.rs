//! Paths in, a table and what was recognised out.

use std::path::{Path, PathBuf};

use super::detect::detect;
use super::draft::Draft;
use super::error::{ImportError, ImportProblem};
use super::format::{FieldOrigin, Format, Recognition, Units};
use super::{inspect, lm_eval, mlflow, npz, results_csv, seed_metrics};
use crate::OutcomeTable;
use crate::table::{Column, ColumnMap, Origin, Projection, TableReader};

/// How files are read.
#[derive(Debug, Clone, Default)]
pub struct ImportOptions {
    /// Where columns of foreign tables come from.
    pub columns: ColumnMap,
    /// Which rows are kept.
    pub projection: Projection,
}

/// An imported table.
#[derive(Debug, Clone)]
pub struct Imported {
    /// The table.
    pub table: OutcomeTable,
    /// What was recognised.
    pub recognition: Recognition,
}

/// Reads files and directories of one format as one table.
pub fn import(paths: &[PathBuf], options: &ImportOptions) -> Result<Imported, ImportError> {
    let mut format = None;
    let mut files = Vec::new();
    for path in paths {
        let (found, more) = detect(path, !options.columns.is_empty())?;
        match format.replace(found) {
            Some(before) if before != found => {
                let problem = ImportProblem::Mixed { found: found.words(), before: before.words() };
                return Err(ImportError::at(path, problem));
            }
            _ => files.extend(more),
        }
    }
    files.dedup();
    let (Some(format), Some(first)) = (format, paths.first()) else {
        return Err(ImportError::at(
            Path::new(""),
            ImportProblem::Unrecognised("no file was named".to_owned()),
        ));
    };
    let draft = match format {
        Format::OutcomeTable | Format::MappedTable => return table(format, files, options),
        Format::InspectLog => inspect::read(&files)?,
        Format::LmEvalSamples => lm_eval::read(&files)?,
        Format::MlflowRuns => mlflow::read(&files)?,
        Format::SeedMetrics => seed_metrics::read(&files)?,
        Format::ResultsCsv => results_csv::read(&files)?,
        Format::Npz => npz::read(&files)?,
    };
    mapped(draft, &options.columns).finish(first, &options.projection)
}

fn table(format: Format, files: Vec<PathBuf>, options: &ImportOptions) -> Result<Imported, ImportError> {
    let reader = TableReader::new().keep(options.projection.clone()).columns(options.columns.clone());
    let table = reader.read_all(&files)?;
    let from = |column: Column| match options.columns.get(column) {
        Some(Origin::Named(name)) => format!("column {name}"),
        Some(Origin::Constant(text)) => format!("`{text}` in every row"),
        None => format!("column {}", column.name()),
    };
    let field = |column: Column| FieldOrigin { column: column.name().to_owned(), from: from(column) };
    let fields = Column::ALL.into_iter().map(field).collect();
    let recognition = Recognition { format, files, fields, units: Units::Items, notes: Vec::new() };
    Ok(Imported { table, recognition })
}

/// Constants of the map replace what a log says; its other entries are for tables.
fn mapped(mut draft: Draft, columns: &ColumnMap) -> Draft {
    let constant = |column| match columns.get(column) {
        Some(Origin::Constant(text)) => Some(text.clone()),
        _ => None,
    };
    let (arm, split, budget) = (constant(Column::Arm), constant(Column::Split), constant(Column::Budget));
    for row in draft.rows_mut() {
        if let Some(arm) = &arm {
            row.arm = arm.as_str().into();
        }
        if let Some(split) = &split {
            row.split = split.as_str().into();
        }
        if let Some(budget) = &budget {
            row.budget = budget.as_str().into();
        }
    }
    draft
}
