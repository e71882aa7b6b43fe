//! Dialect Q, archive: a heading and a Field/Value table (spec §3.3).

use super::command::{self, Around, Plain};
use super::lex::code::{code_spans, whole_code};
use super::lex::ids::leading_id;
use super::lex::list::{presence, split_outside};
use super::line::{Line, LineKind};
use super::table::{Table, cells, table_at};
use super::{artifact, decision, engine, entry, items, title};
use crate::model::{Command, Entry, Field, FieldValue, Gate, Role, RunKind, Stage, StageSource, Stamp};
use crate::text::Piece;

/// Id and title of a heading `### E0001: title`.
pub(super) fn heading(text: Piece<'_>) -> Option<(Piece<'_>, Piece<'_>)> {
    let (id, rest) = leading_id(text)?;
    Some((id, rest.strip_prefix(":")?.trim()))
}

/// The Field/Value table under the heading at line `at`.
pub(super) fn table<'a>(lines: &[Line<'a>], at: usize) -> Option<(usize, Table<'a>)> {
    let next =
        (at + 1..lines.len()).find(|&i| lines.get(i).is_some_and(|line| line.kind != LineKind::Blank))?;
    let table = table_at(lines, next)?;
    let [field, value] = table.header.as_slice() else { return None };
    let known = field.as_str().eq_ignore_ascii_case("field") && value.as_str().eq_ignore_ascii_case("value");
    known.then_some((next, table))
}

/// The archive entry whose heading is line `at`; the entry ends before line `end`.
pub(super) fn entry(
    lines: &[Line<'_>],
    at: usize,
    end: usize,
    table: &Table<'_>,
    section: usize,
) -> Option<Entry> {
    let heading_line = lines.get(at)?;
    let (id, name) = heading(heading_text(heading_line))?;
    let mut entry = entry::blank(id, Role::Archive, section, items::block(lines, at, end).span());
    entry.title = name.to_text();
    entry.title_facts = title::facts(name);
    let rows = lines.get(table.first..table.end).unwrap_or_default();
    let mut results = Vec::new();
    for line in rows {
        let row = cells(line.body);
        let Some((name, value)) = name_and_value(&row) else { continue };
        if name.as_str().eq_ignore_ascii_case("results") {
            results.push(value);
        } else {
            read(&mut entry, name, value);
        }
        entry.fields.push(Field {
            name: name.to_text(),
            note: None,
            value: FieldValue::Inline(value.to_text()),
            span: line.full.span(),
        });
    }
    for value in results {
        read_results(&mut entry, value);
    }
    trailing(lines, table.end, end, &mut entry);
    Some(entry)
}

/// The text of a heading line without hashes.
pub(super) fn heading_text<'a>(line: &Line<'a>) -> Piece<'a> {
    let hashes = line.body.as_str().bytes().take_while(|&byte| byte == b'#').count();
    let text = line.body.skip(hashes).trim();
    let bare = text.trim_end_of(&['#']);
    if bare.as_str().ends_with([' ', '\t']) || bare.is_empty() { bare.trim_end() } else { text }
}

/// A row of more than two cells keeps the rest in its value.
fn name_and_value<'a>(row: &[Piece<'a>]) -> Option<(Piece<'a>, Piece<'a>)> {
    let name = *row.first()?;
    let value = match (row.get(1), row.last()) {
        (Some(first), Some(last)) => first.joined(*last),
        _ => name.skip(name.len()),
    };
    (!name.is_empty()).then_some((name, value))
}

fn read(entry: &mut Entry, name: Piece<'_>, value: Piece<'_>) {
    match name.as_str() {
        "Objective" => {
            entry.claims.extend(entry::claim_links(value, "Objective"));
            entry.objective = Some(value.to_text());
        }
        "Baseline" => entry.baseline = entry::inheritable(value),
        "Model" => entry.model = entry::inheritable(value),
        "Weights" => entry.weights = entry::inheritable(value),
        "Dataset" | "Data" => entry.dataset = entry::inheritable(value),
        "Code path" => entry.code_paths.extend(code_spans(value).map(|span| span.inner.to_text())),
        "Params" => entry.params = entry::params(value),
        "Metrics (must save)" => {
            let lines = entry::map_presence(presence(value), |value| {
                sentences(value).into_iter().map(engine::requirement).collect()
            });
            entry::extend_presence(&mut entry.metrics_required, lines);
        }
        "Checks" => checks(entry, value),
        "VRAM" => entry.resources.vram = entry::inheritable(value),
        "Time/epoch" => entry.resources.time_per_epoch = entry::inheritable(value),
        "Total time" => entry.resources.total_time = entry::inheritable(value),
        "Smoke" => entry.statuses.smoke = tick(value),
        "Full" => entry.statuses.full = tick(value),
        "Logs" => entry.logs.extend(artifact::in_list(value)),
        "Artifacts" | "Outputs" => artifacts(entry, value),
        "Inputs" => entry.inputs.extend(artifact::in_list(value)),
        "Notes" | "Scope" => entry.notes.push(value.to_text()),
        "Single-GPU script" | "Multi-GPU script" => script(entry, name, value),
        other if other.contains("cmd") => commands(entry, name, value),
        _ => {}
    }
}

/// `[x]` or `[ ]`.
pub(super) fn tick(value: Piece<'_>) -> Option<bool> {
    match value.as_str() {
        "[x]" | "[X]" => Some(true),
        "[ ]" | "[]" => Some(false),
        _ => None,
    }
}

/// The parts of a list of requirements: split at `;` outside code and parentheses.
pub(super) fn sentences(value: Piece<'_>) -> Vec<Piece<'_>> {
    split_outside(value, b";").into_iter().map(Piece::trim).filter(|part| !part.is_empty()).collect()
}

fn checks(entry: &mut Entry, value: Piece<'_>) {
    entry.claims.extend(entry::claim_links(value, "Checks"));
    for part in sentences(value) {
        let requirement = engine::requirement(part);
        let text = part.as_str();
        let promotes =
            ["Promote", "promote to", "stop before", "only if"].iter().any(|words| text.contains(words));
        if promotes {
            let gate = Gate {
                stage: None,
                requirement: requirement.clone(),
                field: "Checks".to_owned(),
                span: part.span(),
            };
            entry.gates.push(gate);
        }
        entry.checks.push(requirement);
    }
}

fn artifacts(entry: &mut Entry, value: Piece<'_>) {
    let (recorded, required): (Vec<_>, Vec<_>) =
        artifact::in_list(value).into_iter().partition(|spec| Stamp::in_path(&spec.path.raw).is_some());
    entry.artifacts_recorded.extend(recorded);
    let presence = entry::map_presence(presence(value), |_| required);
    let nothing_required = presence.given().is_some_and(Vec::is_empty);
    if !nothing_required {
        entry::extend_presence(&mut entry.artifacts_required, presence);
    }
}

/// A script's path, or a whole command.
fn script(entry: &mut Entry, name: Piece<'_>, value: Piece<'_>) {
    match whole_code(value) {
        Some(code) if !code.as_str().contains(' ') => entry.code_paths.push(code.to_text()),
        _ => commands(entry, name, value),
    }
}

fn commands(entry: &mut Entry, name: Piece<'_>, value: Piece<'_>) {
    let note = name.split_once(" (").and_then(|(_, note)| note.strip_suffix(")"));
    let stage = match name.as_str() {
        text if text.starts_with("Smoke") => Some((Stage::Smoke, StageSource::FieldName)),
        text if text.contains("Full") => Some((Stage::Full, StageSource::FieldName)),
        _ => None,
    };
    let around = Around { field: name.as_str(), note, stage, ..Around::default() };
    command::in_value(value, &around, Plain::IsProse, &mut entry.commands);
}

fn read_results(entry: &mut Entry, value: Piece<'_>) {
    if entry::is_no_result(value) {
        entry.statuses.skipped = Some(value.to_text());
    }
    entry::results(entry, value);
    fill_contexts(entry);
}

/// What the results do not say about their runs, the commands and the objective say. Results without a kind are those
/// of the full run.
fn fill_contexts(entry: &mut Entry) {
    let smoke = command_seeds(&entry.commands, Stage::Smoke);
    let full = command_seeds(&entry.commands, Stage::Full).or_else(|| {
        let objective = entry.objective.as_ref()?;
        super::lex::seeds::find_seeds(&objective.raw)
    });
    let quick = match entry.title_facts.stage {
        Some(Stage::Quick) => full.clone(),
        _ => None,
    };
    let crate::model::Presence::Given(statements) = &mut entry.results else { return };
    for context in statements.iter_mut().map(|statement| &mut statement.context) {
        let kind = *context.run_kind.get_or_insert(RunKind::Full);
        if context.seeds.is_none() {
            context.seeds = match kind {
                RunKind::Smoke => smoke.clone(),
                RunKind::Full | RunKind::Sweep | RunKind::Rerun => full.clone(),
                RunKind::Quick => quick.clone(),
                RunKind::Historical | RunKind::Diagnostic => None,
            };
        }
    }
}

/// The seeds of the last command of a stage, and in a chain those of its last part.
fn command_seeds(commands: &[Command], stage: Stage) -> Option<Vec<i64>> {
    commands
        .iter()
        .rev()
        .filter(|command| command.stage == stage)
        .find_map(|command| command.text.raw.rsplit("&&").find_map(super::lex::seeds::find_seeds))
}

/// What follows the table: notes, follow-ups, rerun logs. They hold results too.
fn trailing(lines: &[Line<'_>], from: usize, end: usize, entry: &mut Entry) {
    for line in lines.get(from..end).unwrap_or_default() {
        if matches!(line.kind, LineKind::Blank | LineKind::Break) {
            continue;
        }
        entry.trailing.push(line.body.to_text());
        entry.decisions.extend(decision::decisions(line.body));
        let text = line.item().unwrap_or(line.body);
        if artifact::in_prose(text).is_empty() {
            continue;
        }
        entry::results(entry, text);
    }
}
