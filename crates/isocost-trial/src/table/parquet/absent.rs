//! What a build without Parquet says.

use std::path::Path;

use crate::table::assemble::Assembly;
use crate::table::error::{TableError, TableProblem};
use crate::table::header::ColumnMap;
use crate::table::projection::Projection;
use crate::table::row::OutcomeRow;

pub(in crate::table) fn read(
    path: &Path,
    _map: &ColumnMap,
    _projection: &Projection,
    _assembly: &mut Assembly,
) -> Result<(), TableError> {
    Err(TableError::new(path, None, TableProblem::NotBuilt("Parquet")))
}

pub(in crate::table) fn to_parquet(_rows: &[OutcomeRow]) -> Result<Vec<u8>, TableProblem> {
    Err(TableProblem::NotBuilt("Parquet"))
}
