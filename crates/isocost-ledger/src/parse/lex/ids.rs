//! Id tokens (spec §1.1).

use std::collections::BTreeSet;

use crate::model::{Id, IdMention, MentionKind};
use crate::text::{Piece, Span};

/// Letters that name something in every ledger.
const KNOWN_LETTERS: &[u8] = b"EDRCPVM";

/// The letters whose ids are looked for in one document.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Letters([bool; 26]);

impl Letters {
    /// The letters of every ledger.
    pub(crate) fn known() -> Self {
        let mut letters = Self([false; 26]);
        for &letter in KNOWN_LETTERS {
            letters.add(letter);
        }
        letters
    }

    /// Adds a letter that this document uses for its own entries.
    pub(crate) fn add(&mut self, letter: u8) {
        if let Some(slot) = self.0.get_mut(usize::from(letter.wrapping_sub(b'A'))) {
            *slot = true;
        }
    }

    fn has(&self, letter: u8) -> bool {
        self.0.get(usize::from(letter.wrapping_sub(b'A'))).copied().unwrap_or(false)
    }
}

/// Length of the id that starts at byte `at`; none if what stands there is glued to a word on either side.
/// An underscore or slash may follow: the id is then part of a path.
pub(crate) fn id_length(bytes: &[u8], at: usize) -> Option<usize> {
    let before = at.checked_sub(1).and_then(|i| bytes.get(i));
    if before.is_some_and(|&b| b.is_ascii_alphanumeric() || b == b'_') {
        return None;
    }
    let rest = bytes.get(at..)?;
    if !rest.first()?.is_ascii_uppercase() || !rest.get(1..5)?.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let glued = |length: usize| rest.get(length).is_some_and(u8::is_ascii_alphanumeric);
    let length = 5 + suffix_length(rest.get(5..).unwrap_or_default());
    (!glued(length)).then_some(length)
}

fn suffix_length(rest: &[u8]) -> usize {
    match rest.first() {
        Some(b) if b.is_ascii_lowercase() => 1,
        Some(b) if b.is_ascii_uppercase() => {
            let letters = rest.iter().take(2).take_while(|b| b.is_ascii_uppercase()).count();
            let digits = rest.iter().skip(letters).take(2).take_while(|b| b.is_ascii_digit()).count();
            letters + digits
        }
        _ => 0,
    }
}

/// The id that a piece begins with, and the rest.
pub(crate) fn leading_id(piece: Piece<'_>) -> Option<(Piece<'_>, Piece<'_>)> {
    let length = id_length(piece.as_str().as_bytes(), 0)?;
    Some((piece.take(length), piece.skip(length)))
}

/// All id tokens of a piece.
pub(crate) fn mentions(piece: Piece<'_>, letters: Letters) -> Vec<IdMention> {
    let bytes = piece.as_str().as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        if letters.has(byte)
            && let Some(length) = id_length(bytes, at)
        {
            let name = piece.cut(at, at + length);
            found.push(IdMention {
                id: Id(name.as_str().to_owned()),
                span: name.span(),
                kind: mention_kind(bytes, at, at + length),
            });
            at += length;
        } else {
            at += 1;
        }
    }
    found
}

fn mention_kind(bytes: &[u8], start: usize, end: usize) -> MentionKind {
    let before = start.checked_sub(1).and_then(|i| bytes.get(i));
    if before == Some(&b'/') || matches!(bytes.get(end), Some(b'_' | b'/')) {
        MentionKind::InPath
    } else {
        MentionKind::Prose
    }
}

/// Length of a section id `B2`: a capital letter and one digit, not glued on either side.
fn section_id_length(bytes: &[u8], at: usize) -> Option<usize> {
    let glued = |i: Option<usize>| {
        i.and_then(|i| bytes.get(i)).is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'_')
    };
    let fits = bytes.get(at)?.is_ascii_uppercase() && bytes.get(at + 1)?.is_ascii_digit();
    (fits && !glued(at.checked_sub(1)) && !glued(Some(at + 2))).then_some(2)
}

/// Mentions of known section ids of a narrative ledger.
pub(crate) fn section_mentions(piece: Piece<'_>, known: &BTreeSet<&str>) -> Vec<IdMention> {
    let bytes = piece.as_str().as_bytes();
    let found = (0..bytes.len()).filter_map(|at| Some(piece.cut(at, at + section_id_length(bytes, at)?)));
    found
        .filter(|name| known.contains(name.as_str()))
        .map(|name| IdMention {
            id: Id(name.as_str().to_owned()),
            span: name.span(),
            kind: MentionKind::Prose,
        })
        .collect()
}

/// The section ids that a plan's step names, ranges `D1-D4` filled in.
pub(crate) fn section_ids(piece: Piece<'_>) -> Vec<Id> {
    let bytes = piece.as_str().as_bytes();
    let mut ids: Vec<Id> = Vec::new();
    let mut range_from: Option<(u8, u8)> = None;
    for at in 0..bytes.len() {
        if section_id_length(bytes, at).is_none() {
            continue;
        }
        let (Some(&letter), Some(&digit)) = (bytes.get(at), bytes.get(at + 1)) else { continue };
        let ranged = range_from.filter(|&(from, _)| {
            from == letter && at.checked_sub(1).and_then(|i| bytes.get(i)) == Some(&b'-')
        });
        let first = ranged.map_or(digit, |(_, from)| from.saturating_add(1));
        ids.extend((first..=digit).map(|digit| Id(format!("{}{}", char::from(letter), char::from(digit)))));
        range_from = Some((letter, digit));
    }
    ids
}

/// The first id of a piece that is not a claim's or plan item's.
pub(crate) fn first_experiment(piece: Piece<'_>) -> Option<Id> {
    first_where(piece, |letter| !matches!(letter, b'C' | b'P' | b'V' | b'M'))
}

/// The first claim id of a piece.
pub(crate) fn first_claim(piece: Piece<'_>) -> Option<Id> {
    first_where(piece, |letter| letter == b'C')
}

fn first_where(piece: Piece<'_>, wanted: impl Fn(u8) -> bool) -> Option<Id> {
    let bytes = piece.as_str().as_bytes();
    (0..bytes.len()).find_map(|at| {
        let letter = *bytes.get(at)?;
        if !letter.is_ascii_uppercase() || !wanted(letter) {
            return None;
        }
        let length = id_length(bytes, at)?;
        Some(Id(piece.cut(at, at + length).as_str().to_owned()))
    })
}

/// The mentions of `all` (sorted by place) that lie within `span`.
pub(crate) fn within(all: &[IdMention], span: Span) -> &[IdMention] {
    let from = all.partition_point(|mention| mention.span.start < span.start);
    let to = all.partition_point(|mention| mention.span.end <= span.end);
    all.get(from..to).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(text: &str) -> Vec<String> {
        mentions(Piece::new(text), Letters::known()).into_iter().map(|m| m.id.0).collect()
    }

    #[test]
    fn an_id_is_not_glued_to_a_word() {
        assert_eq!(
            ids("E0801 xE0801 _E0802 E08xx E08011 E0400b, E0160P; E0161A_x (E0003)"),
            ["E0801", "E0400b", "E0160P", "E0161A", "E0003"]
        );
    }

    #[test]
    fn an_id_after_other_scripts_is_an_id() {
        assert_eq!(ids("见E0160（C0003）"), ["E0160", "C0003"]);
    }

    #[test]
    fn ranges_of_sections_are_filled_in() {
        let read = |text| section_ids(Piece::new(text)).into_iter().map(|id| id.0).collect::<Vec<_>>();
        assert_eq!(
            read("Ablations (D1-D4) + (E1), B2/B4, GPU0, H100"),
            ["D1", "D2", "D3", "D4", "E1", "B2", "B4"]
        );
    }

    #[test]
    fn a_mention_in_a_path_is_told_from_one_in_prose() {
        use MentionKind::{InPath, Prose};
        let kinds: Vec<_> =
            mentions(Piece::new("runs/E0801_* and E0802, outputs/E0122-full E0001/x"), Letters::known())
                .into_iter()
                .map(|m| m.kind)
                .collect();
        assert_eq!(kinds, [InPath, Prose, InPath, InPath]);
    }
}
