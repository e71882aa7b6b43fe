//! `isocost prove`: decide claims by their written rules.

use std::collections::BTreeSet;

use clap::Args;
use isocost_report::text;
use isocost_trial::claim::Status;
use isocost_trial::{Decision, Verdict};
use serde::Serialize;

use crate::clock;
use crate::error::CliError;
use crate::evidence::Evidence;
use crate::exit::Exit;
use crate::judgement::{Judged, Records, judge};
use crate::project::ProjectArgs;
use crate::ui::{Form, Ui};
use crate::view;

/// Decide claims by their written rules, and count the looks.
///
/// Reads recorded outcome tables and metric artifacts. Evidence that was not read before is a look: it is recorded, with the
/// verdicts, in the store. Exits with 0 only if every claim asked for is supported.
#[derive(Debug, Args)]
pub(crate) struct ProveArgs {
    #[command(flatten)]
    project: ProjectArgs,
    /// Only these claims [default: all]. Claims of the same family are decided with them.
    claims: Vec<String>,
}

#[derive(Serialize)]
struct ProveDocument<'a> {
    schema: &'static str,
    new_looks: usize,
    verdicts: Vec<&'a Verdict>,
    undecidable: Vec<Undecidable>,
}

#[derive(Serialize)]
struct Undecidable {
    claim: String,
    why: Vec<String>,
}

pub(crate) fn run(args: &ProveArgs, ui: Ui) -> Result<Exit, CliError> {
    let ledger = args.project.ledger()?;
    let asked: BTreeSet<String> = args.claims.iter().cloned().collect();
    let known = |id: &String| ledger.claims.iter().any(|claim| claim.id.as_ref() == id.as_str());
    if let Some(unknown) = args.claims.iter().find(|id| !known(id)) {
        let file = ledger.source.name();
        return Err(CliError::Usage(format!("{file} has no claim {unknown}")));
    }
    if ledger.claims.is_empty() {
        let file = ledger.source.name();
        let hint = "add a `## Claims` list (see docs/ledger.md) or prove another file";
        return Err(CliError::failed(Exit::Input, format!("{file} has no claims; {hint}")));
    }
    let store = args.project.open()?;
    let records = Records::of(&args.project.store_path());
    let evidence = Evidence::new(&ledger, args.project.project(), &store)?;
    let judged = judge(&ledger, &asked, &evidence, &records.book()?)?;
    let decisions: Vec<Decision> = judged.iter().filter_map(Judged::decision).cloned().collect();
    let holder = format!("isocost prove, process {}", std::process::id());
    let new_looks = records.record(&decisions, &clock::now(), &holder)?;
    let shown: Vec<&Judged> =
        judged.iter().filter(|judged| asked.is_empty() || asked.contains(judged.id())).collect();
    show(&shown, new_looks, ui)?;
    let supported =
        |judged: &&Judged| judged.verdict().is_some_and(|verdict| verdict.status == Status::Supported);
    Ok(if shown.iter().all(supported) { Exit::Yes } else { Exit::No })
}

fn show(judged: &[&Judged], new_looks: usize, ui: Ui) -> Result<(), CliError> {
    match ui.form() {
        Form::Json => ui.json(&ProveDocument {
            schema: "isocost/prove/1",
            new_looks,
            verdicts: judged.iter().filter_map(|judged| judged.verdict()).collect(),
            undecidable: judged.iter().filter_map(|judged| undecidable(judged)).collect(),
        }),
        Form::Text => {
            let claims: Vec<_> = judged.iter().map(|judged| view::claim(judged)).collect();
            ui.data(&format!("{}{}", text::verdicts(&claims, ui.layout()), view::methods(&claims)))?;
            ui.note(&match new_looks {
                0 => "this evidence was read before: no new look".to_owned(),
                1 => "one new look was recorded".to_owned(),
                n => format!("{n} new looks were recorded"),
            });
            Ok(())
        }
    }
}

fn undecidable(judged: &Judged) -> Option<Undecidable> {
    match judged {
        Judged::Decided(_) => None,
        Judged::Undecidable(claim, problems) => {
            let why = problems.iter().map(|problem| problem.message.clone()).collect();
            Some(Undecidable { claim: claim.id.to_string(), why })
        }
    }
}
