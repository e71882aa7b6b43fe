//! `isocost explain`: the page on a kind of finding.

use clap::Args;
use isocost_audit::{Kind, Severity, find_kind, kinds};
use serde::Serialize;

use crate::error::CliError;
use crate::exit::Exit;
use crate::ui::{Form, Ui};

/// Say what a kind of finding means.
#[derive(Debug, Args)]
pub(crate) struct ExplainArgs {
    /// Its code (`IC009`) or name (`unexpanded-glob`); none lists all kinds.
    finding: Option<String>,
}

#[derive(Serialize)]
struct KindView {
    code: &'static str,
    name: &'static str,
    severity: Severity,
    summary: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<&'static str>,
}

#[derive(Serialize)]
struct Kinds {
    schema: &'static str,
    kinds: Vec<KindView>,
}

pub(crate) fn run(args: &ExplainArgs, ui: Ui) -> Result<Exit, CliError> {
    let Some(wanted) = &args.finding else {
        match ui.form() {
            Form::Text => ui.data(&list())?,
            Form::Json => ui.json(&document(kinds().map(|kind| view(kind, None)).collect()))?,
        }
        return Ok(Exit::Yes);
    };
    let kind = find_kind(wanted).ok_or_else(|| {
        CliError::Usage(format!("there is no finding {wanted}; `isocost explain` without a name lists all"))
    })?;
    match ui.form() {
        Form::Text => ui.data(kind.page)?,
        Form::Json => ui.json(&document(vec![view(kind, Some(kind.page))]))?,
    }
    Ok(Exit::Yes)
}

fn document(kinds: Vec<KindView>) -> Kinds {
    Kinds { schema: "isocost/kinds/1", kinds }
}

fn view(kind: &Kind, page: Option<&'static str>) -> KindView {
    KindView { code: kind.code, name: kind.name, severity: kind.severity, summary: kind.summary, page }
}

fn list() -> String {
    let lines: Vec<String> =
        kinds().map(|kind| format!("{}  {:<28}  {}", kind.code, kind.name, kind.summary)).collect();
    lines.join("\n")
}
