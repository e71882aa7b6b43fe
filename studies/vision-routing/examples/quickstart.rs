//! Runs the trial: `quickstart [smoke|validation|full] [DIR]`.
#![expect(clippy::print_stdout, reason = "an example shows its result")]

use std::path::PathBuf;

use isocost_study_vision_routing::{Options, Stage, StudyResult, run};

fn main() -> StudyResult<()> {
    let mut arguments = std::env::args().skip(1);
    let stage = arguments.next().map_or(Ok(Stage::Smoke), |stage| stage.parse())?;
    let out = arguments.next().or_else(|| std::env::var("ISOCOST_OUT").ok());
    let summary =
        run(&Options::new(stage, out.map_or_else(|| PathBuf::from("quickstart-out"), PathBuf::from)))?;
    print!("{summary}");
    Ok(())
}
