//! Whether a job has to be run, and why.

use std::fmt;

use serde::Serialize;

use super::prepare::Prepared;
use crate::contract::{Evidence, EvidenceFile, check};
use crate::gate::Recorded;
use crate::ident::AttemptNo;
use crate::plan::Job;
use crate::store::{Attempt, AttemptOutcome, AttemptRecord, AttemptState, Snapshot, read_record};

/// Why a job is run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum Why {
    /// It never was.
    NoAttempt,
    /// The last attempt did not succeed.
    LastAttempt {
        /// How it ended.
        outcome: AttemptOutcome,
    },
    /// It was asked for.
    Forced,
    /// A command has other words.
    CommandChanged {
        /// Its number, from 1.
        number: usize,
    },
    /// An input has another content.
    InputChanged {
        /// As written.
        input: String,
        /// The first characters of its hash then.
        was: String,
        /// And now.
        is: String,
    },
    /// An input came or went.
    InputSetChanged {
        /// As written.
        input: String,
    },
    /// Seeds are others.
    SeedsChanged,
    /// A needed experiment has a newer attempt.
    NeedChanged {
        /// The attempts now.
        needs: Vec<String>,
    },
    /// An environment variable has another value.
    EnvironmentChanged {
        /// Its name.
        name: String,
    },
    /// What it was made of cannot be read any more.
    RecordUnreadable {
        /// Why.
        problem: String,
    },
    /// A recorded output is not there any more, or is another one.
    OutputChanged {
        /// The output.
        output: String,
    },
    /// The ledger asks for more than was recorded, and that does not hold.
    ContractChanged {
        /// What does not hold.
        violations: Vec<String>,
    },
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoAttempt => f.write_str("no attempt is recorded"),
            Self::LastAttempt { outcome } => write!(f, "the last attempt: {}", outcome.words()),
            Self::Forced => f.write_str("asked for"),
            Self::CommandChanged { number } => write!(f, "command {number} changed"),
            Self::InputChanged { input, was, is } => write!(f, "input {input} changed: {was} → {is}"),
            Self::InputSetChanged { input } => write!(f, "input {input} came or went"),
            Self::SeedsChanged => f.write_str("seeds changed"),
            Self::NeedChanged { needs } => write!(f, "it now builds on {}", needs.join(", ")),
            Self::EnvironmentChanged { name } => write!(f, "environment variable {name} changed"),
            Self::RecordUnreadable { problem } => write!(f, "the last attempt's record: {problem}"),
            Self::OutputChanged { output } => write!(f, "output {output} is missing or was changed"),
            Self::ContractChanged { violations } => {
                write!(f, "the contract changed: {}", violations.join("; "))
            }
        }
    }
}

/// The attempt that is still good, or why there is none.
pub(super) fn freshness(
    job: &Job,
    prepared: &Prepared,
    recorded: Recorded<'_>,
) -> Result<AttemptNo, Vec<Why>> {
    let Some(latest) = recorded.snapshot.latest(&job.id) else { return Err(vec![Why::NoAttempt]) };
    match latest.state {
        AttemptState::Ended(AttemptOutcome::Succeeded) => {}
        AttemptState::Ended(outcome) => return Err(vec![Why::LastAttempt { outcome }]),
        AttemptState::Running | AttemptState::Orphaned => {
            return Err(vec![Why::LastAttempt { outcome: AttemptOutcome::Running }]);
        }
    }
    if latest.record.key != prepared.key {
        return Err(match read_record(recorded.layout, &latest.record.reference()) {
            Ok(record) => differences(job, prepared, &record),
            Err(unreadable) => vec![Why::RecordUnreadable { problem: unreadable.why }],
        });
    }
    if let Some(why) = changed_output(latest, recorded).or_else(|| changed_contract(job, latest, recorded)) {
        return Err(vec![why]);
    }
    Ok(latest.record.attempt)
}

fn differences(job: &Job, prepared: &Prepared, old: &AttemptRecord) -> Vec<Why> {
    let mut found = Vec::new();
    for number in 0..job.commands.len().max(old.commands.len()) {
        let is = job.commands.get(number).map(|command| command.text.as_str());
        let was = old.commands.get(number).map(|command| command.written.as_str());
        if is != was {
            found.push(Why::CommandChanged { number: number + 1 });
        }
    }
    if job.seeds != old.seeds {
        found.push(Why::SeedsChanged);
    }
    inputs(prepared, old, &mut found);
    let needs: Vec<String> = prepared.needs.iter().map(ToString::to_string).collect();
    if needs != old.needs {
        found.push(Why::NeedChanged { needs });
    }
    let names = prepared.key_environment.keys().chain(&old.key_environment);
    for name in names.collect::<std::collections::BTreeSet<_>>() {
        if prepared.key_environment.get(name) != old.environment.get(name) {
            found.push(Why::EnvironmentChanged { name: name.clone() });
        }
    }
    found
}

fn inputs(prepared: &Prepared, old: &AttemptRecord, found: &mut Vec<Why>) {
    for input in &prepared.inputs {
        match old.inputs.iter().find(|was| was.written == input.written && was.path == input.path) {
            Some(was) if was.blake3 == input.blake3 => {}
            Some(was) => found.push(Why::InputChanged {
                input: input.written.clone(),
                was: was.blake3.short().to_owned(),
                is: input.blake3.short().to_owned(),
            }),
            None => found.push(Why::InputSetChanged { input: input.path.clone() }),
        }
    }
    let gone = old.inputs.iter().filter(|was| {
        !prepared.inputs.iter().any(|input| input.written == was.written && input.path == was.path)
    });
    found.extend(gone.map(|was| Why::InputSetChanged { input: was.path.clone() }));
}

fn changed_output(latest: &Attempt, recorded: Recorded<'_>) -> Option<Why> {
    let reference = latest.record.reference();
    let changed = latest.record.outputs.iter().find(|output| {
        let path = Snapshot::output_path(recorded.layout, recorded.root, &reference, &output.path);
        recorded.hashes.digest(&path).map_or(true, |is| is != output.blake3)
    })?;
    Some(Why::OutputChanged { output: changed.path.clone() })
}

/// Only a contract with other words than the recorded one is checked again.
fn changed_contract(job: &Job, latest: &Attempt, recorded: Recorded<'_>) -> Option<Why> {
    let old = latest.record.contract.as_ref()?;
    let artifacts = job.contract.artifacts.iter().map(|artifact| artifact.path.raw.as_str());
    let metrics =
        job.contract.metrics.iter().flat_map(|requirement| requirement.terms.iter().chain(&requirement.note));
    let same = artifacts.eq(old.artifacts.iter().map(|artifact| artifact.artifact.as_str()))
        && metrics.map(super::recorded::term_text).eq(old.metrics.iter().map(|metric| metric.rule.as_str()));
    if same {
        return None;
    }
    let reference = latest.record.reference();
    let files = evidence_files(latest, recorded);
    let own = recorded.layout.artifacts(&reference);
    let evidence = Evidence { root: recorded.root, own: Some(&own), before: None, files: &files };
    let violations = check(&job.contract, evidence).violations();
    (!violations.is_empty()).then_some(Why::ContractChanged { violations })
}

/// The files that an attempt left.
pub(crate) fn evidence_files(attempt: &Attempt, recorded: Recorded<'_>) -> Vec<EvidenceFile> {
    let reference = attempt.record.reference();
    let files = attempt.record.outputs.iter().map(|output| EvidenceFile {
        shown: output.path.clone(),
        path: Snapshot::output_path(recorded.layout, recorded.root, &reference, &output.path),
    });
    files.collect()
}
