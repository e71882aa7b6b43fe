//! `isocost study`: the studies that ship with isocost.

mod audiovisual;
mod recursion;
mod vision_routing;

use clap::{Args, Subcommand};

use crate::error::CliError;
use crate::exit::Exit;
use crate::ui::Ui;

/// Run one of the studies that ship with isocost.
#[derive(Debug, Args)]
pub(crate) struct StudyArgs {
    #[command(subcommand)]
    study: Study,
}

#[derive(Debug, Subcommand)]
enum Study {
    /// Listen, then look: where to spend the budget for pictures of a clip.
    #[command(subcommand)]
    Audiovisual(Box<audiovisual::Audiovisual>),
    /// Recursive models: do wrong answers settle?
    #[command(subcommand)]
    Recursion(recursion::Recursion),
    /// Vision per question: none, coarse or full.
    #[command(subcommand)]
    VisionRouting(vision_routing::VisionRouting),
}

pub(crate) fn run(args: &StudyArgs, ui: Ui) -> Result<Exit, CliError> {
    match &args.study {
        Study::Audiovisual(study) => audiovisual::run(study, ui),
        Study::Recursion(study) => recursion::run(study, ui),
        Study::VisionRouting(study) => vision_routing::run(study, ui),
    }
}
