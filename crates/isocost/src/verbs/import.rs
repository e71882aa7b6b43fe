//! `isocost import`: logs of other tools as an outcome table.

use std::path::PathBuf;

use clap::Args;
use isocost_trial::OutcomeRow;
use isocost_trial::import::{ImportOptions, Recognition, import};
use isocost_trial::table::{Projection, TableFormat, write_rows};
use serde::Serialize;

use crate::error::CliError;
use crate::exit::Exit;
use crate::sources;
use crate::ui::{Form, Ui};

/// Write logs of other tools as an outcome table.
///
/// Recognises `inspect_ai` logs, samples of lm-evaluation-harness and lmms-eval, `MLflow` runs, npz, metrics.json by seed,
/// results.csv, and tables with other column names. Says what was recognised and where each column came from.
#[derive(Debug, Args)]
pub(crate) struct ImportArgs {
    /// Files, directories or quoted patterns of one format.
    #[arg(required = true)]
    sources: Vec<String>,
    /// The table to write: .csv, .jsonl or .parquet.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Where columns come from: `item=question_id,value=acc,arm=:left` (`:` before a text for every row).
    #[arg(long, value_name = "COLUMN=NAME")]
    map: Vec<String>,
    /// Replace the file if it is there.
    #[arg(long)]
    force: bool,
}

#[derive(Serialize)]
struct ImportDocument<'a> {
    schema: &'static str,
    out: &'a PathBuf,
    rows: usize,
    recognition: &'a Recognition,
}

pub(crate) fn run(args: &ImportArgs, ui: Ui) -> Result<Exit, CliError> {
    if TableFormat::of(&args.out).is_none() {
        let out = args.out.display();
        return Err(CliError::Usage(format!("{out} is no .csv, .jsonl or .parquet; name the table so")));
    }
    if isocost_fs::exists(&args.out) && !args.force {
        return Err(CliError::Exists(args.out.clone()));
    }
    let columns = sources::column_map(&args.map)?;
    let mut paths = Vec::new();
    for name in &args.sources {
        paths.extend(sources::paths(name)?);
    }
    let options = ImportOptions { columns, projection: Projection::default() };
    let imported = import(&paths, &options).map_err(|error| sources::failed(&error))?;
    let rows: Vec<OutcomeRow> = imported.table.rows().map(OutcomeRow::from).collect();
    write_rows(&args.out, &rows).map_err(|error| CliError::failed(Exit::Input, error))?;
    let recognition = &imported.recognition;
    match ui.form() {
        Form::Json => ui.json(&ImportDocument {
            schema: "isocost/import/1",
            out: &args.out,
            rows: rows.len(),
            recognition,
        })?,
        Form::Text => {
            let mut text =
                format!("{}: {} rows from {}\n", args.out.display(), rows.len(), recognition.format.words());
            for field in &recognition.fields {
                text.extend([&format!("  {:<10} ", field.column), field.from.as_str(), "\n"]);
            }
            ui.data(&text)?;
            for note in &recognition.notes {
                ui.note(&format!("note: {note}"));
            }
        }
    }
    Ok(Exit::Yes)
}
