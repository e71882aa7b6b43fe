//! `isocost write-back`: recorded results into the ledger.

use clap::Args;
use isocost_ledger::edit::{self, ClaimChange, EntryChange, ResultRow, Tick};
use isocost_ledger::model::{Id, Ledger};
use isocost_ledger::rule::{Expr, Lookup, Path, Requirement, Term, Value, eval_path_in_json};
use isocost_report::{diff, number};
use isocost_run::plan::{Job, jobs_of};
use isocost_run::store::{Attempt, AttemptOutcome, AttemptState, Store};
use isocost_trial::claim::Status;
use serde::Serialize;

use crate::error::CliError;
use crate::exit::Exit;
use crate::judgement::Records;
use crate::project::{ProjectArgs, plan_problems};
use crate::ui::{Form, Ui};

/// Write recorded results back into the ledger: boxes, `results` fields, Results rows.
///
/// An entry is ticked when its last stage has succeeded, a claim when its latest verdict is `supported`. Nothing else changes, and
/// doing it twice changes nothing.
#[derive(Debug, Args)]
pub(crate) struct WriteBackArgs {
    #[command(flatten)]
    project: ProjectArgs,
    /// Print the difference; write nothing.
    #[arg(long, short = 'n')]
    dry_run: bool,
}

/// Whether the file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// It is.
    Write,
    /// The difference is printed.
    DryRun,
}

#[derive(Serialize)]
struct Written {
    schema: &'static str,
    changed: bool,
    edits: usize,
    diff: String,
}

pub(crate) fn run(args: &WriteBackArgs, ui: Ui) -> Result<Exit, CliError> {
    write(&args.project, if args.dry_run { Mode::DryRun } else { Mode::Write }, ui)?;
    Ok(Exit::Yes)
}

/// Writes what is recorded into the ledger, or shows what would change.
pub(crate) fn write(args: &ProjectArgs, mode: Mode, ui: Ui) -> Result<(), CliError> {
    if mode == Mode::Write {
        refuse_standard_input(args)?;
    }
    let ledger = args.ledger()?;
    let store = args.open()?;
    let mut edits = edit::plan_edits(&ledger, &entry_changes(&ledger, &store, args)?);
    edits.extend(edit::plan_claims(&ledger, &claim_changes(args)?));
    let before = ledger.source.text();
    let after =
        edit::apply(&ledger.source, &edits).map_err(|error| CliError::failed(Exit::Internal, error))?;
    let diff = diff::unified(ledger.source.name(), before, &after);
    if mode == Mode::Write && after != before {
        isocost_fs::write_evidence(&args.ledger, after.as_bytes())?;
    }
    let written =
        Written { schema: "isocost/write-back/1", changed: after != before, edits: edits.len(), diff };
    match (ui.form(), mode) {
        (Form::Json, _) => ui.json(&written)?,
        (Form::Text, Mode::DryRun) => ui.data(&written.diff)?,
        (Form::Text, Mode::Write) => {
            ui.note(&format!("{}: {} places changed", args.ledger.display(), written.edits));
        }
    }
    Ok(())
}

/// Standard input is a ledger to read, not one to write.
pub(crate) fn refuse_standard_input(args: &ProjectArgs) -> Result<(), CliError> {
    if args.ledger.as_os_str() == "-" {
        let message =
            "standard input cannot be written back; name the file, or show the difference with --dry-run";
        return Err(CliError::Usage(message.to_owned()));
    }
    Ok(())
}

/// What is recorded of each experiment's last stage.
fn entry_changes(ledger: &Ledger, store: &Store, args: &ProjectArgs) -> Result<Vec<EntryChange>, CliError> {
    let jobs = jobs_of(&[ledger]).map_err(plan_problems)?;
    let is_last = |job: &&Job| {
        !jobs.iter().any(|other| other.id.experiment == job.id.experiment && other.id.stage > job.id.stage)
    };
    let root = args.project().root().to_owned();
    let change = |job: &Job| {
        let attempt = store.snapshot().latest(&job.id).filter(|attempt| !attempt.is_alive())?;
        let reference = attempt.record.reference();
        let dir = store.layout().artifacts(&reference);
        let shown = dir.strip_prefix(&root).unwrap_or(&dir).display().to_string();
        let metrics = key_metrics(&job.contract.metrics, &dir);
        let reason = attempt.record.reason.clone().unwrap_or_default();
        let day = attempt.record.started.strftime("%Y-%m-%d").to_string();
        let outcome = outcome(attempt);
        let mut results = format!("`{shown}/` ({outcome}, {day})");
        for part in [&metrics, &reason].into_iter().filter(|part| !part.is_empty()) {
            results.push_str("; ");
            results.push_str(part);
        }
        Some(EntryChange {
            id: job.id.experiment.clone(),
            tick: if attempt.succeeded() { Tick::Tick } else { Tick::Keep },
            results: Some(results),
            row: Some(ResultRow {
                status: Some(if attempt.succeeded() { "success" } else { "failed" }.to_owned()),
                key_metrics: Some(metrics),
                artifacts: Some(format!("`{shown}/`")),
                notes: (!reason.is_empty()).then_some(reason),
            }),
        })
    };
    Ok(jobs.iter().filter(is_last).filter_map(change).collect())
}

fn outcome(attempt: &Attempt) -> &'static str {
    match attempt.state {
        AttemptState::Ended(AttemptOutcome::Succeeded) => "succeeded",
        state => state.words(),
    }
}

/// The values of the required metrics that are paths: `summary.acc=0.9715`.
fn key_metrics(requirements: &[Requirement], dir: &std::path::Path) -> String {
    let mut values = Vec::new();
    for requirement in requirements {
        let Some(file) = &requirement.file else { continue };
        let Ok(bytes) = isocost_fs::read(&dir.join(file)) else { continue };
        let Ok(json) = serde_json::from_slice::<serde_json::Value>(&bytes) else { continue };
        for path in requirement.terms.iter().filter_map(path_of) {
            if let Lookup::Values(found) = eval_path_in_json(&json, path)
                && let [Value::Number(value)] = found.as_slice()
            {
                values.push(format!("{path}={}", number::significant(*value, 4)));
            }
        }
    }
    values.dedup();
    values.join(", ")
}

/// The path that a requirement names, alone or as the left side of a comparison.
fn path_of(term: &Term) -> Option<&Path> {
    let Term::Rule(rule) = term else { return None };
    match &rule.expr {
        Expr::Path(path) => Some(path),
        Expr::Compare { first, .. } => match first.as_ref() {
            Expr::Path(path) => Some(path),
            _ => None,
        },
        _ => None,
    }
}

fn claim_changes(args: &ProjectArgs) -> Result<Vec<ClaimChange>, CliError> {
    let verdicts = Records::of(&args.store_path()).verdicts()?;
    let change = |record: &isocost_trial::VerdictRecord| ClaimChange {
        id: Id(record.verdict.claim.to_string()),
        tick: if record.verdict.status == Status::Supported { Tick::Tick } else { Tick::Untick },
    };
    Ok(verdicts.iter().map(change).collect())
}
