//! The one place that prints: data on stdout, messages on stderr.
#![expect(clippy::unused_self, reason = "printing goes through the one value that knows how")]

use std::io::{ErrorKind, IsTerminal, Write};
use std::path::Path;

use clap::ValueEnum;
use serde::Serialize;

use isocost_fs::{IoError, Operation};
use isocost_report::diagnostics;
use isocost_report::text::{Layout, Paint, Width};

use crate::error::CliError;

/// When to colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum ColorChoice {
    /// On a terminal, unless `NO_COLOR` is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// How data is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// For people.
    Text,
    /// One JSON document.
    Json,
}

/// Where output goes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ui {
    form: Form,
    paint: Paint,
    quiet: Quiet,
}

/// Whether messages are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Quiet {
    /// Shown.
    No,
    /// Errors only.
    Yes,
}

impl Ui {
    pub(crate) fn new(form: Form, color: ColorChoice, quiet: Quiet) -> Self {
        let wanted = match color {
            ColorChoice::Always => anstream::ColorChoice::Always,
            ColorChoice::Never => anstream::ColorChoice::Never,
            ColorChoice::Auto => anstream::ColorChoice::Auto,
        };
        wanted.write_global();
        let resolved = anstream::AutoStream::choice(&std::io::stdout());
        let paint =
            if matches!(resolved, anstream::ColorChoice::Never) { Paint::Plain } else { Paint::Coloured };
        Self { form, paint, quiet }
    }

    pub(crate) fn form(self) -> Form {
        self.form
    }

    /// How tables are laid out: as wide as the terminal, or as their cells where stdout is none.
    pub(crate) fn layout(self) -> Layout {
        let width = columns().map_or(Width::Unlimited, Width::Columns);
        Layout { width, paint: self.paint }
    }

    /// How findings are laid out.
    pub(crate) fn diagnostics(self) -> diagnostics::Options {
        let defaults = diagnostics::Options::default();
        diagnostics::Options { paint: self.paint, width: columns().unwrap_or(defaults.width) }
    }

    /// Whether messages go to a terminal that can redraw a line.
    pub(crate) fn live(self) -> bool {
        self.quiet == Quiet::No
            && std::io::stderr().is_terminal()
            && std::env::var_os("CI").is_none()
            && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
    }

    /// Data on stdout. A reader that has gone away ends the output, not the program; a full disk is an error.
    pub(crate) fn data(self, text: &str) -> Result<(), CliError> {
        let mut out = anstream::stdout().lock();
        let end = if text.ends_with('\n') || text.is_empty() { "" } else { "\n" };
        let written = out
            .write_all(text.as_bytes())
            .and_then(|()| out.write_all(end.as_bytes()))
            .and_then(|()| out.flush());
        match written {
            Err(error) if error.kind() != ErrorKind::BrokenPipe => {
                Err(IoError::new(Operation::Write, Path::new("standard output"), error).into())
            }
            _ => Ok(()),
        }
    }

    /// One JSON document on stdout.
    pub(crate) fn json(self, value: &impl Serialize) -> Result<(), CliError> {
        self.data(&serde_json::to_string_pretty(value)?)
    }

    /// A message on stderr.
    pub(crate) fn note(self, text: &str) {
        if self.quiet == Quiet::No {
            say(text);
        }
    }

    /// An error on stderr; as JSON too where JSON was asked for.
    pub(crate) fn error(self, error: &CliError) {
        if self.form == Form::Json {
            let object = serde_json::json!({
                "schema": "isocost/error/1", "exit": error.exit().code(), "message": error.to_string(),
            });
            say(&object.to_string());
        } else {
            say(&format!("\u{1b}[1;31merror\u{1b}[0m: {error}"));
        }
    }
}

/// A line on stderr; where nobody can be told, nothing else can be done about it.
fn say(line: &str) {
    let _ = writeln!(anstream::stderr().lock(), "{line}");
}

fn columns() -> Option<usize> {
    if !std::io::stdout().is_terminal() {
        return None;
    }
    terminal_size::terminal_size().map(|(width, _)| usize::from(width.0))
}
