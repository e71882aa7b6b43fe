//! Gates: what must hold on recorded evidence before a job starts.

use std::path::{Path, PathBuf};

use isocost_ledger::model::{Id, Stage};
use isocost_ledger::rule::Requirement;
use serde::Serialize;

use crate::contract::{Decided, EvidenceFile, FileSource, Verdict, decide, in_words, matches};
use crate::ident::{JobId, is_safe_name};
use crate::plan::{GateSpec, Job};
use crate::store::{Attempt, FileHashes, Layout, Snapshot};

/// Why a gate is not open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, schemars::JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum GateFailure {
    /// A rule does not hold.
    Fails {
        /// The gate as written.
        gate: String,
        /// Which rule, and by how much.
        why: String,
    },
    /// Evidence is not there.
    Missing {
        /// The gate as written.
        gate: String,
        /// What is missing.
        why: String,
    },
    /// It is prose, or asks for a statistic: a person has to decide.
    NeedsPerson {
        /// The gate as written.
        gate: String,
        /// Which part.
        why: String,
    },
}

impl GateFailure {
    /// The failure in words.
    pub fn words(&self) -> String {
        match self {
            Self::Fails { why, .. } => why.clone(),
            Self::Missing { gate, why } => format!("gate `{gate}` cannot be decided: {why}"),
            Self::NeedsPerson { gate, why } => {
                format!("gate `{gate}` needs a person to decide: {why}")
            }
        }
    }
}

/// What is recorded, and where.
#[derive(Clone, Copy)]
pub struct Recorded<'a> {
    /// The attempts.
    pub snapshot: &'a Snapshot,
    /// The store.
    pub layout: &'a Layout,
    /// The project's root.
    pub root: &'a Path,
    /// Files' hashes.
    pub hashes: &'a FileHashes,
}

/// Why a job's gates are not open; empty if they are.
pub fn closed_gates(job: &Job, recorded: Recorded<'_>) -> Vec<GateFailure> {
    job.gates.iter().flat_map(|gate| failures(gate, job, recorded)).collect()
}

fn failures(gate: &GateSpec, job: &Job, recorded: Recorded<'_>) -> Vec<GateFailure> {
    let source = GateFiles { job: &job.id, recorded };
    let text = &gate.requirement.text;
    decide(&gate.requirement, &source).into_iter().filter_map(|term| failure(text, &term)).collect()
}

fn failure(gate: &str, term: &Decided) -> Option<GateFailure> {
    let gate = gate.to_owned();
    match &term.verdict {
        Verdict::Holds => None,
        Verdict::Fails(failures) => Some(GateFailure::Fails { gate, why: in_words(failures) }),
        Verdict::Missing(why) => Some(GateFailure::Missing { gate, why: why.join("; ") }),
        Verdict::Undecidable(why) => Some(GateFailure::NeedsPerson { gate, why: why.join("; ") }),
        Verdict::NotCheckable => {
            Some(GateFailure::NeedsPerson { gate, why: format!("`{}` is prose", term.term) })
        }
    }
}

/// The experiments whose files a requirement reads: `E0001@smoke/metrics.json`.
pub fn references(requirement: &Requirement) -> Vec<(Id, Option<Stage>)> {
    let is_end = |c: char| c.is_whitespace() || matches!(c, '`' | '"' | '\'' | '(' | ')' | ',' | ';');
    let mut found = Vec::new();
    for word in requirement.text.split(is_end).chain(requirement.file.as_deref()) {
        let Some((head, _)) = word.split_once('/') else { continue };
        if let Some(reference) = parse_owner(head)
            && !found.contains(&reference)
        {
            found.push(reference);
        }
    }
    found
}

/// `E0001` or `E0001@smoke`: an id has a letter and digits, so that `runs` or `outputs` is none.
fn parse_owner(head: &str) -> Option<(Id, Option<Stage>)> {
    let (name, stage) = match head.split_once('@') {
        Some((name, stage)) => (name, Some(Stage::from_name(stage)?)),
        None => (head, None),
    };
    let id = Id(name.to_owned());
    let is_id = is_safe_name(name) && id.letter().is_ascii_uppercase() && !id.digits().is_empty();
    is_id.then_some((id, stage))
}

/// Files as a gate names them: with an owner, those of its recorded success; without, those of the job's earlier stage.
struct GateFiles<'a> {
    job: &'a JobId,
    recorded: Recorded<'a>,
}

impl FileSource for GateFiles<'_> {
    fn locate(&self, file: Option<&str>) -> Result<PathBuf, String> {
        let owned = file
            .and_then(|file| file.split_once('/'))
            .and_then(|(head, rest)| Some((parse_owner(head)?, rest)));
        match owned {
            Some(((experiment, Some(stage)), rest)) => {
                let job = JobId { experiment, stage };
                let attempt = self.recorded.snapshot.latest_success(&job);
                self.in_attempt(attempt, &job.to_string(), Some(rest))
            }
            Some(((experiment, None), rest)) => {
                let attempt = self.recorded.snapshot.success_of(&experiment, None);
                self.in_attempt(attempt, experiment.as_ref(), Some(rest))
            }
            None => {
                let earlier = Stage::ALL.into_iter().rev().filter(|stage| *stage < self.job.stage);
                let jobs = earlier.map(|stage| JobId { experiment: self.job.experiment.clone(), stage });
                let attempt = jobs.into_iter().find_map(|job| self.recorded.snapshot.latest_success(&job));
                self.in_attempt(attempt, &format!("an earlier stage of {}", self.job.experiment), file)
            }
        }
    }
}

impl GateFiles<'_> {
    fn in_attempt(
        &self,
        attempt: Option<&Attempt>,
        whose: &str,
        file: Option<&str>,
    ) -> Result<PathBuf, String> {
        let attempt = attempt.ok_or_else(|| format!("no attempt of {whose} that succeeded is recorded"))?;
        recorded_file(attempt, self.recorded, file)
    }
}

/// The file of that name that an attempt left, if it is still what it was.
pub fn recorded_file(
    attempt: &Attempt,
    recorded: Recorded<'_>,
    file: Option<&str>,
) -> Result<PathBuf, String> {
    let reference = attempt.record.reference();
    let files: Vec<EvidenceFile> = attempt
        .record
        .outputs
        .iter()
        .map(|output| EvidenceFile {
            shown: output.path.clone(),
            path: Snapshot::output_path(recorded.layout, recorded.root, &reference, &output.path),
        })
        .collect();
    let by_pattern = file.filter(|file| file.contains('*')).map(|pattern| {
        let mut fitting = files.iter().filter(|file| matches(pattern, &file.shown));
        match (fitting.next(), fitting.next()) {
            (Some(only), None) => Ok(only.path.clone()),
            (None, _) => Err(format!("{reference} left no file that fits `{pattern}`")),
            _ => Err(format!("{reference} left several files that fit `{pattern}`")),
        }
    });
    let path = by_pattern
        .unwrap_or_else(|| files.as_slice().locate(file).map_err(|why| format!("{reference}: {why}")))?;
    let shown = files.iter().find(|file| file.path == path).map(|file| file.shown.as_str());
    let was = attempt.record.outputs.iter().find(|output| Some(output.path.as_str()) == shown);
    let is = recorded.hashes.digest(&path).map_err(|error| error.to_string())?;
    match was {
        Some(was) if was.blake3 != is => Err(format!(
            "{} is not what {reference} left (hash {} then, {} now)",
            was.path,
            was.blake3.short(),
            is.short()
        )),
        _ => Ok(path),
    }
}
