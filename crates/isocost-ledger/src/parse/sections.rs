//! Headings, their nesting, and what their sections hold.

use super::archive::heading_text;
use super::lex::list::{parenthesis, split_outside};
use super::line::{Line, LineKind};
use crate::model::{Dialect, Section, SectionRole};
use crate::text::{Piece, Span};

/// All sections in order. The first one is the part before the first heading, at level 0, even if it is empty.
/// The second list says for each section but the first which line its heading is.
pub(super) fn sections(lines: &[Line<'_>], dialect: Dialect) -> (Vec<Section>, Vec<usize>) {
    let end = lines.last().map_or(0, |line| line.full.span().end);
    let mut sections = vec![front(lines, end)];
    let mut heading_lines = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let LineKind::Heading(level) = line.kind else { continue };
        let start = line.full.span().start;
        while let Some(&last) = open.last() {
            let Some(section) = sections.get_mut(last).filter(|section| section.level >= level) else {
                break;
            };
            section.span.end = start;
            open.pop();
        }
        let parent = open.last().copied();
        let text = heading_text(line);
        let section = section(text, level, parent, &sections, dialect, Span { start, end });
        open.push(sections.len());
        sections.push(section);
        heading_lines.push(at);
    }
    (sections, heading_lines)
}

fn front(lines: &[Line<'_>], end: u32) -> Section {
    let first = lines.iter().find(|line| matches!(line.kind, LineKind::Heading(_)));
    let stop = first.map_or(end, |line| line.full.span().start);
    Section {
        heading: crate::text::Text::default(),
        level: 0,
        role: SectionRole::Other,
        parent: None,
        priority: None,
        flags: Vec::new(),
        span: Span { start: 0, end: stop },
    }
}

fn section(
    text: Piece<'_>,
    level: u8,
    parent: Option<usize>,
    known: &[Section],
    dialect: Dialect,
    span: Span,
) -> Section {
    let above = parent.and_then(|parent| known.get(parent));
    let role = role(text.as_str(), above, dialect);
    let priority =
        priority(text).map(Piece::to_text).or_else(|| above.and_then(|above| above.priority.clone()));
    let flags = if role == SectionRole::Queue { flags(text) } else { Vec::new() };
    Section {
        heading: text.to_text(),
        level,
        role,
        parent,
        priority,
        flags: flags.into_iter().map(Piece::to_text).collect(),
        span,
    }
}

fn role(text: &str, above: Option<&Section>, dialect: Dialect) -> SectionRole {
    let lower = text.to_ascii_lowercase();
    let inside = above.map_or(SectionRole::Other, |above| above.role);
    let starts = |words: &[&str]| words.iter().any(|word| lower.starts_with(word));
    if dialect == Dialect::Narrative {
        return narrative_role(text, &lower);
    }
    if starts(&["overview", "reproducibility", "summary", "environment"]) {
        SectionRole::Preamble
    } else if starts(&["checklist", "run queue"]) || inside == SectionRole::Queue {
        SectionRole::Queue
    } else if starts(&["results"]) {
        SectionRole::Results
    } else if starts(&["claims", "conclusions"]) {
        SectionRole::Claims
    } else if starts(&["notes"]) {
        SectionRole::Notes
    } else if starts(&["plan"]) {
        SectionRole::Plan
    } else if super::archive::heading(Piece::new(text)).is_some() {
        SectionRole::Entry
    } else if lower == "experiments" && above.is_some() {
        SectionRole::Archive
    } else {
        SectionRole::Other
    }
}

fn narrative_role(text: &str, lower: &str) -> SectionRole {
    if super::narrative::heading(Piece::new(text)).is_some() {
        SectionRole::Entry
    } else if lower.starts_with("mvp") || lower.starts_with("full experiment suite") {
        SectionRole::Plan
    } else if lower.starts_with("0.") {
        SectionRole::Rules
    } else if matches!(text.as_bytes(), [b'A'..=b'Z', b'.', b' ', ..]) {
        SectionRole::Chapter
    } else {
        SectionRole::Other
    }
}

/// ` - **Must Do**` at the end of a heading.
fn priority(text: Piece<'_>) -> Option<Piece<'_>> {
    let inside = text.strip_suffix("**")?;
    let (_, priority) = inside.split_once(" - **")?;
    Some(priority)
}

/// The words of `Run Queue (Long-Video QA; extended; sequential)`.
fn flags(text: Piece<'_>) -> Vec<Piece<'_>> {
    let Some(open) = text.as_str().find('(') else { return Vec::new() };
    let Some((inside, _)) = parenthesis(text.skip(open)) else { return Vec::new() };
    split_outside(inside, b";").into_iter().map(Piece::trim).filter(|flag| !flag.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::line::lines;
    use crate::text::Source;

    #[test]
    fn a_section_ends_at_a_heading_of_its_level() {
        let source = Source::new("t", "x\n# A\n## Checklist\n### Run Queue (p; sequential)\ny\n## Results\n");
        let lines = lines(&source);
        let (sections, at) = sections(&lines, Dialect::Queue);
        let read: Vec<_> =
            sections.iter().map(|s| (source.slice(s.span).lines().count(), s.role, s.parent)).collect();
        assert_eq!(
            read,
            [
                (1, SectionRole::Other, None),
                (5, SectionRole::Other, None),
                (3, SectionRole::Queue, Some(1)),
                (2, SectionRole::Queue, Some(2)),
                (1, SectionRole::Results, Some(1))
            ]
        );
        assert_eq!(sections[3].flags.iter().map(|f| f.raw.as_str()).collect::<Vec<_>>(), ["p", "sequential"]);
        assert_eq!(at, [1, 2, 3, 5]);
    }
}
