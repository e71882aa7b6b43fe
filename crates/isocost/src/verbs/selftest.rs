//! `isocost selftest`: the judge judged.

use clap::Args;
use isocost_report::text;
use isocost_trial::selftest::{Effort, SelftestPlan};
use isocost_trial::{Selftest, selftest};

use crate::error::CliError;
use crate::exit::Exit;
use crate::ui::{Form, Ui};
use crate::view;

/// Simulate worlds, decide claims on them, and count the false ones.
///
/// Every world goes through the whole path, from outcome table to verdict. Exits with 0 if every method that isocost vouches for keeps its
/// nominal rate, 1 otherwise. Methods that are known to fail are shown as a contrast.
#[derive(Debug, Args)]
pub(crate) struct SelftestArgs {
    /// Worlds a row [default: 1000, with --quick 30].
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    worlds: Option<u32>,
    /// Seed of the random streams.
    #[arg(long, default_value_t = 0)]
    seed: u64,
    /// Few worlds, in seconds.
    #[arg(long)]
    quick: bool,
}

pub(crate) fn run(args: &SelftestArgs, ui: Ui) -> Result<Exit, CliError> {
    let effort = if args.quick { Effort::Quick } else { Effort::Full };
    let plan = SelftestPlan { effort, worlds: args.worlds, seed: args.seed };
    let found = selftest(&plan).map_err(|error| CliError::failed(Exit::Internal, error))?;
    match ui.form() {
        Form::Json => ui.json(&found)?,
        Form::Text => show(&found, ui)?,
    }
    Ok(if found.holds { Exit::Yes } else { Exit::No })
}

fn show(found: &Selftest, ui: Ui) -> Result<(), CliError> {
    ui.data(&text::selftest(&view::selftest_rows(found), ui.layout()))?;
    ui.note(&format!(
        "{} worlds a row, seed {}, {} bootstrap replicates in each; {}",
        found.worlds,
        found.seed,
        found.replicates,
        if found.holds { "every method that must hold does" } else { "a method that must hold does not" }
    ));
    Ok(())
}
