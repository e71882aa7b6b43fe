//! What all dialects do with an entry's fields.

use super::lex::code::bare;
use super::lex::ids::{first_experiment, leading_id};
use super::lex::list::{presence, split_outside};
use crate::model::{
    ClaimLink, Context, Entry, Id, Inheritable, Param, Presence, Role, RunKind, Stage, Statement,
};
use crate::text::{Piece, Span};

/// An entry of which nothing but id and place is known.
pub(super) fn blank(id: Piece<'_>, role: Role, section: usize, span: Span) -> Entry {
    Entry {
        id: Id(id.as_str().to_owned()),
        id_span: id.span(),
        role,
        section,
        order: 0,
        qualifier: Vec::new(),
        title: id.take(0).to_text(),
        title_facts: crate::model::TitleFacts::default(),
        fields: Vec::new(),
        objective: None,
        baseline: None,
        model: None,
        weights: None,
        dataset: None,
        claims: Vec::new(),
        code_paths: Vec::new(),
        params: Vec::new(),
        commands: Vec::new(),
        configs: Presence::Absent,
        seeds: Presence::Absent,
        artifacts_required: Presence::Absent,
        inputs: Vec::new(),
        artifacts_recorded: Vec::new(),
        metrics_required: Presence::Absent,
        checks: Vec::new(),
        gates: Vec::new(),
        needs: Vec::new(),
        resources: crate::model::Resources::default(),
        statuses: crate::model::Statuses::default(),
        results: Presence::Absent,
        decisions: Vec::new(),
        logs: Vec::new(),
        todos: Vec::new(),
        notes: Vec::new(),
        trailing: Vec::new(),
        mentions: Vec::new(),
        span,
    }
}

/// Maps what is given, keeps how the rest is absent.
pub(super) fn map_presence<A, B>(presence: Presence<A>, map: impl FnOnce(A) -> B) -> Presence<B> {
    match presence {
        Presence::Absent => Presence::Absent,
        Presence::EmptyList => Presence::EmptyList,
        Presence::Blank => Presence::Blank,
        Presence::NotApplicable => Presence::NotApplicable,
        Presence::ToBeAnnounced => Presence::ToBeAnnounced,
        Presence::Given(value) => Presence::Given(map(value)),
    }
}

/// Adds values to those already given; any value replaces an absence.
pub(super) fn extend_presence<T>(presence: &mut Presence<Vec<T>>, more: Presence<Vec<T>>) {
    match (&mut *presence, more) {
        (Presence::Given(known), Presence::Given(more)) => known.extend(more),
        (Presence::Given(_), _) => {}
        (_, more) => *presence = more,
    }
}

/// A text with the entry that it inherits from: `Same as E0346`, `Similar to E0012 (head only)`.
pub(super) fn inheritable(value: Piece<'_>) -> Option<Inheritable> {
    let value = value.trim();
    if value.is_empty() {
        return None;
    }
    let refers = ["Same as ", "same as ", "Similar to ", "similar to ", "As in ", "See "]
        .iter()
        .find_map(|words| value.strip_prefix(words));
    Some(Inheritable { text: value.to_text(), inherits: refers.and_then(first_experiment) })
}

/// Parameters of a list joined by `,` or `+`: names, or `name=value`.
pub(super) fn params(value: Piece<'_>) -> Vec<Param> {
    split_outside(value, b",+;").into_iter().filter_map(param).collect()
}

fn param(piece: Piece<'_>) -> Option<Param> {
    let piece = bare(piece);
    let text = piece.as_str();
    let (name, value) = match text.split_once('=') {
        Some((name, value)) => (name.trim(), Some(value.trim().to_owned())),
        None => (text, None),
    };
    (!name.is_empty()).then(|| Param { name: name.to_owned(), value, span: piece.span() })
}

/// Claims and plan items that a text mentions.
pub(super) fn claim_links(text: Piece<'_>, field: &str) -> Vec<ClaimLink> {
    let mut links = Vec::new();
    let bytes = text.as_str().as_bytes();
    for at in 0..bytes.len() {
        if !matches!(bytes.get(at), Some(b'C' | b'P')) {
            continue;
        }
        if let Some(length) = super::lex::ids::id_length(bytes, at) {
            let id = text.cut(at, at + length);
            links.push(ClaimLink {
                id: Id(id.as_str().to_owned()),
                note: None,
                field: field.to_owned(),
                span: id.span(),
            });
        }
    }
    links
}

/// Ids of a comma list: `E0003, E0138 (note)`.
pub(super) fn id_list(value: Piece<'_>) -> Vec<(Piece<'_>, Piece<'_>)> {
    split_outside(value, b",").into_iter().filter_map(|piece| leading_id(bare(piece))).collect()
}

/// The kind of run that a stage is.
pub(super) fn run_kind_of(stage: Stage) -> RunKind {
    match stage {
        Stage::Smoke => RunKind::Smoke,
        Stage::Validation => RunKind::Sweep,
        Stage::Quick => RunKind::Quick,
        Stage::Full => RunKind::Full,
    }
}

/// What an entry tells about its results before they are read: its title, and its declared seeds.
pub(super) fn default_context(entry: &Entry) -> Context {
    let facts = &entry.title_facts;
    let declared = entry.seeds.given().cloned();
    Context {
        split: facts.split.clone(),
        seeds: facts.seeds.clone().or(declared),
        run_kind: facts.stage.map(run_kind_of),
        selected: None,
    }
}

/// Reads a results text into statements, decisions and recorded artifacts of an entry.
pub(super) fn results(entry: &mut Entry, value: Piece<'_>) {
    let default = default_context(entry);
    let read = map_presence(presence(value), |text| {
        if is_no_result(text) { Vec::new() } else { super::statement::statements(text, &default) }
    });
    record(entry, &read);
    entry.decisions.extend(super::decision::decisions(value));
    extend_presence(&mut entry.results, read);
}

/// `skipped (…)`, `Not run: …`, `N/A (…)`: words on why there is no result. Numbers in them are other entries'.
pub(super) fn is_no_result(text: Piece<'_>) -> bool {
    let start = text.as_str().get(..7).unwrap_or_default().to_ascii_lowercase();
    ["skipped", "not run", "n/a"].iter().any(|words| start.starts_with(words))
}

fn record(entry: &mut Entry, results: &Presence<Vec<Statement>>) {
    for statement in results.given().into_iter().flatten() {
        entry.artifacts_recorded.extend(statement.artifacts.iter().cloned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_have_names_and_perhaps_values() {
        let found = params(Piece::new("budgets + n_samples, `SEEDS=0,1`, split=val"));
        let read: Vec<_> = found.iter().map(|p| (p.name.as_str(), p.value.as_deref())).collect();
        assert_eq!(
            read,
            [("budgets", None), ("n_samples", None), ("SEEDS", Some("0,1")), ("split", Some("val"))]
        );
    }

    #[test]
    fn an_inherited_text_names_its_source() {
        let text = inheritable(Piece::new("Similar to E0012 (head only)")).unwrap();
        assert_eq!(text.inherits, Some(Id("E0012".into())));
        assert!(inheritable(Piece::new(" ")).is_none());
        assert!(inheritable(Piece::new("unlike E0012")).unwrap().inherits.is_none());
    }
}
