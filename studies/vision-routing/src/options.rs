//! What to run.

use std::collections::BTreeSet;
use std::fmt;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::str::FromStr;

use isocost_study_budget::BudgetShare;
use isocost_study_learn::Seed;
use schemars::JsonSchema;
use serde::Serialize;

use crate::{Split, StudyError, StudyResult};

/// How much of the trial to run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// 200 of the images, two epochs, the validation split: does it run at all?
    Smoke,
    /// All of it, on the validation split: is it worth a look at the test split?
    Validation,
    /// All of it, on the test split. Each run is a look.
    Full,
}

impl Stage {
    /// All stages, in the order in which they are run.
    pub const ALL: [Self; 3] = [Self::Smoke, Self::Validation, Self::Full];

    /// Its name, as in a ledger.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Smoke => "smoke",
            Self::Validation => "validation",
            Self::Full => "full",
        }
    }

    /// The split that it reads results on.
    pub const fn split(self) -> Split {
        match self {
            Self::Smoke | Self::Validation => Split::Val,
            Self::Full => Split::Test,
        }
    }
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Stage {
    type Err = StudyError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|stage| stage.name() == text).ok_or_else(|| StudyError::Options {
            what: format!("`{text}` is not a stage"),
            hint: "the stages are smoke, validation and full",
        })
    }
}

/// How many worker threads. The outputs are the same bytes at any number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Threads {
    /// One a core.
    #[default]
    Cores,
    /// That many.
    Exactly(NonZeroUsize),
}

/// What to run and where to put it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// How much of the trial.
    pub stage: Stage,
    /// The directory for the outputs; made if it is missing.
    pub out: PathBuf,
    /// The replicates. A seed decides initial weights, order of training and random policies, never the splits.
    pub seeds: Vec<Seed>,
    /// Mean cost per image as shares of the cost of a full look.
    pub budgets: Vec<BudgetShare>,
    /// Worker threads.
    pub threads: Threads,
}

impl Options {
    /// The defaults of a stage: seed 0 for smoke, seeds 0 to 4 otherwise; budgets 0.5, 0.75 and 1; a thread a core.
    pub fn new(stage: Stage, out: PathBuf) -> Self {
        let seeds = if stage == Stage::Smoke { 0..1 } else { 0..5 };
        Self {
            stage,
            out,
            seeds: seeds.map(Seed).collect(),
            budgets: [50, 75, 100].into_iter().filter_map(BudgetShare::percent).collect(),
            threads: Threads::Cores,
        }
    }

    /// Errors unless there are seeds and budgets and none occurs twice.
    pub(crate) fn check(&self) -> StudyResult<()> {
        nonempty_and_distinct("seed", &self.seeds, "a repeated seed is not a replicate; name each once")?;
        nonempty_and_distinct("budget", &self.budgets, "name each budget once")
    }
}

fn nonempty_and_distinct<T: Ord>(what: &str, values: &[T], hint: &'static str) -> StudyResult<()> {
    let count = values.iter().collect::<BTreeSet<_>>().len();
    if values.is_empty() {
        return Err(StudyError::Options { what: format!("there is no {what}"), hint: "name at least one" });
    }
    if count < values.len() {
        return Err(StudyError::Options { what: format!("a {what} is named twice"), hint });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_full_stage_reads_the_test_split() {
        let reads_test = Stage::ALL.map(|stage| stage.split() == Split::Test);
        assert_eq!(reads_test, [false, false, true]);
    }

    #[test]
    fn a_stage_reads_back_as_it_is_written_and_nothing_else_is_one() {
        for stage in Stage::ALL {
            assert_eq!(stage.to_string().parse::<Stage>().unwrap(), stage);
        }
        assert!("quick".parse::<Stage>().unwrap_err().to_string().contains("smoke, validation and full"));
    }

    #[test]
    fn a_repeated_seed_is_refused_because_it_is_no_replicate() {
        let mut options = Options::new(Stage::Smoke, PathBuf::new());
        options.seeds = vec![Seed(1), Seed(1)];
        assert!(options.check().unwrap_err().to_string().contains("not a replicate"));
        options.seeds.clear();
        assert!(options.check().is_err());
    }
}
