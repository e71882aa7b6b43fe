//! Dialect Q, run queue: checklist entries and their fields (spec §3.1), and the fields that a canonical ledger adds.

use super::checklist::Head;
use super::command::{self, Around, Plain};
use super::lex::code::{bare, code_spans};
use super::lex::ids::first_experiment;
use super::lex::list::{flow_list, presence, split_outside};
use super::lex::seeds::seeds_at;
use super::{artifact, decision, engine, entry, title};
use crate::model::{
    Dependency, Entry, Field, FieldValue, Gate, Id, Item, Presence, Role, Stage, StageSource, Verb,
};
use crate::text::{Piece, Span};

/// A queue entry from its head and its fields.
pub(super) fn entry(
    whole: Piece<'_>,
    head: &Head<'_>,
    fields: Vec<Field>,
    section: usize,
    span: Span,
) -> Entry {
    let mut entry = entry::blank(head.id, Role::Queue, section, span);
    entry.statuses.closed = Some(head.ticked);
    entry.statuses.closed_span = Some(head.box_span);
    entry.qualifier = head.qualifier.iter().map(|fact| fact.to_text()).collect();
    entry.title = head.title.to_text();
    entry.title_facts = title::facts(head.title);
    if entry.title_facts.seeds.is_none() {
        entry.title_facts.seeds =
            head.qualifier.iter().find_map(|fact| super::lex::seeds::find_seeds(fact.as_str()));
    }
    entry.claims = entry::claim_links(head.title, "title");
    title_marks(&mut entry, head.title);
    read_seeds(whole, &mut entry, &fields);
    for field in &fields {
        read(whole, &mut entry, field);
    }
    entry.fields = fields;
    entry
}

fn title_marks(entry: &mut Entry, title: Piece<'_>) {
    if let Some(mark) = title::skip_mark(title) {
        entry.statuses.skipped = Some(mark.to_text());
        entry.decisions.push(decision::decision(Verb::Skipped, mark));
    }
    entry.statuses.conditional.clone_from(&entry.title_facts.only_if);
    if let Some(claim) = entry.title_facts.proven.clone() {
        let text = title.to_text();
        entry.decisions.push(crate::model::Decision {
            verb: Verb::Proven,
            target: None,
            claim: Some(claim),
            text,
        });
    }
}

/// Seeds come first: they are part of the context in which results are read.
fn read_seeds(whole: Piece<'_>, entry: &mut Entry, fields: &[Field]) {
    let Some(field) = fields.iter().find(|field| field.name.raw.eq_ignore_ascii_case("seeds")) else {
        return;
    };
    let value = inline(whole, field);
    entry.seeds = entry::map_presence(presence(value), |value| seeds_at(value.as_str()).unwrap_or_default());
}

/// The piece of a text of the model.
fn piece(whole: Piece<'_>, span: Span) -> Piece<'_> {
    whole.cut(span.start as usize, span.end as usize)
}

/// The value on the line of the name; empty if the value is nested.
fn inline<'a>(whole: Piece<'a>, field: &Field) -> Piece<'a> {
    match &field.value {
        FieldValue::Inline(text) => piece(whole, text.span),
        FieldValue::Nested(_) | FieldValue::Fence { .. } => whole.take(0),
    }
}

/// One element of a field's value.
#[derive(Clone, Copy)]
struct Element<'a> {
    text: Piece<'a>,
    label: Option<Piece<'a>>,
}

/// The elements of a value: of a flow list, the inline value, or the nested items. An item that ends in a colon
/// and has items of its own is their label.
fn elements<'a>(whole: Piece<'a>, field: &Field) -> Vec<Element<'a>> {
    match &field.value {
        FieldValue::Inline(text) => {
            let value = piece(whole, text.span);
            let parts = flow_list(value).unwrap_or_else(|| vec![value]);
            parts
                .into_iter()
                .filter(|part| !part.is_empty())
                .map(|text| Element { text, label: None })
                .collect()
        }
        FieldValue::Nested(items) => items.iter().flat_map(|item| item_elements(whole, item)).collect(),
        FieldValue::Fence { body, .. } => vec![Element { text: piece(whole, body.span), label: None }],
    }
}

fn item_elements<'a>(whole: Piece<'a>, item: &Item) -> Vec<Element<'a>> {
    let text = piece(whole, item.text.span);
    let label = text.strip_suffix(":").filter(|_| !item.items.is_empty());
    if let Some(label) = label {
        return item
            .items
            .iter()
            .map(|item| Element { text: piece(whole, item.text.span), label: Some(label) })
            .collect();
    }
    let nested = item.items.iter().map(|item| Element { text: piece(whole, item.text.span), label: None });
    std::iter::once(Element { text, label: None }).chain(nested).collect()
}

fn field_presence<'a>(whole: Piece<'a>, field: &Field) -> Presence<Vec<Element<'a>>> {
    match &field.value {
        FieldValue::Inline(text) => {
            entry::map_presence(presence(piece(whole, text.span)), |_| elements(whole, field))
        }
        FieldValue::Nested(_) | FieldValue::Fence { .. } => Presence::Given(elements(whole, field)),
    }
}

fn read(whole: Piece<'_>, entry: &mut Entry, field: &Field) {
    let note = field.note.as_ref().map(|note| piece(whole, note.span));
    let stage = note.and_then(|note| Stage::from_name(note.as_str().trim()));
    match field.name.raw.to_ascii_lowercase().as_str() {
        "command" | "commands" => commands(whole, entry, field, note, stage),
        "configs" | "config" => {
            entry.configs = entry::map_presence(field_presence(whole, field), |elements| {
                elements.into_iter().map(|element| bare(element.text).to_text()).collect()
            });
        }
        "required_artifacts" | "artifacts" => {
            let artifacts = entry::map_presence(field_presence(whole, field), artifacts);
            entry::extend_presence(&mut entry.artifacts_required, artifacts);
        }
        "required_metrics" | "metrics" => metrics(whole, entry, field, stage),
        "logs" => {
            entry.logs.extend(elements(whole, field).into_iter().flat_map(|e| artifact::in_list(e.text)));
        }
        "results" | "result" => results(whole, entry, field),
        "decision" => decided(whole, entry, field),
        "backfill" => entry.statuses.backfill = Some(inline(whole, field).to_text()),
        "needs" => entry.needs.extend(elements(whole, field).into_iter().flat_map(|e| needs(e.text))),
        "gate" | "gates" => gates(whole, entry, field, stage),
        "checks" | "check" => {
            entry.checks.extend(elements(whole, field).into_iter().map(|e| engine::requirement(e.text)));
        }
        "objective" | "goal" | "purpose" => entry.objective = Some(inline(whole, field).to_text()),
        "baseline" => entry.baseline = entry::inheritable(inline(whole, field)),
        "model" => entry.model = entry::inheritable(inline(whole, field)),
        "weights" => entry.weights = entry::inheritable(inline(whole, field)),
        "dataset" | "data" => entry.dataset = entry::inheritable(inline(whole, field)),
        "params" => entry.params = entry::params(inline(whole, field)),
        "claims" | "claim" => entry.claims.extend(entry::claim_links(inline(whole, field), "claims")),
        "notes" | "note" => {
            entry.notes.extend(elements(whole, field).into_iter().map(|element| element.text.to_text()));
        }
        "cost" | "timeout" | "resources" | "retries" => resources(entry, field, inline(whole, field), stage),
        _ => {}
    }
}

fn commands(
    whole: Piece<'_>,
    entry: &mut Entry,
    field: &Field,
    note: Option<Piece<'_>>,
    stage: Option<Stage>,
) {
    let title = entry.title_facts.stage.map(|stage| (stage, StageSource::Title));
    let around = Around {
        field: &field.name.raw,
        note,
        stage: stage.map(|stage| (stage, StageSource::Note)).or(title),
        ..Around::default()
    };
    if let FieldValue::Fence { body, .. } = &field.value {
        super::fence::commands(piece(whole, body.span), &around, &mut entry.commands);
        return;
    }
    for element in elements(whole, field) {
        let around = Around { label: element.label, ..around };
        command::in_value(element.text, &around, Plain::IsCommand, &mut entry.commands);
    }
}

fn artifacts(elements: Vec<Element<'_>>) -> Vec<crate::model::ArtifactSpec> {
    elements
        .into_iter()
        .flat_map(|element| {
            if code_spans(element.text).next().is_some() {
                artifact::in_list(element.text)
            } else {
                vec![artifact::spec(element.text, None, None)]
            }
        })
        .collect()
}

fn metrics(whole: Piece<'_>, entry: &mut Entry, field: &Field, stage: Option<Stage>) {
    let lines = field_presence(whole, field);
    for element in lines.given().into_iter().flatten() {
        if let Some(condition) = required_condition(element.text) {
            let requirement = engine::requirement(condition);
            let span = condition.span();
            entry.gates.push(Gate { stage, requirement, field: field.name.raw.clone(), span });
        }
    }
    let requirements = entry::map_presence(lines, |lines| {
        lines.into_iter().map(|element| engine::requirement(element.text)).collect()
    });
    entry::extend_presence(&mut entry.metrics_required, requirements);
}

/// `(report Δ; require Δ≥+0.02 and p<0.05)`: the condition after `require`.
fn required_condition(line: Piece<'_>) -> Option<Piece<'_>> {
    let (_, rest) = line.split_once("require ")?;
    let end = rest.as_str().find([')', ';']).unwrap_or(rest.len());
    Some(rest.take(end).trim())
}

fn results(whole: Piece<'_>, entry: &mut Entry, field: &Field) {
    let pieces: Vec<Piece<'_>> = match &field.value {
        FieldValue::Inline(text) => vec![piece(whole, text.span)],
        _ => elements(whole, field).into_iter().map(|element| element.text).collect(),
    };
    for value in pieces {
        if entry::is_no_result(value) {
            entry.statuses.skipped.get_or_insert_with(|| value.to_text());
        }
        entry::results(entry, value);
    }
}

fn decided(whole: Piece<'_>, entry: &mut Entry, field: &Field) {
    let value = inline(whole, field);
    entry.decisions.extend(decision::decisions(value));
}

fn gates(whole: Piece<'_>, entry: &mut Entry, field: &Field, stage: Option<Stage>) {
    for element in elements(whole, field) {
        let condition = bare(element.text);
        entry.gates.push(Gate {
            stage,
            requirement: engine::condition(condition),
            field: field.name.raw.clone(),
            span: condition.span(),
        });
    }
}

/// `E0000, E0002@full`.
fn needs(value: Piece<'_>) -> Vec<Dependency> {
    let parts = split_outside(value, b",").into_iter().map(bare);
    parts
        .filter_map(|part| {
            let id = first_experiment(part)?;
            let stage = part.split_once("@").and_then(|(_, stage)| {
                let name = stage.as_str().split(|c: char| !c.is_ascii_alphabetic()).next()?;
                Stage::from_name(name)
            });
            Some(Dependency { id: Id(id.0), stage, span: part.span() })
        })
        .collect()
}

fn resources(entry: &mut Entry, field: &Field, value: Piece<'_>, stage: Option<Stage>) {
    let value = bare(value);
    let text = value.as_str();
    let resources = &mut entry.resources;
    match field.name.raw.to_ascii_lowercase().as_str() {
        "cost" => resources.cost = Some(value.to_text()),
        "timeout" => resources.timeouts.extend(seconds(text).map(|seconds| (stage, seconds))),
        "retries" => resources.retries = text.parse().ok(),
        _ => {
            for part in text.split(',') {
                let Some((name, count)) = part.split_once('=') else { continue };
                let count = count.trim().parse().ok();
                match name.trim() {
                    "gpus" => resources.gpus = count,
                    "slots" => resources.slots = count,
                    _ => {}
                }
            }
        }
    }
}

/// `60s`, `30m`, `2h`, `1h30m`, `90`: seconds.
fn seconds(text: &str) -> Option<u64> {
    let mut total = 0u64;
    let mut rest = text.trim();
    while !rest.is_empty() {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let number: u64 = rest.get(..digits)?.parse().ok()?;
        let unit_text = rest.get(digits..)?;
        let letters = unit_text.bytes().take_while(u8::is_ascii_alphabetic).count();
        let unit = match unit_text.get(..letters)? {
            "" | "s" | "sec" => 1,
            "m" | "min" => 60,
            "h" => 3600,
            "d" => 86_400,
            _ => return None,
        };
        total = total.checked_add(number.checked_mul(unit)?)?;
        rest = unit_text.get(letters..)?.trim_start();
    }
    (!text.trim().is_empty()).then_some(total)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_seconds() {
        assert_eq!(
            ["60s", "30m", "1h30m", "90", "2 h"].map(seconds),
            [Some(60), Some(1800), Some(5400), Some(90), None]
        );
        assert_eq!(["", "x", "99999999999999999999s", "5 parsecs"].map(seconds), [None; 4]);
    }

    #[test]
    fn a_need_may_name_a_stage() {
        let found = needs(Piece::new("E0000, `E0002@full`"));
        assert_eq!(
            found.iter().map(|d| (d.id.0.as_str(), d.stage)).collect::<Vec<_>>(),
            [("E0000", None), ("E0002", Some(Stage::Full))]
        );
    }

    #[test]
    fn a_condition_in_a_note_is_found() {
        let line = Piece::new("`metrics.json`: `p` (report Δ; require Δ≥+0.02 and p<0.05)");
        assert_eq!(
            required_condition(line).map(|c| c.as_str().to_owned()),
            Some("Δ≥+0.02 and p<0.05".into())
        );
    }
}
