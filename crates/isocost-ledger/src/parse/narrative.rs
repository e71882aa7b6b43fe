//! Dialect N: numbered sections with bold labels and shell fences (spec §4).

use super::archive::heading_text;
use super::command::Around;
use super::label::{Part, PartKind, labelled};
use super::lex::code::{bare, code_spans};
use super::line::{Line, LineKind};
use super::{artifact, engine, entry, fence, items, title};
use crate::model::{
    ArtifactSpec, Command, Entry, Field, FieldValue, OrderedPlan, Param, PlanStep, Presence, Role, Rule, Todo,
};
use crate::text::Piece;

/// Section id and title of a heading `A1. Title`.
pub(super) fn heading(text: Piece<'_>) -> Option<(Piece<'_>, Piece<'_>)> {
    let bytes = text.as_str().as_bytes();
    let known = matches!(bytes, [b'A'..=b'Z', b'0'..=b'9', b'.', b' ', ..]);
    known.then(|| (text.take(2), text.skip(4).trim()))
}

/// The entry whose heading is line `at`; it ends before line `end`.
pub(super) fn entry(lines: &[Line<'_>], at: usize, end: usize, section: usize) -> Option<Entry> {
    let (id, name) = heading(heading_text(lines.get(at)?))?;
    let mut entry = entry::blank(id, Role::Section, section, items::block(lines, at, end).span());
    entry.title = name.to_text();
    entry.title_facts = title::facts(name);
    for part in labelled(lines, at + 1, end) {
        read(&mut entry, &part);
        if part.label.is_none() && part.kind != PartKind::Fence {
            entry.trailing.push(part.all.trim_end().to_text());
        }
        if part.label.is_some() || part.kind == PartKind::Fence {
            entry.fields.push(field(lines, &part));
        }
    }
    Some(entry)
}

fn field(lines: &[Line<'_>], part: &Part<'_>) -> Field {
    let name = part.label.map_or_else(|| part.all.take(0).to_text(), Piece::to_text);
    let value = match part.kind {
        PartKind::Text => FieldValue::Inline(part.value.to_text()),
        PartKind::Bullets => FieldValue::Nested(items::items(lines, part.from, part.end)),
        PartKind::Fence => items::fence(lines, part.from, part.end)
            .unwrap_or_else(|| FieldValue::Inline(part.value.to_text())),
    };
    Field { name, note: part.note.map(Piece::to_text), value, span: part.all.span() }
}

fn read(entry: &mut Entry, part: &Part<'_>) {
    if part.kind == PartKind::Fence {
        commands(part, &mut entry.commands);
        return;
    }
    let bullets = || part.bullets.iter().copied();
    let label = part.label.map(Piece::as_str).unwrap_or_default();
    match label {
        "Purpose" | "Goal" => entry.objective = Some(part.value.to_text()),
        "Config" => bullets().for_each(|bullet| config(entry, bullet)),
        "Expected outputs" => {
            let found: Vec<ArtifactSpec> = bullets().filter(|b| !is_todo(*b)).flat_map(outputs).collect();
            entry::extend_presence(&mut entry.artifacts_required, Presence::Given(found));
        }
        "Sanity checks" | "Data leakage check" => entry.checks.extend(bullets().map(engine::requirement)),
        "Status" => {
            entry.statuses.implemented = Some(false);
            entry.todos.extend(bullets().map(|bullet| Todo { text: bullet.to_text(), blocks: true }));
        }
        "TODO" => entry.todos.extend(bullets().map(|bullet| Todo { text: bullet.to_text(), blocks: false })),
        _ if label.is_empty() => {}
        _ => entry.notes.push(part.value.to_text()),
    }
    if label != "Status" && label != "TODO" {
        let open = bullets().filter(|bullet| is_todo(*bullet));
        entry.todos.extend(open.map(|bullet| Todo { text: bullet.to_text(), blocks: false }));
    }
}

fn is_todo(bullet: Piece<'_>) -> bool {
    bullet.as_str().contains("TODO")
}

fn commands(part: &Part<'_>, commands: &mut Vec<Command>) {
    let around = Around { field: part.label.map_or("", Piece::as_str), note: part.note, ..Around::default() };
    fence::commands(part.value, &around, commands);
}

/// A bullet of `Config`: `key: value` in code, and configuration files that it names.
fn config(entry: &mut Entry, bullet: Piece<'_>) {
    for span in code_spans(bullet) {
        let code = span.inner;
        if artifact::looks_like_path(code.as_str()) {
            let mut files = match std::mem::take(&mut entry.configs) {
                Presence::Given(files) => files,
                _ => Vec::new(),
            };
            files.push(code.to_text());
            entry.configs = Presence::Given(files);
        } else if let Some((name, value)) = code.split_once(": ") {
            let param = Param {
                name: name.as_str().trim().to_owned(),
                value: Some(value.as_str().trim().to_owned()),
                span: code.span(),
            };
            entry.params.push(param);
        } else {
            entry.params.push(Param { name: code.as_str().to_owned(), value: None, span: code.span() });
        }
    }
}

/// The files of a bullet of `Expected outputs`; `name.csv/json` is two files.
fn outputs(bullet: Piece<'_>) -> Vec<ArtifactSpec> {
    let found = artifact::in_prose(bullet);
    found
        .into_iter()
        .flat_map(|spec| match both_endings(&spec.path.raw) {
            Some(paths) => {
                paths.into_iter().map(|path| ArtifactSpec { resolved: Some(path), ..spec.clone() }).collect()
            }
            None => vec![spec],
        })
        .collect()
}

fn both_endings(path: &str) -> Option<[String; 2]> {
    let (stem, endings) = path.rsplit_once('.')?;
    let (first, second) = endings.split_once('/')?;
    let names = [first, second]
        .iter()
        .all(|name| !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric()));
    names.then(|| [format!("{stem}.{first}"), format!("{stem}.{second}")])
}

/// Document-level rules: the labelled blocks of chapter 0.
pub(super) fn rules(lines: &[Line<'_>], from: usize, end: usize) -> Vec<Rule> {
    let mut rules: Vec<(Piece<'_>, Piece<'_>, Vec<Command>)> = Vec::new();
    for part in labelled(lines, from, end) {
        let Some(label) = part.label else { continue };
        let known = rules.last().is_some_and(|(last, ..)| last.is(label));
        if !known {
            rules.push((label, part.all, Vec::new()));
        }
        let Some((_, all, found)) = rules.last_mut() else { continue };
        *all = all.joined(part.all);
        if part.kind == PartKind::Fence {
            commands(&part, found);
        }
    }
    rules
        .into_iter()
        .map(|(label, all, commands)| Rule {
            label: label.to_text(),
            text: all.trim_end().to_text(),
            commands,
        })
        .collect()
}

/// An ordered plan: steps `1)`, `2)`, …
pub(super) fn plan(title: Piece<'_>, lines: &[Line<'_>], from: usize, end: usize) -> OrderedPlan {
    let starts: Vec<usize> = (from..end).filter(|&at| lines.get(at).is_some_and(is_step)).collect();
    let steps = starts.iter().enumerate().map(|(index, &start)| {
        let stop = starts.get(index + 1).copied().unwrap_or(end);
        step(lines, start, stop)
    });
    OrderedPlan { title: title.to_text(), steps: steps.collect() }
}

fn is_step(line: &Line<'_>) -> bool {
    let text = line.body.as_str();
    let digits = text.bytes().take(4).take_while(u8::is_ascii_digit).count();
    line.kind == LineKind::Plain && digits > 0 && matches!(text.as_bytes().get(digits), Some(b')' | b'.'))
}

fn step(lines: &[Line<'_>], start: usize, stop: usize) -> PlanStep {
    let text = items::block(lines, start, stop).trim();
    let mut commands = Vec::new();
    let mut entries = Vec::new();
    for part in labelled(lines, start, stop) {
        match part.kind {
            PartKind::Fence => self::commands(&part, &mut commands),
            _ => entries.extend(super::lex::ids::section_ids(bare(part.all))),
        }
    }
    PlanStep { text: text.to_text(), entries, commands }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_numbered_heading_is_an_experiment() {
        let (id, title) = heading(Piece::new("B8. 8-GPU Eval Command Pack")).unwrap();
        assert_eq!((id.as_str(), title.as_str()), ("B8", "8-GPU Eval Command Pack"));
        assert!(heading(Piece::new("A. Main Results")).is_none());
        assert!(heading(Piece::new("0. Global Rules")).is_none());
    }

    #[test]
    fn two_endings_are_two_files() {
        assert_eq!(
            both_endings("o/eval_matrix.csv/json"),
            Some(["o/eval_matrix.csv".into(), "o/eval_matrix.json".into()])
        );
        assert_eq!(both_endings("o/a.csv"), None);
    }
}
