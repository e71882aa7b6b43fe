//! `isocost schema`: the JSON Schemas of isocost's documents.

use clap::{Args, ValueEnum};
use serde_json::Value;

use crate::error::CliError;
use crate::exit::Exit;
use crate::ui::Ui;

/// Print the JSON Schema of one of isocost's documents.
#[derive(Debug, Args)]
pub(crate) struct SchemaArgs {
    /// Which.
    #[arg(value_enum)]
    document: Document,
}

/// A document with a published schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Document {
    /// A parsed ledger, as `isocost show` prints it.
    Ledger,
    /// `attempt.json`.
    Attempt,
    /// One row of an outcome table in JSON Lines.
    Outcome,
    /// One line of `looks.jsonl`.
    Look,
    /// One line of `verdicts.jsonl`.
    Verdict,
    /// What `isocost audit --json` prints.
    Audit,
    /// What `isocost report --format json` writes.
    Report,
    /// What `isocost compare --json` prints.
    Compare,
}

pub(crate) fn run(args: &SchemaArgs, ui: Ui) -> Result<Exit, CliError> {
    ui.json(&schema(args.document))?;
    Ok(Exit::Yes)
}

fn schema(document: Document) -> Value {
    match document {
        Document::Compare => schemars::schema_for!(super::compare::CompareDocument).to_value(),
        Document::Ledger => isocost_ledger::schema(),
        Document::Attempt => isocost_run::store::attempt_schema(),
        Document::Outcome => schemars::schema_for!(isocost_trial::OutcomeRow).to_value(),
        Document::Look => schemars::schema_for!(isocost_trial::Look).to_value(),
        Document::Verdict => schemars::schema_for!(isocost_trial::VerdictRecord).to_value(),
        Document::Audit => schemars::schema_for!(isocost_audit::Audit).to_value(),
        Document::Report => isocost_report::json::schema().to_value(),
    }
}
