//! `isocost looks`: every evaluation on a protected split.

use std::path::PathBuf;

use clap::Args;
use isocost_audit::{Look, LookSummary};
use isocost_report::text;
use serde::Serialize;

use crate::error::CliError;
use crate::exit::Exit;
use crate::load;
use crate::ui::{Form, Ui};
use crate::view;

/// List every evaluation on a protected split, and what the number of looks does to p.
#[derive(Debug, Args)]
pub(crate) struct LooksArgs {
    /// The ledgers and their plan documents; `-` is standard input.
    #[arg(required = true)]
    ledgers: Vec<PathBuf>,
    /// Only looks that serve this claim.
    #[arg(long)]
    claim: Option<String>,
    /// Only what the looks mean, without the list.
    #[arg(long)]
    summary: bool,
}

#[derive(Serialize)]
struct LooksDocument<'a> {
    schema: &'static str,
    looks: Vec<&'a Look>,
    summaries: Vec<&'a LookSummary>,
}

pub(crate) fn run(args: &LooksArgs, ui: Ui) -> Result<Exit, CliError> {
    let ledgers = load::ledgers(&args.ledgers)?;
    let (looks, summaries) = (isocost_audit::looks(&ledgers), isocost_audit::summaries(&ledgers));
    let wanted = |claim: Option<&str>| args.claim.is_none() || claim == args.claim.as_deref();
    let looks: Vec<&Look> =
        looks.iter().filter(|look| wanted(look.claim.as_ref().map(AsRef::as_ref))).collect();
    let summaries: Vec<&LookSummary> =
        summaries.iter().filter(|summary| wanted(Some(summary.claim.as_ref()))).collect();
    match ui.form() {
        Form::Json => {
            let looks = if args.summary { Vec::new() } else { looks };
            ui.json(&LooksDocument { schema: "isocost/looks/1", looks, summaries })?;
        }
        Form::Text => {
            let layout = ui.layout();
            if !args.summary {
                ui.data(&text::looks(&view::looks(&looks), layout))?;
            }
            for summary in &summaries {
                ui.data(&format!("\n{}", view::story(summary)))?;
            }
            if looks.is_empty() {
                ui.note("no evaluation on a protected split is reported");
            }
        }
    }
    Ok(Exit::Yes)
}
