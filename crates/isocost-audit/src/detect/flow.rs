//! Data flow between entries: who writes what others read.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

use isocost_ledger::model::{ArtifactSpec, Dialect, Id, Ledger, Role};

use super::Evidence;
use super::paths::{Flow, Use, directory, related};
use super::wildcard::matches;
use crate::Finding;
use crate::context::Record;
use crate::draft::list;
use crate::kinds::{MISSING_PRODUCER, OUTPUT_MISMATCH, READS_LATER_ENTRY, SHARED_OUTPUT};
use crate::run_dir::run_dirs;

/// First parts of paths that hold what runs leave behind.
const OUTPUT_ROOTS: &[&str] = &["outputs", "runs", "results", "artifacts", "checkpoints"];

fn is_run_output(path: &str) -> bool {
    path.split_once('/').is_some_and(|(root, _)| OUTPUT_ROOTS.contains(&root))
}

/// Files that nobody writes, or under another name (IC011). One finding per path.
pub(super) fn missing_producer(evidence: &Evidence<'_>) -> Vec<Finding> {
    let context = evidence.context;
    let mut findings = Vec::new();
    for (index, ledger) in context.ledgers.iter().enumerate() {
        // Queue ledgers stamp their outputs, so that a literal name proves nothing.
        if !matches!(ledger.dialect, Dialect::Table | Dialect::Narrative) {
            continue;
        }
        let flow = Flow::of(context, index);
        let declared = Declared::of(ledger);
        for (path, readers) in flow.readers.iter().filter(|(path, _)| is_run_output(path)) {
            findings
                .extend(renamed(&flow, path, readers).or_else(|| unwritten(&flow, &declared, path, readers)));
        }
    }
    findings
}

/// The producer writes a file of the same type under another name into the same directory.
fn renamed(flow: &Flow<'_>, path: &str, readers: &[Use<'_>]) -> Option<Finding> {
    if flow.writers.contains_key(path) {
        return None;
    }
    let (folder, file) = path.rsplit_once('/')?;
    let (_, ending) = file.rsplit_once('.')?;
    let writers = flow.writers.get(folder)?;
    let sibling = |path: &&str| {
        path.rsplit_once('/').is_some_and(|(d, f)| d == folder && f.ends_with(&format!(".{ending}")))
    };
    let siblings: Vec<&str> = flow.writers.keys().copied().filter(sibling).collect();
    let written = flow.writers.get(*siblings.first()?)?.first()?;
    let producer = &writers.first()?.record.entry.id;
    let what = format!("`{path}` is read, and {producer} writes `{}` there instead", list(&siblings, 2));
    Some(with_readers(what, readers).at(
        written.record.ledger,
        written.span(),
        format!("written by {producer}"),
    ))
}

/// Nothing writes the path, anything above it or anything below it, and nothing declares it.
fn unwritten(flow: &Flow<'_>, declared: &Declared<'_>, path: &str, readers: &[Use<'_>]) -> Option<Finding> {
    let known = flow.writer_of(path).is_some() || flow.writes_below(path) || declared.covers(path);
    (!known).then(|| with_readers(format!("`{path}` is read, and no entry writes it"), readers))
}

/// Paths that entries of a ledger demand or record.
struct Declared<'a> {
    literal: BTreeSet<&'a str>,
    patterns: Vec<&'a str>,
}

impl<'a> Declared<'a> {
    fn of(ledger: &'a Ledger) -> Self {
        let mut declared = Self { literal: BTreeSet::new(), patterns: Vec::new() };
        for entry in &ledger.entries {
            let demanded = entry.artifacts_required.given().into_iter().flatten();
            for spec in demanded.chain(&entry.artifacts_recorded) {
                let path = spec.effective_path().trim_end_matches('/');
                if path.contains('*') {
                    declared.patterns.push(path);
                } else if path.contains('/') {
                    declared.literal.insert(path);
                }
            }
        }
        declared
    }

    /// Whether the path, something above it or something below it is declared.
    fn covers(&self, path: &str) -> bool {
        let inside = format!("{path}/");
        let after = self.literal.range::<str, _>((Bound::Included(inside.as_str()), Bound::Unbounded)).next();
        let below = after.is_some_and(|known| known.starts_with(&inside));
        let mut above = std::iter::successors(Some(path), |at| at.rsplit_once('/').map(|(parent, _)| parent));
        below || above.any(|at| self.literal.contains(at)) || self.patterns.iter().any(|p| matches(p, path))
    }
}

fn with_readers(what: String, readers: &[Use<'_>]) -> Finding {
    let draft = Finding::new(&MISSING_PRODUCER, readers.first().map(|r| &r.record.entry.id), what);
    readers.iter().fold(draft, |draft, reader| {
        draft.at(reader.record.ledger, reader.span(), format!("read by {}", reader.record.entry.id))
    })
}

/// Reading what is listed further down (IC012). One finding per pair of entries.
pub(super) fn reads_later_entry(evidence: &Evidence<'_>) -> Vec<Finding> {
    let context = evidence.context;
    let mut findings = literal_reads(evidence);
    let mut seen: BTreeSet<(Id, Id)> = BTreeSet::new();
    for record in context.records.iter().filter(|r| r.entry.role == Role::Queue) {
        for command in &record.entry.commands {
            for path in command.shell.inputs.iter().filter(|path| path.owner.is_some()) {
                let Some(owner) = path.owner.clone().map(Id) else { continue };
                let mut positions = context.of(record.ledger_index, &owner).peekable();
                let later_or_row = |r: &Record<'_>| match r.entry.role {
                    Role::Queue => r.entry.order > record.entry.order,
                    role => role == Role::Result,
                };
                let only_later = positions.peek().is_some() && positions.all(later_or_row);
                if only_later && seen.insert((record.entry.id.clone(), owner.clone())) {
                    let span = super::fields::in_command(command, &path.span);
                    findings.extend(later(record, &owner, span, evidence));
                }
            }
        }
    }
    findings
}

fn literal_reads(evidence: &Evidence<'_>) -> Vec<Finding> {
    let context = evidence.context;
    let mut findings = Vec::new();
    let mut seen: BTreeSet<(usize, Id, Id)> = BTreeSet::new();
    for index in 0..context.ledgers.len() {
        let flow = Flow::of(context, index);
        for (path, readers) in flow.readers.iter().filter(|(path, _)| is_run_output(path)) {
            let Some(writers) = flow.writer_of(path) else { continue };
            let Some(first) = writers.iter().map(|w| w.order).min() else { continue };
            let in_order = |r: &&Use<'_>| matches!(r.record.entry.role, Role::Row | Role::Section);
            for reader in readers.iter().filter(in_order).filter(|reader| reader.order < first) {
                let Some(writer) = writers.iter().find(|w| w.order == first) else { continue };
                let key = (index, reader.record.entry.id.clone(), writer.record.entry.id.clone());
                if seen.insert(key) {
                    findings.extend(later(&reader.record, &writer.record.entry.id, reader.span(), evidence));
                }
            }
        }
    }
    findings
}

fn later(
    reader: &Record<'_>,
    writer: &Id,
    span: isocost_ledger::text::Span,
    evidence: &Evidence<'_>,
) -> Option<Finding> {
    let id = &reader.entry.id;
    let producer = evidence.context.of(reader.ledger_index, writer).next()?;
    let what = format!("{id} reads the output of {writer}, which is listed after it");
    Some(
        Finding::new(&READS_LATER_ENTRY, Some(id), what).at(reader.ledger, span, format!("read by {id}")).at(
            producer.ledger,
            producer.entry.id_span,
            "listed here",
        ),
    )
}

/// The declared or recorded place is not the one that is written (IC013).
pub(super) fn output_mismatch(evidence: &Evidence<'_>) -> Vec<Finding> {
    let context = evidence.context;
    let mut findings = Vec::new();
    for record in &context.records {
        match record.entry.role {
            Role::Section | Role::Row => findings.extend(declared_elsewhere(record)),
            Role::Queue => findings.extend(recorded_elsewhere(evidence, record)),
            _ => {}
        }
    }
    findings
}

fn declared_elsewhere(record: &Record<'_>) -> Option<Finding> {
    let entry = record.entry;
    let written: Vec<(&isocost_ledger::model::Command, &isocost_ledger::shell::PathRef)> = entry
        .commands
        .iter()
        .flat_map(|command| command.shell.outputs.iter().map(move |path| (command, path)))
        .filter(|(_, path)| is_run_output(&path.normalised) && !path.template)
        .collect();
    let (command, path) = written.first()?;
    let full =
        |spec: &&ArtifactSpec| is_run_output(spec.effective_path()) && !spec.effective_path().contains("**");
    let declared: Vec<&ArtifactSpec> = entry.artifacts_required.given()?.iter().filter(full).collect();
    let first = declared.first()?;
    let stem = |spec: &ArtifactSpec| {
        directory(spec.effective_path())
            .split('*')
            .next()
            .unwrap_or_default()
            .trim_end_matches('/')
            .to_owned()
    };
    let fits = declared
        .iter()
        .any(|spec| written.iter().any(|(_, path)| related(&stem(spec), directory(&path.normalised))));
    if fits {
        return None;
    }
    let id = &entry.id;
    let what = format!(
        "{id} writes `{}` and expects its outputs in `{}`",
        path.normalised,
        directory(first.effective_path())
    );
    Some(
        Finding::new(&OUTPUT_MISMATCH, Some(id), what)
            .at(record.ledger, super::fields::in_command(command, &path.span), "written here")
            .at(record.ledger, first.path.span, "expected here"),
    )
}

fn recorded_elsewhere(evidence: &Evidence<'_>, record: &Record<'_>) -> Option<Finding> {
    let entry = record.entry;
    let templates: Vec<(&isocost_ledger::model::Command, &isocost_ledger::shell::PathRef)> = entry
        .commands
        .iter()
        .flat_map(|command| command.shell.outputs.iter().map(move |path| (command, path)))
        .filter(|(_, path)| is_run_output(&path.raw))
        .collect();
    let (command, template) = templates.iter().find(|(_, path)| path.raw.contains("$(date"))?;
    let row = evidence.context.of_role(record.ledger_index, &entry.id, Role::Result);
    let own_statements =
        entry.results.given().into_iter().flatten().flat_map(|s| &s.artifacts).map(|spec| (record, spec));
    let in_row =
        row.into_iter().flat_map(|row| row.entry.artifacts_recorded.iter().map(move |spec| (row, spec)));
    let of_this = |spec: &ArtifactSpec| spec.owner.as_ref() == Some(&entry.id);
    let recorded: Vec<(&Record<'_>, &ArtifactSpec, &str)> = own_statements
        .chain(in_row)
        .filter(|(_, spec)| of_this(spec))
        .filter_map(|(at, spec)| {
            let dir = run_dirs(&spec.path.raw).find(|dir| !dir.is_pattern())?;
            Some((at, spec, dir.name))
        })
        .collect();
    let (at, spec, name) = recorded.last()?;
    let fits = |name: &str| templates.iter().any(|(_, path)| template_fits(&path.raw, name));
    if recorded.iter().any(|(_, _, name)| fits(name)) {
        return None;
    }
    let id = &entry.id;
    let what = format!("{id} records `{name}`, which its command cannot have written");
    Some(Finding::new(&OUTPUT_MISMATCH, Some(id), what).at(at.ledger, spec.path.span, "recorded here").at(
        record.ledger,
        super::fields::in_command(command, &template.span),
        "the command writes here",
    ))
}

/// Whether a template such as `runs/E0801_val_$(date …)` or `runs/E0802_*` can have become a directory of that name.
fn template_fits(template: &str, name: &str) -> bool {
    let Some((literal, rest)) = template.split_once("$(date") else {
        let last = template.split('/').nth(1).unwrap_or(template);
        return !last.contains('*') && last == name;
    };
    let literal = literal.rsplit('/').next().unwrap_or(literal);
    let after = rest.split_once(')').map(|(_, after)| after.split('/').next().unwrap_or_default());
    let stamp_length = 15;
    name.strip_prefix(literal).is_some_and(|tail| {
        tail.len() == stamp_length + after.unwrap_or_default().len()
            && tail.ends_with(after.unwrap_or_default())
    })
}

/// A path and two of its writers.
type Shared<'a> = (&'a str, Use<'a>, Use<'a>);

/// One directory or log, two entries (IC015). One finding per pair of entries.
pub(super) fn shared_output(evidence: &Evidence<'_>) -> Vec<Finding> {
    let context = evidence.context;
    let mut pairs: BTreeMap<(usize, usize), Vec<Shared<'_>>> = BTreeMap::new();
    let flows: Vec<Flow<'_>> = (0..context.ledgers.len()).map(|index| Flow::of(context, index)).collect();
    for flow in &flows {
        for (path, writers) in &flow.writers {
            let Some(first) = writers.first() else { continue };
            let other = writers
                .iter()
                .find(|w| w.record.entry.id != first.record.entry.id && !same_preparation(first, w));
            if let Some(other) = other {
                pairs.entry((first.order, other.order)).or_default().push((path, *first, *other));
            }
        }
    }
    pairs.into_values().filter_map(|shared| shared_finding(&shared)).collect()
}

fn shared_finding(shared: &[Shared<'_>]) -> Option<Finding> {
    let (path, first, other) =
        shared.iter().find(|(_, use_, _)| !use_.is_log()).or_else(|| shared.first())?;
    let (a, b) = (&first.record.entry.id, &other.record.entry.id);
    let more = if shared.len() > 1 { format!(" and {} more", shared.len() - 1) } else { String::new() };
    let what = format!("{a} and {b} both write `{path}`{more}");
    let draft = Finding::new(&SHARED_OUTPUT, Some(b), what);
    Some(shared.iter().fold(draft, |draft, (_, first, other)| {
        draft.at(other.record.ledger, other.span(), format!("written by {b}")).at(
            first.record.ledger,
            first.span(),
            format!("written by {a}"),
        )
    }))
}

/// Whether both entries prepare with the very same step: a segment that others follow, with the same program and
/// arguments. A shared table that each rebuilds first comes out the same.
fn same_preparation(a: &Use<'_>, b: &Use<'_>) -> bool {
    let step = |u: &Use<'_>| {
        let segment = u.command.shell.segments.get(u.path.segment)?;
        let last = u.path.segment + 1 == u.command.shell.segments.len();
        let words = segment.args.iter().map(|word| word.text.clone()).collect::<Vec<_>>();
        (!last).then(|| (segment.program.clone(), words))
    };
    step(a).is_some_and(|(program, args)| program.is_some() && step(b) == Some((program, args)))
}
