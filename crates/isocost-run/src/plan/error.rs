//! Why nothing was started.

use std::fmt;

use isocost_ledger::model::Id;

use crate::ident::JobId;

/// One reason.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlanProblem {
    /// Jobs wait for each other.
    #[error("these wait for each other: {}; take one of the dependencies out", chain(.jobs, .reasons))]
    Cycle {
        /// The jobs; the last waits for the first.
        jobs: Vec<JobId>,
        /// Why each waits for the one before it, the first for the last.
        reasons: Vec<String>,
    },
    /// Nobody writes what a command reads.
    #[error("{job} reads `{input}`, which is not on disk and which no entry writes; {hint}")]
    MissingProducer {
        /// The reader.
        job: JobId,
        /// What it reads.
        input: String,
        /// What to do.
        hint: String,
    },
    /// A pattern fits what several experiments write.
    #[error(
        "{job} reads `{pattern}`, which fits what {} write; name one of them in the pattern",
        list(.producers)
    )]
    AmbiguousGlob {
        /// The reader.
        job: JobId,
        /// The pattern.
        pattern: String,
        /// Who writes it.
        producers: Vec<Id>,
    },
    /// A pattern names an experiment without a recorded attempt that succeeded and that is not to be run.
    #[error(
        "{job} reads `{pattern}`, but no attempt of {owner} that succeeded is recorded, and {owner} is ticked; run it with `isocost run {owner}` (a file that only happens to be on disk is not taken)"
    )]
    NothingRecorded {
        /// The reader.
        job: JobId,
        /// The pattern.
        pattern: String,
        /// Whose files it names.
        owner: Id,
    },
    /// A dependency is ticked and has no recorded attempt.
    #[error(
        "{job} needs {need} ({why}), which is ticked but has no recorded attempt that succeeded; run it with `isocost run {}`",
        .need.experiment
    )]
    NeedNotRecorded {
        /// The job.
        job: JobId,
        /// What it needs.
        need: JobId,
        /// Why.
        why: String,
    },
    /// A command cannot be run as it is printed.
    #[error("{job} cannot be run: {reason} (`{}`)", shortened(.command))]
    NotRunnable {
        /// The job.
        job: JobId,
        /// The command.
        command: String,
        /// Why.
        reason: String,
    },
    /// An experiment that was asked for is not there.
    #[error("no entry {name} with a command is in the ledger")]
    UnknownExperiment {
        /// As it was asked for.
        name: String,
    },
    /// A declared need names no entry.
    #[error("{job} needs {need}, but no entry of that name has a command")]
    UnknownNeed {
        /// The job.
        job: JobId,
        /// What it names.
        need: String,
    },
    /// Two entries say different things about the same job.
    #[error("{job} is written twice, at {first} and at {second}; give one of them another id")]
    Duplicate {
        /// The job.
        job: JobId,
        /// Place of the first.
        first: String,
        /// Place of the second.
        second: String,
    },
    /// An id that cannot be a directory's name.
    #[error("`{}` cannot be the name of an experiment that is run: only letters, digits, `-`, `_` and `.`", .name.escape_debug())]
    UnsafeName {
        /// The id.
        name: String,
    },
    /// More GPUs than the machine has.
    #[error(
        "{job} takes {wanted} GPU(s), but this machine has {there}; lower `resources: gpus`, or set ISOCOST_GPUS"
    )]
    NotEnoughGpus {
        /// The job.
        job: JobId,
        /// How many it takes.
        wanted: u32,
        /// How many there are.
        there: u32,
    },
}

/// All reasons why nothing was started.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanError {
    /// In order of the ledger; never empty.
    pub problems: Vec<PlanProblem>,
}

impl fmt::Display for PlanError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, problem) in self.problems.iter().enumerate() {
            if at > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{problem}")?;
        }
        Ok(())
    }
}

impl std::error::Error for PlanError {}

fn chain(jobs: &[JobId], reasons: &[String]) -> String {
    let links = jobs.iter().enumerate().filter_map(|(at, job)| {
        let before = if at == 0 { jobs.last() } else { jobs.get(at - 1) }?;
        Some(format!("{job} after {before} ({})", reasons.get(at)?))
    });
    links.collect::<Vec<_>>().join("; ")
}

fn list(ids: &[Id]) -> String {
    ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

/// One line that is not too long.
fn shortened(command: &str) -> String {
    const LONGEST: usize = 120;
    let line = command.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= LONGEST {
        return line;
    }
    line.chars().take(LONGEST).chain("…".chars()).collect()
}
