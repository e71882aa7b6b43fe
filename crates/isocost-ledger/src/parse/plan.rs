//! Claims and plan items (spec §6; a canonical ledger's `## Claims`).

use super::checklist::Head;
use super::lex::code::bare;
use super::{artifact, entry};
use crate::model::{Claim, Field, FieldValue, Id, Item, PlanItem, PlanItemKind};
use crate::text::{Piece, Span, Text};

/// A claim from its head and fields.
pub(super) fn claim(whole: Piece<'_>, head: &Head<'_>, fields: Vec<Field>, span: Span) -> Claim {
    let mut claim = Claim {
        id: Id(head.id.as_str().to_owned()),
        statement: head.title.to_text(),
        ticked: head.ticked,
        box_span: head.box_span,
        rule: None,
        experiments: Vec::new(),
        artifacts: Vec::new(),
        fields: Vec::new(),
        history: Vec::new(),
        span,
    };
    for field in &fields {
        read_claim(whole, &mut claim, field);
    }
    claim.fields = fields;
    claim
}

fn read_claim(whole: Piece<'_>, claim: &mut Claim, field: &Field) {
    let value = value(whole, field);
    match field.name.raw.to_ascii_lowercase().as_str() {
        "rule" | "proof rule" => claim.rule = Some(bare(value).to_text()),
        "experiments" | "experiment" => claim.experiments.extend(ids(value)),
        "evidence" => {
            claim.experiments.extend(ids(value));
            claim.artifacts.extend(artifact::in_prose(value));
        }
        "artifacts" | "artifact" | "table" => claim.artifacts.extend(artifact::in_list(value)),
        _ => {}
    }
    let mut seen = std::collections::BTreeSet::new();
    claim.experiments.retain(|id| seen.insert(id.clone()));
}

fn ids(value: Piece<'_>) -> Vec<Id> {
    entry::id_list(value).into_iter().map(|(id, _)| Id(id.as_str().to_owned())).collect()
}

/// A plan, verification or backlog item.
pub(super) fn item(
    whole: Piece<'_>,
    head: &Head<'_>,
    letter: u8,
    fields: Vec<Field>,
    span: Span,
) -> PlanItem {
    let linked = fields.iter().filter(|field| field.name.raw.to_ascii_lowercase().contains("claim"));
    let claims =
        linked.flat_map(|field| entry::claim_links(value(whole, field), "")).map(|link| link.id).collect();
    PlanItem {
        id: Id(head.id.as_str().to_owned()),
        kind: match letter {
            b'P' => PlanItemKind::Plan,
            b'V' => PlanItemKind::Verification,
            _ => PlanItemKind::Backlog,
        },
        statement: head.title.to_text(),
        ticked: head.ticked,
        box_span: head.box_span,
        claims,
        fields,
        span,
    }
}

/// All of a field's value, nested items included.
fn value<'a>(whole: Piece<'a>, field: &Field) -> Piece<'a> {
    let piece = |text: &Text| whole.cut(text.span.start as usize, text.span.end as usize);
    match &field.value {
        FieldValue::Inline(text) => piece(text),
        FieldValue::Fence { body, .. } => piece(body),
        FieldValue::Nested(items) => match (items.first(), items.last()) {
            (Some(Item { text: first, .. }), Some(last)) => {
                piece(first).joined(whole.cut(last.span.start as usize, last.span.end as usize)).trim_end()
            }
            _ => whole.take(0),
        },
    }
}
