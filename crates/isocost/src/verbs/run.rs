//! `isocost run`: from smoke to full.

use std::num::NonZeroUsize;
use std::time::Duration;

use clap::Args;
use isocost_ledger::model::Ledger;
use isocost_run::exec::{self, Gpus, Interrupt, OnFailure, RunOptions, RunSummary, RunVerdict};
use isocost_run::plan::Plan;
use isocost_run::store::{Durability, Store};

use super::plan::WhatArgs;
use crate::error::CliError;
use crate::exit::Exit;
use crate::progress::Progress;
use crate::project::{ProjectArgs, store_error};
use crate::ui::{Form, Ui};
use crate::verbs;

/// Run what is open, from smoke to full.
///
/// A second run re-runs only what changed, and says why. Ctrl-C stops gracefully; twice, at once.
#[derive(Debug, Args)]
pub(crate) struct RunArgs {
    #[command(flatten)]
    project: ProjectArgs,
    #[command(flatten)]
    what: WhatArgs,
    /// How many jobs run at once.
    #[arg(long, short, default_value_t = NonZeroUsize::MIN, value_name = "N")]
    jobs: NonZeroUsize,
    /// Start jobs that do not depend on a failed one.
    #[arg(long, short)]
    keep_going: bool,
    /// Show what would be done.
    #[arg(long, short = 'n')]
    dry_run: bool,
    /// How often a failed attempt is tried again, where the entry does not say.
    #[arg(long, default_value_t = 0, value_name = "N")]
    retries: u32,
    /// Seconds an attempt may take, where the entry does not say.
    #[arg(long, value_name = "SECONDS")]
    timeout: Option<u64>,
    /// Seconds between SIGTERM and SIGKILL.
    #[arg(long, default_value_t = 10, value_name = "SECONDS")]
    grace: u64,
    /// Whether records wait for the disk.
    #[arg(long, value_enum, default_value_t)]
    durability: DurabilityArg,
    /// Write results back into the ledger when the run has ended.
    #[arg(long)]
    write_back: bool,
}

#[derive(Debug, Clone, Copy, Default, clap::ValueEnum)]
enum DurabilityArg {
    /// An attempt that was reported survives a power cut.
    #[default]
    Evidence,
    /// Records are only renamed into place.
    Cache,
}

pub(crate) fn run(args: &RunArgs, ui: Ui) -> Result<Exit, CliError> {
    if args.dry_run {
        return dry_run(args, ui);
    }
    if args.write_back {
        verbs::write_back::refuse_standard_input(&args.project)?;
    }
    let ledger = args.project.ledger()?;
    if !isocost_fs::exists(&args.project.store_path()) {
        // What cannot be planned leaves no store behind.
        plan(args, &ledger, &args.project.open()?)?;
    }
    let mut store = args.project.open_to_run()?;
    let (plan, gpus) = plan(args, &ledger, &store)?;
    let mut options = options(args);
    options.gpus = gpus.free;
    options.interrupt.on_signals().map_err(|error| CliError::failed(Exit::Internal, error))?;
    let summary = execute(args, &plan, &mut store, &options, ui)?;
    drop(store);
    if args.write_back {
        verbs::write_back::write(&args.project, verbs::write_back::Mode::Write, ui)?;
    }
    report(&summary, ui)?;
    Ok(exit(summary.verdict))
}

/// The plan, and the GPUs for it. They are looked for only if a job takes one: asking the driver is slow.
fn plan(args: &RunArgs, ledger: &Ledger, store: &Store) -> Result<(Plan, Gpus), CliError> {
    let plan = args.what.plan(ledger, &args.project, store, None)?;
    if plan.jobs.iter().all(|job| job.resources.gpus == 0) {
        return Ok((plan, Gpus::default()));
    }
    let gpus = exec::detect_gpus();
    Ok((args.what.plan(ledger, &args.project, store, Some(count(&gpus)))?, gpus))
}

fn options(args: &RunArgs) -> RunOptions {
    args.what.apply(RunOptions {
        jobs: args.jobs.get(),
        on_failure: if args.keep_going { OnFailure::KeepGoing } else { OnFailure::StopStarting },
        retries: args.retries,
        timeout: args.timeout.map(Duration::from_secs),
        grace: Duration::from_secs(args.grace),
        durability: match args.durability {
            DurabilityArg::Evidence => Durability::Evidence,
            DurabilityArg::Cache => Durability::Cache,
        },
        extra_path: std::env::current_exe().ok().and_then(|exe| exe.parent().map(ToOwned::to_owned)),
        interrupt: Interrupt::default(),
        ..RunOptions::default()
    })
}

fn count(gpus: &Gpus) -> u32 {
    u32::try_from(gpus.all.len()).unwrap_or(u32::MAX)
}

fn dry_run(args: &RunArgs, ui: Ui) -> Result<Exit, CliError> {
    let store = args.project.open()?;
    let (plan, _) = plan(args, &args.project.ledger()?, &store)?;
    let preview = exec::preview(&plan, &args.project.project(), &store, &options(args));
    match ui.form() {
        Form::Json => ui.json(&serde_json::json!({ "schema": "isocost/dry-run/1", "preview": preview }))?,
        Form::Text => verbs::plan::show(&plan, &preview, ui)?,
    }
    Ok(Exit::Yes)
}

fn execute(
    args: &RunArgs,
    plan: &Plan,
    store: &mut Store,
    options: &RunOptions,
    ui: Ui,
) -> Result<RunSummary, CliError> {
    let progress = Progress::new(plan.jobs.len(), ui);
    let summary =
        exec::execute(plan, &args.project.project(), store, options, &progress).map_err(store_error)?;
    progress.finish();
    Ok(summary)
}

fn report(summary: &RunSummary, ui: Ui) -> Result<(), CliError> {
    match ui.form() {
        Form::Json => ui.json(summary),
        Form::Text => {
            let done = summary.jobs.iter().filter(|end| end.result.is_success()).count();
            ui.note(&format!("{done} of {} jobs are done", summary.jobs.len()));
            Ok(())
        }
    }
}

fn exit(verdict: RunVerdict) -> Exit {
    match verdict {
        RunVerdict::Done => Exit::Yes,
        RunVerdict::ContractViolated => Exit::Contract,
        RunVerdict::Outstanding | RunVerdict::Failed | RunVerdict::Interrupted => Exit::Outstanding,
    }
}
