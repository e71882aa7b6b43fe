//! From paths to parsed ledgers.

use std::io::Read;
use std::path::{Path, PathBuf};

use isocost_fs::{IoError, Operation};
use isocost_ledger::model::{Dialect, Ledger};
use isocost_ledger::parse::parse;
use isocost_ledger::text::Source;

use crate::error::CliError;

/// Reads and parses a document; `-` is standard input.
pub(crate) fn ledger(path: &Path) -> Result<Ledger, CliError> {
    let ledger = parse(source(path)?);
    if ledger.dialect == Dialect::Unknown {
        return Err(CliError::NothingRecognised { file: ledger.source.name().to_owned() });
    }
    Ok(ledger)
}

/// Reads and parses several documents, in the order given.
pub(crate) fn ledgers(paths: &[PathBuf]) -> Result<Vec<Ledger>, CliError> {
    paths.iter().map(|path| ledger(path)).collect()
}

/// Reads a document; `-` is standard input.
pub(crate) fn source(path: &Path) -> Result<Source, CliError> {
    if path == Path::new("-") {
        let mut bytes = Vec::new();
        std::io::stdin()
            .read_to_end(&mut bytes)
            .map_err(|error| IoError::new(Operation::Read, Path::new("<stdin>"), error))?;
        return Ok(Source::from_bytes("<stdin>", bytes)?);
    }
    Ok(Source::from_bytes(path.display().to_string(), isocost_fs::read(path)?)?)
}
