//! `isocost completions` and `isocost man`: made from the same definitions as `--help`.

use clap::{Args, Command};
use clap_complete::Shell;

use crate::error::CliError;
use crate::exit::Exit;
use crate::ui::Ui;

/// Print completions for a shell.
#[derive(Debug, Args)]
pub(crate) struct CompletionsArgs {
    /// The shell.
    shell: Shell,
}

pub(crate) fn completions(args: &CompletionsArgs, mut command: Command, ui: Ui) -> Result<Exit, CliError> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut command, "isocost", &mut script);
    ui.data(&String::from_utf8_lossy(&script))?;
    Ok(Exit::Yes)
}

/// Print the man page, or that of one verb.
#[derive(Debug, Args)]
pub(crate) struct ManArgs {
    /// The verb.
    verb: Option<String>,
}

pub(crate) fn man(args: &ManArgs, command: Command, ui: Ui) -> Result<Exit, CliError> {
    let command =
        match &args.verb {
            None => command,
            Some(verb) => command
                .find_subcommand(verb)
                .cloned()
                .map(|sub| sub.name(format!("isocost-{verb}")))
                .ok_or_else(|| CliError::Usage(format!("there is no verb {verb}; see isocost --help")))?,
        };
    let mut page = Vec::new();
    clap_mangen::Man::new(command)
        .render(&mut page)
        .map_err(|error| CliError::failed(Exit::Internal, error))?;
    ui.data(&String::from_utf8_lossy(&page))?;
    Ok(Exit::Yes)
}
