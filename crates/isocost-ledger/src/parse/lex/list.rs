//! Flow lists, presence of values, and splitting outside code and parentheses.

use super::code::code_spans;
use crate::model::Presence;
use crate::text::Piece;

/// Which way a value is there or not there (spec §11).
pub(crate) fn presence(value: Piece<'_>) -> Presence<Piece<'_>> {
    let value = value.trim();
    match value.as_str() {
        "" => Presence::Blank,
        "[]" => Presence::EmptyList,
        text if text.starts_with("N/A") => Presence::NotApplicable,
        text if matches!(text.trim_end_matches('.'), "TBA" | "TBD") => Presence::ToBeAnnounced,
        _ => Presence::Given(value),
    }
}

/// The elements of a flow list `[a, b]`; none if it is not one.
pub(crate) fn flow_list(value: Piece<'_>) -> Option<Vec<Piece<'_>>> {
    let inside = value.trim().strip_prefix("[")?.strip_suffix("]")?;
    if inside.trim().is_empty() {
        return Some(Vec::new());
    }
    Some(split_outside(inside, b",").into_iter().map(Piece::trim).collect())
}

/// Splits at every separator byte (ASCII) outside code spans, parentheses, brackets and braces.
pub(crate) fn split_outside<'a>(piece: Piece<'a>, separators: &[u8]) -> Vec<Piece<'a>> {
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, byte, depth) in outside_code(piece) {
        if depth == 0 && separators.contains(&byte) {
            parts.push(piece.cut(start, at));
            start = at + 1;
        }
    }
    parts.push(piece.skip(start));
    parts
}

/// The bytes of a piece outside its code spans, with the depth of parentheses that they stand at. A closing
/// parenthesis counts as inside its pair.
pub(crate) fn outside_code(piece: Piece<'_>) -> impl Iterator<Item = (usize, u8, usize)> + '_ {
    let bytes = piece.as_str().as_bytes();
    let mut spans = code_spans(piece);
    let mut code = spans.next();
    let mut at = 0;
    let mut depth = 0usize;
    std::iter::from_fn(move || {
        while let Some(span) = code {
            let start = span.outer.start() - piece.start();
            if at < start {
                break;
            }
            at = span.outer.end() - piece.start();
            code = spans.next();
        }
        let byte = *bytes.get(at)?;
        let here = at;
        at += 1;
        match byte {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => {
                let inside = depth;
                depth = depth.saturating_sub(1);
                return Some((here, byte, inside));
            }
            _ => {}
        }
        Some((here, byte, depth))
    })
}

/// A piece that begins with `(`, cut at the matching `)`: the inside and the rest.
pub(crate) fn parenthesis(piece: Piece<'_>) -> Option<(Piece<'_>, Piece<'_>)> {
    if !piece.as_str().starts_with('(') {
        return None;
    }
    let close =
        outside_code(piece).find(|&(_, byte, depth)| byte == b')' && depth <= 1).map(|(at, ..)| at)?;
    Some((piece.cut(1, close), piece.skip(close + 1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strs<'a>(pieces: &[Piece<'a>]) -> Vec<&'a str> {
        pieces.iter().map(|piece| piece.as_str()).collect()
    }

    #[test]
    fn separators_inside_code_and_parentheses_do_not_split() {
        let piece = Piece::new("a; `b;c`; d (e; f)");
        assert_eq!(strs(&split_outside(piece, b";")), ["a", " `b;c`", " d (e; f)"]);
    }

    #[test]
    fn an_empty_list_differs_from_no_list() {
        assert_eq!(flow_list(Piece::new("[]")).map(|l| l.len()), Some(0));
        assert_eq!(flow_list(Piece::new("[`a.json`]")).map(|l| strs(&l)), Some(vec!["`a.json`"]));
        assert!(flow_list(Piece::new("a")).is_none());
    }

    #[test]
    fn a_parenthesis_ends_where_it_is_closed() {
        let (inside, rest) = parenthesis(Piece::new("(a (b); `)` c): d")).unwrap();
        assert_eq!((inside.as_str(), rest.as_str()), ("a (b); `)` c", ": d"));
        assert!(parenthesis(Piece::new("(open")).is_none());
    }
}
