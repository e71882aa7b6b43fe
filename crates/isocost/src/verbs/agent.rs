//! `isocost agent`: one page for a coding agent.

use std::fmt::Write;

use crate::error::CliError;
use crate::exit::Exit;
use crate::ui::{Form, Ui};

pub(crate) fn run(ui: Ui) -> Result<Exit, CliError> {
    let page = page();
    match ui.form() {
        Form::Text => ui.data(&page)?,
        Form::Json => ui.json(&serde_json::json!({ "schema": "isocost/agent/1", "markdown": page }))?,
    }
    Ok(Exit::Yes)
}

fn page() -> String {
    let mut page = include_str!("../pages/agent.md").to_owned();
    for (_, code, meaning) in Exit::TABLE {
        let _ = writeln!(page, "- `{code}` {meaning}");
    }
    page
}
