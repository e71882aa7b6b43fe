//! From a ledger's entries to jobs.

use std::collections::BTreeMap;
use std::time::Duration;

use isocost_ledger::model::{ArtifactSpec, Command, Entry, Id, Ledger, Role, Stage};
use isocost_ledger::rule::Term;

use super::{CommandSpec, GateSpec, Job, JobResources, PlanProblem};
use crate::contract::{ContractSpec, Thresholds};
use crate::ident::{JobId, is_safe_name};

/// The jobs of all ledgers, in order of place.
///
/// Where an experiment has entries of several kinds, those of the first kind that has commands are run: a queue before a
/// table's row or a section, an archive last.
pub fn jobs_of(ledgers: &[&Ledger]) -> Result<Vec<Job>, Vec<PlanProblem>> {
    let (mut jobs, mut problems) = (Vec::new(), Vec::new());
    let mut places: BTreeMap<JobId, String> = BTreeMap::new();
    for (number, ledger) in ledgers.iter().enumerate() {
        let best = best_roles(ledger);
        for entry in &ledger.entries {
            if best.get(&entry.id) != Some(&rank(entry.role)) || commands(entry).next().is_none() {
                continue;
            }
            if !is_safe_name(&entry.id.0) {
                problems.push(PlanProblem::UnsafeName { name: entry.id.0.clone() });
                continue;
            }
            for job in jobs_of_entry(ledger, number, entry) {
                let place = format!("{}:{}", job.ledger, job.line);
                if let Some(first) = places.get(&job.id) {
                    problems.push(PlanProblem::Duplicate {
                        job: job.id,
                        first: first.clone(),
                        second: place,
                    });
                } else {
                    places.insert(job.id.clone(), place);
                    jobs.push(job);
                }
            }
        }
    }
    if problems.is_empty() { Ok(jobs) } else { Err(problems) }
}

fn rank(role: Role) -> u8 {
    match role {
        Role::Queue => 0,
        Role::Row => 1,
        Role::Section => 2,
        Role::Script => 3,
        Role::Archive => 4,
        Role::Result => 5,
    }
}

fn best_roles(ledger: &Ledger) -> BTreeMap<Id, u8> {
    let mut best = BTreeMap::new();
    for entry in ledger.entries.iter().filter(|entry| commands(entry).next().is_some()) {
        let this = rank(entry.role);
        best.entry(entry.id.clone()).and_modify(|known: &mut u8| *known = this.min(*known)).or_insert(this);
    }
    best
}

/// The entry's commands that are run. An archive's script columns repeat its `cmd` columns in other words.
fn commands(entry: &Entry) -> impl Iterator<Item = &Command> {
    let is_archive = entry.role == Role::Archive;
    entry
        .commands
        .iter()
        .filter(move |command| !is_archive || command.field.to_ascii_lowercase().ends_with("cmd"))
}

fn jobs_of_entry(ledger: &Ledger, number: usize, entry: &Entry) -> Vec<Job> {
    let mut stages: BTreeMap<Stage, Vec<&Command>> = BTreeMap::new();
    for command in commands(entry) {
        let list = stages.entry(command.stage).or_default();
        // A table prints one command in both of its columns.
        if !list.iter().any(|known| known.text.raw == command.text.raw) {
            list.push(command);
        }
    }
    let last = stages.keys().next_back().copied();
    let first = stages.keys().next().copied();
    let of_stage = |(stage, commands): (Stage, Vec<&Command>)| Job {
        id: JobId { experiment: entry.id.clone(), stage },
        title: entry.title.trimmed().to_owned(),
        ledger: ledger.source.name().to_owned(),
        line: ledger.source.place(entry.span.start).line,
        closed: is_closed(entry, stage),
        blocked: blocked(entry),
        commands: commands.into_iter().map(CommandSpec::from_ledger).collect(),
        seeds: entry.seeds.given().cloned().unwrap_or_default(),
        needs: entry.needs.iter().map(|need| (need.id.clone(), need.stage)).collect(),
        contract: contract(entry, stage, Some(stage) == last),
        gates: gates(entry, stage, Some(stage) == first),
        resources: resources(entry, stage),
        sequence: sequence(ledger, number, entry),
        depends: Vec::new(),
    };
    stages.into_iter().map(of_stage).collect()
}

/// A ticked queue box closes the entry; a Smoke or Full box closes its stage.
fn is_closed(entry: &Entry, stage: Stage) -> bool {
    let own = match stage {
        Stage::Smoke => entry.statuses.smoke,
        Stage::Full => entry.statuses.full,
        Stage::Validation | Stage::Quick => None,
    };
    entry.statuses.closed.or(own).unwrap_or(false)
}

fn blocked(entry: &Entry) -> Option<String> {
    if entry.statuses.implemented == Some(false) {
        let todo = entry
            .todos
            .iter()
            .find(|todo| todo.blocks)
            .map(|todo| todo.text.trimmed().lines().next().unwrap_or_default());
        return Some(format!(
            "the ledger says that it is not implemented yet{}",
            todo.map(|t| format!(" ({t})")).unwrap_or_default()
        ));
    }
    None
}

fn contract(entry: &Entry, stage: Stage, is_last: bool) -> ContractSpec {
    let of_this_stage =
        |artifact: &&ArtifactSpec| stage_named(artifact.effective_path()).is_none_or(|named| named == stage);
    ContractSpec {
        artifacts: entry
            .artifacts_required
            .given()
            .into_iter()
            .flatten()
            .filter(of_this_stage)
            .cloned()
            .collect(),
        metrics: entry.metrics_required.given().into_iter().flatten().cloned().collect(),
        thresholds: if is_last { Thresholds::Count } else { Thresholds::AreNoted },
    }
}

/// The stage that a word of a path names: `runs/E0001_smoke/a.json`.
fn stage_named(path: &str) -> Option<Stage> {
    path.split(|c: char| !c.is_ascii_alphanumeric()).find_map(|word| {
        Stage::ALL.into_iter().find(|stage| stage.name() == word && *stage != Stage::Validation)
    })
}

/// A gate that is only prose counts if it was written as a gate; prose elsewhere that merely may be one does not.
fn gates(entry: &Entry, stage: Stage, is_first: bool) -> Vec<GateSpec> {
    let guards = |of: Option<Stage>| of.map_or(is_first, |of| of == stage);
    let counts = |gate: &&isocost_ledger::model::Gate| {
        gate.field.eq_ignore_ascii_case("gate")
            || gate.requirement.terms.iter().any(|term| matches!(term, Term::Rule(_)))
    };
    let guarding = entry.gates.iter().filter(|gate| guards(gate.stage)).filter(counts);
    guarding
        .map(|gate| GateSpec { requirement: gate.requirement.clone(), field: gate.field.clone() })
        .collect()
}

fn resources(entry: &Entry, stage: Stage) -> JobResources {
    let timeouts = &entry.resources.timeouts;
    let of =
        |wanted: Option<Stage>| timeouts.iter().find(|(of, _)| *of == wanted).map(|(_, seconds)| *seconds);
    JobResources {
        slots: entry.resources.slots.unwrap_or(1).max(1),
        gpus: entry.resources.gpus.unwrap_or(0),
        timeout: of(Some(stage)).or_else(|| of(None)).map(Duration::from_secs),
        retries: entry.resources.retries,
    }
}

fn sequence(ledger: &Ledger, number: usize, entry: &Entry) -> Option<(usize, usize)> {
    let section = ledger.sections.get(entry.section)?;
    let is_sequential = section.flags.iter().any(|flag| flag.raw.to_ascii_lowercase().contains("sequential"));
    is_sequential.then_some((number, entry.section))
}
