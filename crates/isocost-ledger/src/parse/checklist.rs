//! Checklist items with an id: the heads of queue entries, claims and plan items (spec §3.1, §6).

use super::lex::ids::leading_id;
use super::lex::list::{parenthesis, split_outside};
use super::line::Line;
use crate::text::{Piece, Span};

/// The head line of a checklist item with an id.
#[derive(Debug)]
pub(super) struct Head<'a> {
    pub(super) ticked: bool,
    /// The one character between the brackets.
    pub(super) box_span: Span,
    pub(super) id: Piece<'a>,
    pub(super) qualifier: Vec<Piece<'a>>,
    pub(super) title: Piece<'a>,
}

/// Reads `- [x] ID [(qualifier)]: title`. An item without id or without colon is a task in prose.
pub(super) fn head<'a>(line: &Line<'a>) -> Option<Head<'a>> {
    let item = line.item()?;
    let inside = item.strip_prefix("[")?;
    let mark = inside.take(1);
    let ticked = match mark.as_str() {
        "x" | "X" => true,
        " " => false,
        _ => return None,
    };
    let rest = inside.skip(1).strip_prefix("]")?.trim_start();
    let rest = rest.strip_prefix("**").unwrap_or(rest);
    let (id, rest) = leading_id(rest)?;
    let rest = rest.strip_prefix("**").unwrap_or(rest);
    let (qualifier, rest) = match parenthesis(rest.trim_start()) {
        Some((facts, after)) if begins_title(after) => (facts_of(facts), after),
        _ => (Vec::new(), rest),
    };
    let title = title(rest)?;
    Some(Head { ticked, box_span: mark.span(), id, qualifier, title })
}

fn begins_title(rest: Piece<'_>) -> bool {
    let rest = rest.trim_start();
    rest.is_empty() || rest.as_str().starts_with([':', '：'])
}

fn title(rest: Piece<'_>) -> Option<Piece<'_>> {
    let rest = rest.trim_start();
    if rest.is_empty() {
        return Some(rest);
    }
    let title = rest.strip_prefix(":").or_else(|| rest.strip_prefix("："))?;
    Some(title.strip_prefix("**").unwrap_or(title).trim())
}

fn facts_of(facts: Piece<'_>) -> Vec<Piece<'_>> {
    split_outside(facts, b";").into_iter().map(Piece::trim).filter(|fact| !fact.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::line::lines;
    use crate::text::Source;

    fn read(text: &str) -> Option<(bool, String, Vec<String>, String)> {
        let source = Source::new("t", text);
        let lines = lines(&source);
        let head = head(&lines[0])?;
        let owned = |piece: Piece<'_>| piece.as_str().to_owned();
        Some((
            head.ticked,
            owned(head.id),
            head.qualifier.into_iter().map(owned).collect(),
            owned(head.title),
        ))
    }

    #[test]
    fn a_qualifier_is_a_list_of_facts() {
        assert_eq!(
            read("- [x] E0600 (real; ppl): IntentQA (val n=253)"),
            Some((true, "E0600".into(), vec!["real".into(), "ppl".into()], "IntentQA (val n=253)".into()))
        );
    }

    #[test]
    fn any_bullet_and_a_capital_mark_are_accepted() {
        assert_eq!(read("* [X] E0001: t").map(|h| h.0), Some(true));
        assert_eq!(read("\t+ [ ] C0001: t").map(|h| h.0), Some(false));
        assert_eq!(read("- [ ] **E0001**: t\r\n").map(|h| h.3), Some("t".into()));
    }

    #[test]
    fn a_task_without_id_or_colon_is_prose() {
        assert_eq!(read("- [ ] write the paper: soon"), None);
        assert_eq!(read("- [ ] E0001 needs a rerun"), None);
        assert_eq!(read("- [y] E0001: t"), None);
    }
}
