//! The places of a finding with their source lines.

use annotate_snippets::{Annotation, AnnotationKind, Element, Origin, Padding, Snippet};
use isocost_audit::Location;
use isocost_ledger::text::{Source, Span};

use super::excerpt::{Excerpt, excerpt};
use crate::escape;

/// One excerpt for each place; places on one line that fit into one excerpt share it.
pub(crate) fn places<'a>(
    locations: &[Location],
    sources: &dyn Fn(&str) -> Option<&'a Source>,
    width: usize,
) -> Vec<Element<'static>> {
    let mut out: Vec<Element<'static>> = Vec::new();
    let mut kind = AnnotationKind::Primary;
    let mut rest: Vec<&Location> = locations.iter().collect();
    while !rest.is_empty() {
        let first = rest.remove(0);
        let source = sources(&first.file);
        let mut together = vec![first];
        if let Some(source) = source {
            rest.retain(|location| {
                let fits = fit_together(source, &together, location, width);
                if fits {
                    together.push(location);
                }
                !fits
            });
        }
        if kind == AnnotationKind::Context {
            out.push(Padding.into());
        }
        out.push(origin(first).into());
        match source {
            Some(source) => out.push(snippet(source, &together, kind, width).into()),
            None => out.push(Padding.into()),
        }
        kind = AnnotationKind::Context;
    }
    out
}

fn origin(location: &Location) -> Origin<'static> {
    let origin = Origin::path(escape::terminal(&location.file)).line(location.place.line as usize);
    origin.char_column(location.place.column as usize)
}

/// Whether `location` stands on the line of `others`, near enough to be shown in one excerpt, without overlap.
fn fit_together(source: &Source, others: &[&Location], location: &Location, width: usize) -> bool {
    let Some(first) = others.first() else { return false };
    let lines = source.lines();
    let same_line = first.file == location.file
        && lines.line_of(first.span.start) == lines.line_of(location.span.start)
        && [first, location].iter().all(|place| has_characters(source, place.span));
    let apart =
        |other: &&Location| other.span.end <= location.span.start || location.span.end <= other.span.start;
    same_line && others.iter().all(apart) && {
        let all: Vec<&Location> = others.iter().copied().chain([location]).collect();
        let whole = around(&all);
        let excerpt = excerpt(source, whole, width);
        excerpt.mark.len() == whole.len()
    }
}

/// Whether a span covers whole characters of the text, at least one.
fn has_characters(source: &Source, span: Span) -> bool {
    !source.slice(span).is_empty()
}

/// The smallest span that holds all places.
fn around(locations: &[&Location]) -> Span {
    let start = locations.iter().map(|location| location.span.start).min().unwrap_or(0);
    let end = locations.iter().map(|location| location.span.end).max().unwrap_or(0);
    Span { start, end }
}

fn snippet(
    source: &Source,
    together: &[&Location],
    kind: AnnotationKind,
    width: usize,
) -> Snippet<'static, Annotation<'static>> {
    let whole = around(together);
    let excerpt = excerpt(source, whole, width);
    let annotations: Vec<Annotation<'static>> = together
        .iter()
        .enumerate()
        .map(|(index, location)| {
            let kind = if index == 0 { kind } else { AnnotationKind::Context };
            kind.span(mark(&excerpt, whole, location.span, together.len())).label(label(location, &excerpt))
        })
        .collect();
    Snippet::source(excerpt.text).line_start(excerpt.line).annotations(annotations)
}

/// The bytes of the excerpt that a place takes. One that has the excerpt for itself takes what is shown of it.
fn mark(excerpt: &Excerpt, whole: Span, span: Span, count: usize) -> std::ops::Range<usize> {
    if count == 1 {
        return excerpt.mark.clone();
    }
    let start = excerpt.mark.start + span.start.saturating_sub(whole.start) as usize;
    start..start + span.len()
}

fn label(location: &Location, excerpt: &Excerpt) -> Option<String> {
    match (location.label.is_empty(), excerpt.continues) {
        (true, _) => None,
        (false, true) => Some(format!("{} (goes on)", escape::terminal(&location.label))),
        (false, false) => Some(escape::terminal(&location.label)),
    }
}
