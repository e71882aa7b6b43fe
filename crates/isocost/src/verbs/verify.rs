//! `isocost verify`: every contract against what is on disk.

use std::fmt::Write;

use clap::Args;
use isocost_run::contract::Check;
use isocost_run::verify::{Verified, verify};
use serde::Serialize;

use crate::error::CliError;
use crate::exit::Exit;
use crate::judgement::Records;
use crate::project::{ProjectArgs, plan_problems};
use crate::ui::{Form, Ui};

/// Check every contract against what is on disk, without running anything.
#[derive(Debug, Args)]
pub(crate) struct VerifyArgs {
    #[command(flatten)]
    project: ProjectArgs,
    /// Only these experiments.
    experiments: Vec<String>,
}

#[derive(Serialize)]
struct VerifyDocument {
    schema: &'static str,
    jobs: Vec<Verified>,
}

pub(crate) fn run(args: &VerifyArgs, ui: Ui) -> Result<Exit, CliError> {
    let ledger = args.project.ledger()?;
    let store = args.project.open()?;
    let mut jobs = verify(&[&ledger], &args.project.project(), &store).map_err(plan_problems)?;
    let asked = |job: &Verified| {
        let (id, name) = (job.job.experiment.to_string(), job.job.to_string());
        args.experiments.iter().any(|wanted| *wanted == id || *wanted == name)
    };
    if !args.experiments.is_empty() {
        jobs.retain(asked);
    }
    Records::of(&args.project.store_path()).book()?;
    let exit = verdict(&jobs);
    match ui.form() {
        Form::Json => ui.json(&VerifyDocument { schema: "isocost/verify/1", jobs })?,
        Form::Text => {
            ui.data(&jobs.iter().map(words).collect::<String>())?;
            let held = jobs.iter().filter(|job| job.holds()).count();
            ui.note(&format!("{held} of {} contracts hold", jobs.len()));
        }
    }
    Ok(exit)
}

fn verdict(jobs: &[Verified]) -> Exit {
    if jobs.iter().any(|job| !job.altered.is_empty()) {
        Exit::Tampered
    } else if jobs.iter().all(Verified::holds) {
        Exit::Yes
    } else {
        Exit::Contract
    }
}

fn words(job: &Verified) -> String {
    let attempt =
        job.attempt.map_or_else(|| "nothing recorded".to_owned(), |attempt| format!("attempt {attempt}"));
    let state = if job.holds() { "holds" } else { "violated" };
    let mut text = format!("{} ({attempt}): {state}\n", job.job);
    let mut line = |words: &str| {
        let _ = writeln!(text, "  {words}");
    };
    job.altered.iter().for_each(|altered| line(&format!("altered: {altered}")));
    for artifact in &job.report.artifacts {
        line(&check(&artifact.check, &artifact.artifact));
    }
    for metric in &job.report.metrics {
        let file = metric.file.as_deref().map(|file| format!("{file}: ")).unwrap_or_default();
        line(&check(&metric.check, &format!("{file}{}", metric.rule)));
    }
    text
}

fn check(check: &Check, what: &str) -> String {
    let word = match check {
        Check::Holds => "ok",
        Check::Violated { .. } => "violated",
        Check::Noted { .. } => "noted",
        Check::Unknown { .. } => "unknown",
        Check::NotCheckable { .. } => "not machine-checkable",
    };
    match check.why() {
        None => format!("{word}: {what}"),
        Some(why) => format!("{word}: {what} ({why})"),
    }
}
