//! `isocost status`: what has run, what is running, what is outstanding.

use clap::Args;
use isocost_report::model::{RunOutcome, StatusRow as Row};
use isocost_report::text;
use isocost_run::status::{StatusRow, status};
use serde::Serialize;

use crate::error::CliError;
use crate::exit::Exit;
use crate::project::{ProjectArgs, plan_problems};
use crate::ui::{Form, Ui};

/// Say what has run, what is running and what is outstanding.
#[derive(Debug, Args)]
pub(crate) struct StatusArgs {
    #[command(flatten)]
    project: ProjectArgs,
    /// Exit with 4 unless everything that is not ticked has succeeded.
    #[arg(long)]
    exit_code: bool,
}

#[derive(Serialize)]
struct StatusDocument {
    schema: &'static str,
    jobs: Vec<StatusRow>,
}

pub(crate) fn run(args: &StatusArgs, ui: Ui) -> Result<Exit, CliError> {
    let ledger = args.project.ledger()?;
    let store = args.project.open()?;
    let jobs = status(&[&ledger], &store).map_err(plan_problems)?;
    let outstanding = jobs.iter().any(|job| !job.closed && job.state != "succeeded");
    match ui.form() {
        Form::Json => ui.json(&StatusDocument { schema: "isocost/status/1", jobs })?,
        Form::Text => {
            let rows: Vec<Row> = jobs.iter().map(view).collect();
            ui.data(&text::status(&rows, ui.layout()))?;
        }
    }
    Ok(if args.exit_code && outstanding { Exit::Outstanding } else { Exit::Yes })
}

fn view(row: &StatusRow) -> Row {
    let outcome = match row.state.as_str() {
        "succeeded" => RunOutcome::Succeeded,
        "failed" => RunOutcome::Failed,
        "timed out" => RunOutcome::TimedOut,
        "contract violated" => RunOutcome::ContractViolated,
        "interrupted" => RunOutcome::Interrupted,
        state if state.starts_with("running") => RunOutcome::Running,
        _ => RunOutcome::Pending,
    };
    let mut why = Vec::new();
    if row.state.contains("orphaned") {
        let processes: Vec<String> = row.processes.iter().map(ToString::to_string).collect();
        why.push(format!("its runner is gone; it lives on as process {}", processes.join(" ")));
    }
    why.extend(row.reason.clone());
    if row.closed {
        why.push("ticked".to_owned());
    }
    Row {
        id: row.job.experiment.to_string(),
        stage: row.job.stage.name().to_owned(),
        title: row.title.clone(),
        outcome,
        attempt: row.attempt.map(|attempt| attempt.to_string()).unwrap_or_default(),
        seconds: row.seconds,
        why: why.join("; "),
    }
}
