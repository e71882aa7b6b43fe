//! What a job's attempt would be made of: inputs, needs, key. Reads files; writes nothing.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Serialize;

use super::resolve::{Replacement, as_words, fitting_outputs};
use crate::contract::{expand_on_disk, is_glob};
use crate::gate::Recorded;
use crate::ident::{AttemptRef, Digest};
use crate::plan::{CommandSpec, Depends, EdgeKind, InputKind, InputRef, Job};
use crate::store::{Attempt, InputRecord};

/// What an attempt is made of.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Prepared {
    pub(super) inputs: Vec<InputRecord>,
    pub(super) needs: Vec<AttemptRef>,
    /// For each command, what is put in the place of patterns.
    pub(super) replacements: Vec<Vec<Replacement>>,
    /// Environment variables that count, with their values.
    pub(super) key_environment: BTreeMap<String, String>,
    pub(super) key: Digest,
}

#[derive(Serialize)]
struct Key<'a> {
    stage: &'a str,
    commands: Vec<&'a str>,
    seeds: &'a [i64],
    inputs: Vec<(&'a str, &'a Digest)>,
    needs: Vec<String>,
    environment: &'a BTreeMap<String, String>,
}

/// Resolves what the job reads.
///
/// # Errors
/// What is not recorded or cannot be read, in words.
pub(super) fn prepare(
    job: &Job,
    recorded: Recorded<'_>,
    key_environment: &BTreeMap<String, String>,
) -> Result<Prepared, String> {
    let mut inputs = Vec::new();
    let mut replacements = Vec::with_capacity(job.commands.len());
    for command in &job.commands {
        let mut of_command = Vec::new();
        for input in command.inputs.iter().filter(|input| !is_own(job, command, input)) {
            resolve(job, input, recorded, &mut inputs, &mut of_command)?;
        }
        replacements.push(of_command);
    }
    inputs.sort_by(|a, b| (&a.written, &a.path).cmp(&(&b.written, &b.path)));
    inputs.dedup();
    let needs = needs(job, recorded)?;
    let key = Key {
        stage: job.id.stage.name(),
        commands: job.commands.iter().map(|command| command.text.as_str()).collect(),
        seeds: &job.seeds,
        inputs: inputs.iter().map(|input| (input.written.as_str(), &input.blake3)).collect(),
        needs: needs.iter().map(ToString::to_string).collect(),
        environment: key_environment,
    };
    let key = Digest::of(&serde_json::to_vec(&key).map_err(|error| error.to_string())?);
    Ok(Prepared { inputs, needs, replacements, key_environment: key_environment.clone(), key })
}

/// Whether a path names what the attempt itself writes: that is resolved when its turn comes.
pub(super) fn is_own(job: &Job, command: &CommandSpec, input: &InputRef) -> bool {
    let written =
        job.commands.iter().flat_map(|command| &command.outputs).map(|output| output.pattern.as_str());
    input.owner.as_ref() == Some(&job.id.experiment)
        || written.into_iter().any(|output| output == input.path)
        || command.text.is_empty()
}

fn resolve(
    job: &Job,
    input: &InputRef,
    recorded: Recorded<'_>,
    inputs: &mut Vec<InputRecord>,
    replacements: &mut Vec<Replacement>,
) -> Result<(), String> {
    let dependency = job.depends.iter().find(|on| on.kind == EdgeKind::Input && on.why == input.path);
    let is_pattern = input.kind != InputKind::Literal;
    match dependency {
        Some(on) if is_pattern => from_record(input, on, recorded, inputs, replacements),
        _ if input.kind == InputKind::Newest => Err(format!(
            "`{}` takes the newest file of an experiment that this ledger does not run; name the file",
            input.path
        )),
        _ => {
            let paths = if is_glob(&input.path) {
                expand_on_disk(recorded.root, &input.path).map_err(|error| error.to_string())?
            } else {
                vec![input.path.clone()]
            };
            let from = dependency.and_then(|on| recorded.snapshot.latest_success(&on.job));
            paths.iter().try_for_each(|path| from_disk(input, path, from, recorded, inputs))
        }
    }
}

/// What is on disk is hashed; what is not there (yet) is no input.
fn from_disk(
    input: &InputRef,
    path: &str,
    from: Option<&Attempt>,
    recorded: Recorded<'_>,
    inputs: &mut Vec<InputRecord>,
) -> Result<(), String> {
    let absolute = recorded.root.join(path);
    if !isocost_fs::exists(&absolute)
        || holds_store(&absolute, recorded.layout.dir())
        || !is_content(&absolute)
    {
        return Ok(());
    }
    let blake3 = recorded.hashes.digest(&absolute).map_err(|error| error.to_string())?;
    let from = from.map(|attempt| attempt.record.reference().to_string());
    inputs.push(InputRecord { written: input.path.clone(), path: path.to_owned(), from, blake3 });
    Ok(())
}

/// A directory that holds the store (the project's root, say) changes with every run.
fn holds_store(path: &Path, store: &Path) -> bool {
    match (isocost_fs::real_path(path), isocost_fs::real_path(store)) {
        (Ok(path), Ok(store)) => store.starts_with(path),
        _ => false,
    }
}

/// Devices and pipes have no content to hash.
fn is_content(path: &Path) -> bool {
    path.is_file() || path.is_dir()
}

fn from_record(
    input: &InputRef,
    on: &Depends,
    recorded: Recorded<'_>,
    inputs: &mut Vec<InputRecord>,
    replacements: &mut Vec<Replacement>,
) -> Result<(), String> {
    let attempt = recorded.snapshot.latest_success(&on.job).ok_or_else(|| {
        format!(
            "it reads `{}`, but no attempt of {} that succeeded is recorded (a file that only happens to be on disk is not taken)",
            input.path, on.job
        )
    })?;
    let reference = attempt.record.reference();
    let paths = fitting_outputs(&input.path, attempt);
    let words = as_words(&input.path, &paths, input.place, &reference.to_string())?;
    for path in &paths {
        let blake3 = recorded.hashes.digest(&recorded.root.join(path)).map_err(|error| error.to_string())?;
        let was = attempt.record.outputs.iter().find(|output| output.path == *path);
        if let Some(was) = was.filter(|was| was.blake3 != blake3) {
            return Err(format!(
                "`{path}` is not what {reference} left (hash {} then, {} now); run {} again",
                was.blake3.short(),
                blake3.short(),
                on.job
            ));
        }
        let from = Some(reference.to_string());
        inputs.push(InputRecord { written: input.path.clone(), path: path.clone(), from, blake3 });
    }
    replacements.push((input.span.clone(), words));
    Ok(())
}

fn needs(job: &Job, recorded: Recorded<'_>) -> Result<Vec<AttemptRef>, String> {
    let needs = job.depends.iter().filter(|on| on.kind == EdgeKind::Need);
    let mut found: Vec<AttemptRef> = needs
        .map(|on| {
            let attempt = recorded.snapshot.latest_success(&on.job);
            let missing = || format!("it needs {}, of which no attempt that succeeded is recorded", on.job);
            attempt.map(|attempt| attempt.record.reference()).ok_or_else(missing)
        })
        .collect::<Result<_, _>>()?;
    found.sort();
    found.dedup();
    Ok(found)
}
