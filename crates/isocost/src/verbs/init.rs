//! `isocost init`: a starter ledger.

use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

use crate::error::CliError;
use crate::exit::Exit;
use crate::ui::{Form, Ui};

const STARTER: &str = include_str!("../pages/starter.md");

/// Write a starter ledger that runs as it is.
#[derive(Debug, Args)]
pub(crate) struct InitArgs {
    /// The file to write, or `-` for standard output.
    #[arg(default_value = "experiments.md")]
    file: PathBuf,
}

#[derive(Serialize)]
struct Created {
    schema: &'static str,
    file: PathBuf,
}

pub(crate) fn run(args: &InitArgs, ui: Ui) -> Result<Exit, CliError> {
    if args.file.as_os_str() == "-" {
        ui.data(STARTER)?;
        return Ok(Exit::Yes);
    }
    if isocost_fs::exists(&args.file) {
        return Err(CliError::Exists(args.file.clone()));
    }
    isocost_fs::write_evidence(&args.file, STARTER.as_bytes())?;
    match ui.form() {
        Form::Json => ui.json(&Created { schema: "isocost/init/1", file: args.file.clone() })?,
        Form::Text => {
            let file = args.file.display();
            ui.note(&format!("wrote {file}; next: isocost run {file} && isocost prove {file}"));
        }
    }
    Ok(Exit::Yes)
}
