//! The batch as a command: files in, report and values out.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use super::values::Values;
use super::{Config, E1Error, compute, markdown, seed_style};

/// How the report is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Style {
    /// For readers.
    #[default]
    Isocost,
    /// In the order and with the formats of the original script.
    Seed,
}

/// How many threads compute. The values are the same at any number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Threads {
    /// One a core.
    #[default]
    Cores,
    /// This many.
    Exactly(NonZeroUsize),
}

impl Threads {
    /// The number.
    pub fn count(self) -> usize {
        match self {
            Self::Exactly(count) => count.get(),
            Self::Cores => std::thread::available_parallelism().map_or(1, NonZeroUsize::get),
        }
    }
}

/// What to run.
#[derive(Debug, Clone)]
pub struct Options {
    /// Folder that the configured paths are relative to.
    pub root: PathBuf,
    /// Folder for `phase1_e1.md` and `values.json`.
    pub out: PathBuf,
    /// The batch.
    pub config: Config,
    /// Form of the report.
    pub style: Style,
    /// Threads.
    pub threads: Threads,
}

/// What was written.
#[derive(Debug, Clone)]
pub struct Summary {
    /// Everything computed.
    pub values: Values,
    /// The report, as in `phase1_e1.md`.
    pub report: String,
}

/// The report of these values.
pub fn render(values: &Values, config: &Config, style: Style) -> String {
    match style {
        Style::Seed => seed_style::render(values, config),
        Style::Isocost => markdown::render(values, config),
    }
}

/// Computes the batch, writes `phase1_e1.md` and `values.json`.
pub fn run(options: &Options) -> Result<Summary, E1Error> {
    let values = compute(&options.root, &options.config, options.threads.count())?;
    let report = render(&values, &options.config, options.style);
    isocost_fs::create_dir_all(&options.out)?;
    write(&options.out, "phase1_e1.md", &report)?;
    let mut json = serde_json::to_string_pretty(&values)?;
    json.push('\n');
    write(&options.out, "values.json", &json)?;
    Ok(Summary { values, report })
}

fn write(out: &Path, name: &str, text: &str) -> Result<(), E1Error> {
    Ok(isocost_fs::write_evidence(&out.join(name), text.as_bytes())?)
}
