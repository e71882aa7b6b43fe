//! Rows of Parquet.

use std::path::Path;

use super::assemble::Assembly;
use super::error::{TableError, TableProblem};
use super::header::ColumnMap;
use super::projection::Projection;

pub(super) fn read(
    path: &Path,
    _columns: &ColumnMap,
    _projection: &Projection,
    _assembly: &mut Assembly,
) -> Result<(), TableError> {
    Err(TableError::new(path, None, TableProblem::UnknownFormat))
}

pub(super) fn to_parquet(_rows: &[super::row::OutcomeRow]) -> Result<Vec<u8>, TableProblem> {
    Err(TableProblem::UnknownFormat)
}
