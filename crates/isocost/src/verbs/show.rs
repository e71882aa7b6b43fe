//! `isocost show`: the parsed model of a ledger.

use std::path::PathBuf;

use clap::Args;
use isocost_ledger::model::Id;

use crate::error::CliError;
use crate::exit::Exit;
use crate::load;
use crate::ui::Ui;

/// Print what isocost reads in a document, as JSON.
#[derive(Debug, Args)]
pub(crate) struct ShowArgs {
    /// The ledger, or `-` for standard input.
    ledger: PathBuf,
    /// Only the records of this experiment, claim or plan item.
    id: Option<String>,
}

pub(crate) fn run(args: &ShowArgs, ui: Ui) -> Result<Exit, CliError> {
    let ledger = load::ledger(&args.ledger)?;
    let Some(id) = args.id.clone().map(Id) else {
        ui.json(&ledger)?;
        return Ok(Exit::Yes);
    };
    let entries: Vec<_> = ledger.entries_of(&id).collect();
    let claims: Vec<_> = ledger.claims.iter().filter(|claim| claim.id == id).collect();
    let items: Vec<_> = ledger.plan_items.iter().filter(|item| item.id == id).collect();
    if entries.is_empty() && claims.is_empty() && items.is_empty() {
        let file = ledger.source.name();
        return Err(CliError::failed(
            Exit::Input,
            format!("{file} defines no {id}; `isocost show {file}` lists all"),
        ));
    }
    ui.json(&serde_json::json!({ "entries": entries, "claims": claims, "plan_items": items }))?;
    Ok(Exit::Yes)
}
