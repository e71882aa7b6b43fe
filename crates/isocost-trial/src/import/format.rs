//! What was recognised.

use std::path::PathBuf;

use schemars::JsonSchema;
use serde::Serialize;

/// A known format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// An outcome table of isocost.
    OutcomeTable,
    /// A table with other column names, mapped by hand.
    MappedTable,
    /// `inspect_ai` evaluation logs, `.eval` or `.json`.
    InspectLog,
    /// Samples of lm-evaluation-harness or lmms-eval, with their results files.
    LmEvalSamples,
    /// A run directory of `MLflow`'s file store.
    MlflowRuns,
    /// Arrays of `NumPy`.
    Npz,
    /// `metrics.json` with accuracies by seed and sample.
    SeedMetrics,
    /// `results.csv` with one summary row a policy.
    ResultsCsv,
}

impl Format {
    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Self::OutcomeTable => "an outcome table",
            Self::MappedTable => "a table with mapped columns",
            Self::InspectLog => "inspect_ai logs",
            Self::LmEvalSamples => "lm-evaluation-harness or lmms-eval samples",
            Self::MlflowRuns => "MLflow runs",
            Self::Npz => "NumPy arrays (npz)",
            Self::SeedMetrics => "metrics.json by seed",
            Self::ResultsCsv => "a results.csv of summaries",
        }
    }
}

/// What can be the unit of a test on these rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Units {
    /// Items have ids: they can be paired.
    Items,
    /// There are only summaries by seed: seeds can be paired, and nothing is said about new items.
    SeedsOnly,
    /// There is one summary an arm: nothing can be tested.
    Nothing,
}

/// Where a column's values came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct FieldOrigin {
    /// The column of the outcome table.
    pub column: String,
    /// The field of the log.
    pub from: String,
}

/// What was recognised in files, and what became of it.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Recognition {
    /// The format.
    pub format: Format,
    /// The files that were read.
    pub files: Vec<PathBuf>,
    /// Where each column came from.
    pub fields: Vec<FieldOrigin>,
    /// What can be the unit of a test.
    pub units: Units,
    /// What a reader must know.
    pub notes: Vec<String>,
}
