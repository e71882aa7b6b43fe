//! Decisions in prose (spec §9, form 8).

use super::lex::ids::{first_claim, first_experiment};
use crate::model::{Decision, Verb};
use crate::text::Piece;

/// Words that decide, longest reading first. `at the start` words count only where a text begins.
const ANYWHERE: &[(&str, Verb)] = &[
    ("not promoted", Verb::NotPromoted),
    ("not promotable", Verb::NotPromoted),
    ("do not promote", Verb::NotPromoted),
    ("fails promotion gate", Verb::NotPromoted),
    ("skip full", Verb::NotPromoted),
    ("stop before test402", Verb::NotPromoted),
    ("promoted to", Verb::Promoted),
    ("promote to", Verb::Promoted),
    ("no improvement", Verb::NoImprovement),
    ("not proven", Verb::Unproven),
    ("unproven", Verb::Unproven),
    ("hard gate met", Verb::Proven),
    ("proven", Verb::Proven),
    ("revised", Verb::Revised),
    ("produced no json outputs", Verb::Failed),
];
const AT_START: &[(&str, Verb)] = &[
    ("skipped", Verb::Skipped),
    ("not run", Verb::NotRun),
    ("n/a (not run", Verb::NotRun),
    ("promoted", Verb::Promoted),
    ("failed", Verb::Failed),
];

/// The decisions that a text states, each with its clause.
pub(super) fn decisions(text: Piece<'_>) -> Vec<Decision> {
    clauses(text)
        .into_iter()
        .filter_map(|clause| verb(clause.as_str()).map(|verb| decision(verb, clause)))
        .collect()
}

fn verb(clause: &str) -> Option<Verb> {
    let start = clause.trim_start_matches(['*', '(', ' ']).as_bytes();
    if let Some((_, verb)) = AT_START.iter().find(|(words, _)| begins_with(start, words)) {
        return Some(*verb);
    }
    let bytes = clause.as_bytes();
    let mut best = ANYWHERE.len();
    let mut in_word = false;
    for (at, byte) in bytes.iter().enumerate() {
        let letter = byte.is_ascii_alphanumeric() || !byte.is_ascii();
        if letter && !in_word && matches!(byte | 0x20, b'd' | b'f' | b'h' | b'n' | b'p' | b'r' | b's' | b'u')
        {
            let rest = bytes.get(at..).unwrap_or_default();
            let found = ANYWHERE
                .iter()
                .take(best)
                .position(|(words, _)| begins_with(rest, words) && ends_word(rest, words));
            best = found.unwrap_or(best);
        }
        in_word = letter;
    }
    ANYWHERE.get(best).map(|(_, verb)| *verb)
}

fn begins_with(text: &[u8], words: &str) -> bool {
    let first = text.first().map(u8::to_ascii_lowercase);
    first == words.bytes().next()
        && text.get(..words.len()).is_some_and(|start| start.eq_ignore_ascii_case(words.as_bytes()))
}

fn ends_word(text: &[u8], words: &str) -> bool {
    text.get(words.len()).is_none_or(|byte| !byte.is_ascii_alphanumeric())
}

/// One decision of a known kind.
pub(super) fn decision(verb: Verb, clause: Piece<'_>) -> Decision {
    Decision { verb, target: first_experiment(clause), claim: first_claim(clause), text: clause.to_text() }
}

/// Cuts a text at `; `, `. ` and arrows. Code spans are short names here, so their insides may be cut too.
fn clauses(text: Piece<'_>) -> Vec<Piece<'_>> {
    let mut clauses = Vec::new();
    let mut start = 0;
    let cuts = text.as_str().match_indices(['→', ';', '.']).filter(|(at, mark)| {
        *mark == "→"
            || text.as_str().get(at + 1..).is_none_or(|rest| rest.is_empty() || rest.starts_with(' '))
    });
    for (at, mark) in cuts {
        clauses.push(text.cut(start, at));
        start = at + mark.len();
    }
    clauses.push(text.skip(start));
    clauses.into_iter().map(Piece::trim).filter(|clause| !clause.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verbs(text: &str) -> Vec<Verb> {
        decisions(Piece::new(text)).into_iter().map(|d| d.verb).collect()
    }

    #[test]
    fn each_clause_decides_at_most_once() {
        assert_eq!(verbs("Δ≈+0.00324 (p≈0.6881) → not promoted."), [Verb::NotPromoted]);
        assert_eq!(verbs("skipped (E0949 not promotable)."), [Verb::Skipped]);
        assert_eq!(verbs("→ promoted to quick test402 (E0924)."), [Verb::Promoted]);
        assert_eq!(verbs("**C0003 hard gate met**"), [Verb::Proven]);
        assert_eq!(verbs("improved; proves nothing"), []);
        assert_eq!(verbs("no improvement; not promoted"), [Verb::NoImprovement, Verb::NotPromoted]);
    }

    #[test]
    fn a_decision_names_its_target() {
        let found = decisions(Piece::new("promoted to quick test402 (E0924)"));
        assert_eq!(found[0].target.as_ref().map(|id| id.0.as_str()), Some("E0924"));
    }
}
