//! `isocost study vision-routing`.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, Subcommand};
use isocost_study_vision_routing::{BudgetShare, Options, Seed, Stage, StudyError, Threads};

use crate::error::CliError;
use crate::exit::Exit;
use crate::ui::{Form, Ui};

#[derive(Debug, Subcommand)]
pub(super) enum VisionRouting {
    /// The smallest honest trial: real handwritten digits at three levels of vision.
    Quickstart(QuickstartArgs),
}

#[derive(Debug, Args)]
pub(super) struct QuickstartArgs {
    /// smoke, validation or full; only full reads the test split.
    #[arg(long, env = "ISOCOST_STAGE", value_parser = stage)]
    stage: Stage,
    /// The directory for the outputs.
    #[arg(long, env = "ISOCOST_OUT", value_name = "DIR")]
    out: PathBuf,
    /// The replicates, as 0,1,2 [default: 0 for smoke, 0 to 4 otherwise].
    #[arg(long, env = "ISOCOST_SEEDS", value_delimiter = ',')]
    seeds: Vec<u64>,
    /// Mean cost per image, in percent of the cost of a full look [default: 50,75,100].
    #[arg(long, value_delimiter = ',', value_name = "PERCENT")]
    budgets: Vec<u32>,
    /// Worker threads [default: one a core]; the outputs are the same at any number.
    #[arg(long)]
    threads: Option<NonZeroUsize>,
}

fn stage(text: &str) -> Result<Stage, String> {
    text.parse::<Stage>().map_err(|error| error.to_string())
}

pub(super) fn run(study: &VisionRouting, ui: Ui) -> Result<Exit, CliError> {
    match study {
        VisionRouting::Quickstart(args) => quickstart(args, ui),
    }
}

fn quickstart(args: &QuickstartArgs, ui: Ui) -> Result<Exit, CliError> {
    let summary = isocost_study_vision_routing::run(&options(args)?).map_err(failed)?;
    match ui.form() {
        Form::Json => ui.json(&summary)?,
        Form::Text => ui.data(&summary.to_string())?,
    }
    Ok(Exit::Yes)
}

fn options(args: &QuickstartArgs) -> Result<Options, CliError> {
    let mut options = Options::new(args.stage, args.out.clone());
    if !args.seeds.is_empty() {
        options.seeds = args.seeds.iter().copied().map(Seed).collect();
    }
    if !args.budgets.is_empty() {
        let share = |&percent: &u32| {
            BudgetShare::percent(percent).ok_or_else(|| {
                CliError::Usage(format!("a budget of {percent} % cannot be spent; give 1 or more"))
            })
        };
        options.budgets = args.budgets.iter().map(share).collect::<Result<_, _>>()?;
    }
    if let Some(threads) = args.threads {
        options.threads = Threads::Exactly(threads);
    }
    Ok(options)
}

fn failed(error: StudyError) -> CliError {
    match error {
        StudyError::Options { .. } => CliError::Usage(error.to_string()),
        other => CliError::failed(Exit::Input, other),
    }
}
