//! What can be wrong with an outcome table.

use std::path::{Path, PathBuf};

/// The columns that every outcome table has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Column {
    /// `item`
    Item,
    /// `seed`, may be empty
    Seed,
    /// `arm`
    Arm,
    /// `budget`, may be empty
    Budget,
    /// `cost`, empty where it was not measured
    Cost,
    /// `cost_unit`, may be empty where `cost` is
    CostUnit,
    /// `split`, may be empty
    Split,
    /// `metric`
    Metric,
    /// `value`, empty or NaN where there is none
    Value,
}

impl Column {
    /// All of them in the order in which they are written.
    pub const ALL: [Self; 9] = [
        Self::Item,
        Self::Seed,
        Self::Arm,
        Self::Budget,
        Self::Cost,
        Self::CostUnit,
        Self::Split,
        Self::Metric,
        Self::Value,
    ];

    /// The column of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|column| column.name() == name)
    }

    /// Whether cells of the column may be empty.
    pub fn may_be_empty(self) -> bool {
        !matches!(self, Self::Item | Self::Arm | Self::Metric)
    }

    /// Its name in the header.
    pub fn name(self) -> &'static str {
        match self {
            Self::Item => "item",
            Self::Seed => "seed",
            Self::Arm => "arm",
            Self::Budget => "budget",
            Self::Cost => "cost",
            Self::CostUnit => "cost_unit",
            Self::Split => "split",
            Self::Metric => "metric",
            Self::Value => "value",
        }
    }
}

/// A table that cannot be read or written: where, and what is wrong.
#[derive(Debug, thiserror::Error)]
#[error("{}{}: {problem}", .path.display(), at(*.line))]
pub struct TableError {
    /// The file.
    pub path: PathBuf,
    /// Its line, from 1, where one is to blame.
    pub line: Option<u64>,
    /// What is wrong.
    #[source]
    pub problem: TableProblem,
}

impl TableError {
    pub(super) fn new(path: &Path, line: Option<u64>, problem: TableProblem) -> Self {
        Self { path: path.to_owned(), line, problem }
    }
}

fn at(line: Option<u64>) -> String {
    line.map_or_else(String::new, |line| format!(":{line}"))
}

/// What is wrong with a table.
#[derive(Debug, thiserror::Error)]
pub enum TableProblem {
    /// The file could not be read or written.
    #[error(transparent)]
    Io(#[from] isocost_fs::IoError),
    /// The stream broke.
    #[error("cannot read on: {0}")]
    Stream(String),
    /// Not a format that outcome tables have.
    #[error(
        "an outcome table is a .csv or .jsonl file (or .parquet); `isocost import` makes one of other files"
    )]
    UnknownFormat,
    /// A format that this build was made without.
    #[error("this build reads and writes no {0}; build isocost with the feature `parquet`, or use .csv")]
    NotBuilt(&'static str),
    /// A Parquet file that is damaged, or has what outcome tables do not.
    #[error("the Parquet file cannot be read: {0}")]
    Parquet(String),
    /// Columns that must be there are not.
    #[error("column{} {} missing; there {} {}", plural(.missing), is_or_are(.missing), is_or_are(.found), listed(.found))]
    MissingColumns {
        /// What is missing.
        missing: Vec<String>,
        /// What is there.
        found: Vec<String>,
    },
    /// A column stands twice in the header.
    #[error("column `{0}` stands twice in the header; rename one")]
    ColumnTwice(String),
    /// A line that is not of the format.
    #[error("{0}")]
    Syntax(String),
    /// A cell that may not be empty is.
    #[error("`{}` is empty; every row needs one", .0.name())]
    EmptyCell(Column),
    /// A cell that should be a number is not.
    #[error("`{}` is `{text}`, not {wanted}", .column.name())]
    NotANumber {
        /// The column.
        column: Column,
        /// The cell.
        text: String,
        /// What would be right.
        wanted: &'static str,
    },
    /// A cost without its unit.
    #[error("a cost of {0} without `cost_unit`; name what is counted (tokens, flops, seconds)")]
    CostWithoutUnit(f64),
    /// Two rows about the same thing.
    #[error("the same item, seed, arm, budget, metric and split as {}:{first_line} ({key}); keep one", .first_path.display())]
    Duplicate {
        /// The file of the first.
        first_path: PathBuf,
        /// The line of the first.
        first_line: u64,
        /// What both are about.
        key: String,
    },
    /// More rows or names than fit.
    #[error("more than 4,294,967,295 rows or names")]
    TooLarge,
}

fn plural(names: &[String]) -> String {
    format!("{} {}", if names.len() == 1 { "" } else { "s" }, listed(names)).trim_start().to_owned()
}

fn is_or_are(names: &[String]) -> &'static str {
    if names.len() == 1 { "is" } else { "are" }
}

fn listed(names: &[String]) -> String {
    if names.is_empty() {
        return "none".to_owned();
    }
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}
