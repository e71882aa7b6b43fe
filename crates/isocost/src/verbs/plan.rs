//! `isocost plan`: what would run.

use std::collections::BTreeMap;

use clap::{Args, ValueEnum};
use isocost_ledger::model::{Id, Ledger, Stage};
use isocost_run::exec::{Force, Preview, PreviewAction, RunOptions, preview};
use isocost_run::plan::{self, Closed, Plan, PlanOptions, PlanView, ProjectDisk, Selection};
use isocost_run::store::Store;
use serde::Serialize;

use crate::error::CliError;
use crate::exit::Exit;
use crate::project::{ProjectArgs, plan_error};
use crate::ui::{Form, Ui};

/// What to run.
#[derive(Debug, Args)]
pub(crate) struct WhatArgs {
    /// Only these experiments, as `E0001` or `E0001@smoke`, ticked or not [default: all that are not ticked].
    experiments: Vec<String>,
    /// Only this stage and what it depends on; may be given more than once.
    #[arg(long, value_name = "STAGE", value_parser = stage)]
    stage: Vec<Stage>,
    /// Ticked entries too.
    #[arg(long)]
    ticked: bool,
    /// Run again although nothing changed.
    #[arg(long)]
    force: bool,
    /// Open the gates of this experiment by hand; recorded with the attempt. May be given more than once.
    #[arg(long, value_name = "EXPERIMENT")]
    open_gate: Vec<String>,
}

fn stage(text: &str) -> Result<Stage, String> {
    Stage::from_name(text).ok_or_else(|| "the stages are smoke, validation, quick and full".to_owned())
}

impl WhatArgs {
    /// The plan of a ledger with what is recorded.
    pub(crate) fn plan(
        &self,
        ledger: &Ledger,
        args: &ProjectArgs,
        store: &Store,
        gpus: Option<u32>,
    ) -> Result<Plan, CliError> {
        let options = PlanOptions {
            selections: self.selections()?,
            stages: self.stage.clone(),
            closed: if self.ticked { Closed::Include } else { Closed::LeaveOut },
            gpus,
        };
        let disk = ProjectDisk(args.project().root().to_owned());
        plan::plan(&[ledger], store.snapshot(), &disk, &options).map_err(|error| plan_error(&error))
    }

    fn selections(&self) -> Result<Vec<Selection>, CliError> {
        let selection = |text: &String| {
            Selection::parse(text).ok_or_else(|| {
                CliError::Usage(format!("{text} names no experiment; write E0001 or E0001@smoke"))
            })
        };
        self.experiments.iter().map(selection).collect()
    }

    /// These choices in a run's options.
    pub(crate) fn apply(&self, options: RunOptions) -> RunOptions {
        RunOptions {
            force: if self.force { Force::Everything } else { Force::OnlyStale },
            opened_gates: self.open_gate.iter().cloned().map(Id).collect(),
            ..options
        }
    }
}

/// Show what would run, in which order, and why.
#[derive(Debug, Args)]
pub(crate) struct PlanArgs {
    #[command(flatten)]
    project: ProjectArgs,
    #[command(flatten)]
    what: WhatArgs,
    /// How the plan is written.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum Format {
    /// A list with reasons; one JSON document with `--json`.
    #[default]
    Text,
    /// Graphviz.
    Dot,
    /// Mermaid.
    Mermaid,
}

#[derive(Serialize)]
struct PlanDocument {
    #[serde(flatten)]
    plan: PlanView,
    preview: Vec<Preview>,
}

pub(crate) fn run(args: &PlanArgs, ui: Ui) -> Result<Exit, CliError> {
    let store = args.project.open()?;
    let plan = args.what.plan(&args.project.ledger()?, &args.project, &store, None)?;
    match args.format {
        Format::Dot => ui.data(&plan::to_dot(&plan))?,
        Format::Mermaid => ui.data(&plan::to_mermaid(&plan))?,
        Format::Text => {
            let options = args.what.apply(RunOptions::default());
            let preview = preview(&plan, &args.project.project(), &store, &options);
            match ui.form() {
                Form::Json => ui.json(&PlanDocument { plan: plan::to_view(&plan), preview })?,
                Form::Text => show(&plan, &preview, ui)?,
            }
        }
    }
    Ok(Exit::Yes)
}

/// The plan as text, with what a run would do with each job.
pub(crate) fn show(plan: &Plan, preview: &[Preview], ui: Ui) -> Result<(), CliError> {
    if plan.jobs.is_empty() {
        ui.note("nothing to run: every entry is ticked (--ticked includes them)");
        return Ok(());
    }
    let titles: BTreeMap<_, _> = plan.jobs.iter().map(|job| (&job.id, job.title.as_str())).collect();
    let lines: Vec<String> = preview
        .iter()
        .map(|step| {
            let title = titles.get(&step.job).copied().unwrap_or_default();
            format!("{:<18} {}\n{:<18}   {}\n", step.job.to_string(), title, "", words(&step.action))
        })
        .collect();
    ui.data(&lines.concat())
}

fn words(action: &PreviewAction) -> String {
    match action {
        PreviewAction::Run { why } => {
            let why: Vec<String> = why.iter().map(ToString::to_string).collect();
            format!("run: {}", why.join("; "))
        }
        PreviewAction::Depends { on } => {
            let on: Vec<String> = on.iter().map(ToString::to_string).collect();
            format!("after {}", on.join(", "))
        }
        PreviewAction::Fresh { attempt } => format!("up to date: attempt {attempt}"),
        PreviewAction::GateClosed { failures } => {
            let words: Vec<String> = failures.iter().map(isocost_run::gate::GateFailure::words).collect();
            format!("gate closed: {}", words.join("; "))
        }
        PreviewAction::CannotRun { why } => format!("cannot run: {why}"),
    }
}
