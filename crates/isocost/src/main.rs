//! The `isocost` command line: one file a verb, glue only.

mod cli;
mod clock;
mod error;
mod evidence;
mod exit;
mod git;
mod judgement;
mod load;
mod progress;
mod project;
mod sources;
mod ui;
mod verbs;
mod view;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::main().into()
}
