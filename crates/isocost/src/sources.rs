//! Tables and logs that the command line names: files, directories and patterns, with columns mapped.

use std::path::{Path, PathBuf};

use isocost_run::contract::{expand_on_disk, is_glob};
use isocost_trial::import::{ImportError, ImportOptions, ImportProblem, Imported, import};
use isocost_trial::table::{Column, ColumnMap, Origin, Projection, TableError};

use crate::error::CliError;
use crate::exit::Exit;

/// The files that a name on the command line means: the path itself, or what a pattern matches.
pub(crate) fn paths(name: &str) -> Result<Vec<PathBuf>, CliError> {
    if isocost_fs::exists(Path::new(name)) {
        return Ok(vec![PathBuf::from(name)]);
    }
    if !is_glob(name) {
        return Err(CliError::failed(Exit::Input, format!("{name}: no such file or directory")));
    }
    let absolute = Path::new(name).is_absolute();
    let root = if absolute { Path::new("/") } else { Path::new(".") };
    let found = expand_on_disk(root, name.trim_start_matches('/'))?;
    if found.is_empty() {
        return Err(CliError::failed(Exit::Input, format!("{name}: the pattern matches no file")));
    }
    Ok(found.into_iter().map(|path| if absolute { root.join(path) } else { PathBuf::from(path) }).collect())
}

/// Reads what a name means as one table.
pub(crate) fn read(name: &str, columns: &ColumnMap, projection: Projection) -> Result<Imported, CliError> {
    let options = ImportOptions { columns: columns.clone(), projection };
    import(&paths(name)?, &options).map_err(|error| failed(&error))
}

/// An import that failed, with its hint.
pub(crate) fn failed(error: &ImportError) -> CliError {
    let hint = match error {
        ImportError::Table(TableError {
            problem: isocost_trial::table::TableProblem::MissingColumns { .. },
            ..
        }) => {
            "\n  hint: say where they come from, as in `--map item=question_id,value=acc,arm=model,metric=:accuracy` (`:` before a text that holds for every row)"
        }
        ImportError::At { problem: ImportProblem::Unrecognised(_), .. } => {
            "\n  hint: docs/outcome-tables.md lists the formats"
        }
        _ => "",
    };
    CliError::failed(Exit::Input, format!("{error}{hint}"))
}

/// Parses `item=question_id,value=acc,arm=:left`.
pub(crate) fn column_map(entries: &[String]) -> Result<ColumnMap, CliError> {
    let mut map = ColumnMap::default();
    for entry in entries.iter().flat_map(|entries| entries.split(',')) {
        let usage = || {
            let names = Column::ALL.map(Column::name).join(", ");
            CliError::Usage(format!(
                "`--map {entry}` is not understood; write COLUMN=NAME or COLUMN=:TEXT, where COLUMN is one of {names}"
            ))
        };
        let (column, origin) = entry.split_once('=').ok_or_else(usage)?;
        let column = Column::named(column.trim()).ok_or_else(usage)?;
        let origin = match origin.trim() {
            "" => return Err(usage()),
            origin => match origin.strip_prefix(':') {
                Some(text) => Origin::Constant(text.to_owned()),
                None => Origin::Named(origin.to_owned()),
            },
        };
        map.set(column, origin);
    }
    Ok(map)
}
