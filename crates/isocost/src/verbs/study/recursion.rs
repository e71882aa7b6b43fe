//! `isocost study recursion`.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use isocost_study_recursion::e1::{self, Config, Options, Threads};

use crate::error::CliError;
use crate::exit::Exit;
use crate::ui::{Form, Ui};

#[derive(Debug, Subcommand)]
pub(super) enum Recursion {
    /// The offline batch: settled and unsettled errors, the exponent as a predictor, bootstrap intervals.
    ///
    /// Reads diagnosis files (.npz) below --root, prints the report, and writes it to --out, with all values in full precision as JSON.
    E1(E1Args),
}

#[derive(Debug, Args)]
pub(super) struct E1Args {
    /// The directory of the diagnosis files.
    #[arg(long, value_name = "DIR")]
    root: PathBuf,
    /// The directory for the outputs.
    #[arg(long, env = "ISOCOST_OUT", value_name = "DIR")]
    out: PathBuf,
    /// isocost for readers; seed in the order and with the formats of the original script.
    #[arg(long, value_enum, default_value_t)]
    style: Style,
    /// Other paths, labels, sizes, resamples or seed, as JSON [default: those of the published study].
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Worker threads [default: one a core]; the outputs are the same at any number.
    #[arg(long)]
    threads: Option<NonZeroUsize>,
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum Style {
    #[default]
    Isocost,
    Seed,
}

pub(super) fn run(study: &Recursion, ui: Ui) -> Result<Exit, CliError> {
    match study {
        Recursion::E1(args) => batch(args, ui),
    }
}

fn batch(args: &E1Args, ui: Ui) -> Result<Exit, CliError> {
    let failed = |error| CliError::failed(Exit::Input, error);
    let config =
        args.config.as_deref().map_or_else(|| Ok(Config::default()), Config::read).map_err(failed)?;
    let options = Options {
        root: args.root.clone(),
        out: args.out.clone(),
        config,
        style: match args.style {
            Style::Isocost => e1::Style::Isocost,
            Style::Seed => e1::Style::Seed,
        },
        threads: args.threads.map_or(Threads::Cores, Threads::Exactly),
    };
    let summary = e1::run(&options).map_err(failed)?;
    // The report for readers has a section for them.
    if options.style == e1::Style::Seed {
        for warning in &summary.values.warnings {
            ui.note(&format!("warning: {warning}"));
        }
    }
    match ui.form() {
        Form::Json => ui.json(&summary.values)?,
        Form::Text => ui.data(&summary.report)?,
    }
    Ok(Exit::Yes)
}
