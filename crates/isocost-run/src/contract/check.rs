//! Checking a contract against what is there.

use std::path::Path;

use isocost_ledger::model::ArtifactSpec;
use isocost_ledger::rule::Requirement;

use super::artifacts::{Found, Survey, not_checkable, required_files};
use super::files::EvidenceFile;
use super::metrics::{Decided, Verdict, decide, in_words};
use super::report::{ArtifactCheck, Check, ContractReport, MetricCheck};

/// What a job must leave.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ContractSpec {
    /// Required artifacts.
    pub artifacts: Vec<ArtifactSpec>,
    /// Required metrics and checks.
    pub metrics: Vec<Requirement>,
    /// Whether thresholds do not count: an earlier stage only has to show that the values are there.
    pub thresholds: Thresholds,
}

/// Whether the rules on values count at a job's stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Thresholds {
    /// They do: it is the experiment's last stage.
    #[default]
    Count,
    /// They are evaluated and noted.
    AreNoted,
}

/// What a contract is checked against.
#[derive(Debug, Clone, Copy)]
pub struct Evidence<'a> {
    /// The project's root.
    pub root: &'a Path,
    /// The attempt's own artifacts.
    pub own: Option<&'a Path>,
    /// What was there before the attempt: files unchanged since then are not its work. `None` where that is not known.
    pub before: Option<&'a Survey>,
    /// All files that the attempt left: rules are read in these.
    pub files: &'a [EvidenceFile],
}

/// Checks every part of the contract.
pub fn check(spec: &ContractSpec, evidence: Evidence<'_>) -> ContractReport {
    ContractReport {
        artifacts: spec.artifacts.iter().map(|artifact| check_artifact(artifact, evidence)).collect(),
        metrics: spec.metrics.iter().flat_map(|metric| check_metric(metric, spec, evidence)).collect(),
    }
}

fn check_artifact(artifact: &ArtifactSpec, evidence: Evidence<'_>) -> ArtifactCheck {
    let (check, files) = match (not_checkable(artifact), find(artifact, evidence)) {
        (Some(why), _) => (Check::NotCheckable { why: why.to_owned() }, Vec::new()),
        (None, Ok((files, stale))) => (judge(artifact, &files, &stale), files),
        (None, Err(why)) => (Check::Violated { why }, Vec::new()),
    };
    let files = files.into_iter().map(|found| found.shown).collect();
    ArtifactCheck { artifact: artifact.path.raw.clone(), check, files }
}

/// Files of the artifact that are the attempt's work, and those that were there before.
fn find(artifact: &ArtifactSpec, evidence: Evidence<'_>) -> Result<(Vec<Found>, Vec<Found>), String> {
    let found =
        required_files(artifact, evidence.root, evidence.own).map_err(|problem| problem.to_string())?;
    let is_reused = artifact.note.as_ref().is_some_and(|note| note.raw.contains("reused"));
    let (fresh, stale) = found.into_iter().partition(|found| {
        let before = evidence.before.and_then(|before| before.get(&found.shown));
        is_reused || found.stamp.is_dir || before != Some(&found.stamp)
    });
    Ok((fresh, stale))
}

fn judge(artifact: &ArtifactSpec, fresh: &[Found], stale: &[Found]) -> Check {
    match (fresh, stale) {
        ([], []) => {
            let what =
                if super::is_glob(artifact.effective_path()) { "nothing matches" } else { "it is not there" };
            Check::Violated { why: what.to_owned() }
        }
        ([], [old, ..]) => Check::Violated {
            why: format!(
                "{} was there before this attempt and was not written by it (write it anew, or note `(reused)` behind it)",
                old.shown
            ),
        },
        _ => Check::Holds,
    }
}

fn check_metric(requirement: &Requirement, spec: &ContractSpec, evidence: Evidence<'_>) -> Vec<MetricCheck> {
    let decided = decide(requirement, evidence.files);
    decided
        .into_iter()
        .map(|term| MetricCheck {
            file: requirement.file.clone(),
            rule: term.term.clone(),
            check: judge_term(&term, spec.thresholds),
        })
        .collect()
}

fn judge_term(term: &Decided, thresholds: Thresholds) -> Check {
    let counts = term.only_presence || thresholds == Thresholds::Count;
    match &term.verdict {
        Verdict::Holds => Check::Holds,
        Verdict::Fails(failures) if counts => Check::Violated { why: in_words(failures) },
        Verdict::Fails(failures) => Check::Noted { why: in_words(failures) },
        Verdict::Missing(why) if counts => Check::Violated { why: why.join("; ") },
        Verdict::Missing(why) | Verdict::Undecidable(why) => Check::Unknown { why: why.join("; ") },
        Verdict::NotCheckable => Check::NotCheckable { why: "it is prose".to_owned() },
    }
}
