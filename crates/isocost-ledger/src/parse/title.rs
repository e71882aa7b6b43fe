//! What a title says (spec §3.1).

use super::lex::code::code_spans;
use super::lex::ids::{first_claim, first_experiment, leading_id};
use super::lex::list::parenthesis;
use super::lex::seeds::find_seeds;
use super::lex::split::find_split;
use crate::model::{Stage, TitleFacts};
use crate::text::Piece;

/// Reads `METHOD (`variant`) — STAGE (facts; SEEDS=a..b) [+ diagnose] [MARK]`. A title without the dash has no method.
pub(super) fn facts(title: Piece<'_>) -> TitleFacts {
    let mut facts = TitleFacts::default();
    let tail = match title.split_once(" — ") {
        Some((method, tail)) => {
            (facts.method, facts.variant) = method_and_variant(method);
            tail
        }
        None => title,
    };
    let head = tail.take(tail.as_str().find('(').unwrap_or(tail.len()));
    facts.stage = stage_word(head.as_str()).or_else(|| stage_word(title.as_str()));
    let texts = || [head.as_str(), tail.as_str(), title.as_str()].into_iter();
    facts.split = texts().find_map(find_split);
    facts.seeds = texts().find_map(find_seeds);
    facts.from = source_of_best(tail);
    marks(tail, &mut facts);
    facts
}

fn method_and_variant(method: Piece<'_>) -> (Option<String>, Option<String>) {
    let variant = code_spans(method).next().map(|span| span.inner.as_str().to_owned());
    let name = method.as_str().split(" (").next().unwrap_or_default().trim();
    ((!name.is_empty()).then(|| name.to_owned()), variant)
}

/// The stage that words name: a sweep selects on validation.
pub(super) fn stage_word(words: &str) -> Option<Stage> {
    words.split(|c: char| !c.is_alphanumeric()).find_map(|word| match word.to_ascii_lowercase().as_str() {
        "smoke" => Some(Stage::Smoke),
        "quick" => Some(Stage::Quick),
        "full" => Some(Stage::Full),
        "sweep" | "sweeps" => Some(Stage::Validation),
        _ => None,
    })
}

fn source_of_best(tail: Piece<'_>) -> Option<crate::model::Id> {
    let (_, after) = tail.split_once("from ")?;
    let (id, rest) = leading_id(after)?;
    rest.as_str().starts_with(" best").then(|| crate::model::Id(id.as_str().to_owned()))
}

fn marks(tail: Piece<'_>, facts: &mut TitleFacts) {
    let opens = memchr::memchr_iter(b'(', tail.as_str().as_bytes());
    for open in opens {
        let rest = tail.skip(open + 1);
        let Some(word) = ["skipped:", "only if ", "**C"].into_iter().find(|w| rest.as_str().starts_with(w))
        else {
            continue;
        };
        let Some((mark, _)) = parenthesis(tail.skip(open)) else { continue };
        match word {
            "skipped:" => {
                facts.skip_mark = true;
                facts.skipped_by = first_experiment(mark);
            }
            "only if " => facts.only_if = first_experiment(mark),
            _ if mark.as_str().contains("proven") => facts.proven = first_claim(mark),
            _ => {}
        }
    }
}

/// The mark in which a title says that its entry was skipped.
pub(super) fn skip_mark(title: Piece<'_>) -> Option<Piece<'_>> {
    let open = title.as_str().find("(skipped:")?;
    parenthesis(title.skip(open)).map(|(mark, _)| mark)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Id;

    #[test]
    fn a_chain_title_is_taken_apart() {
        let facts = facts(Piece::new(
            "WavLM Stage-1 (`wavlm_evt_mlp`) — full test402 (from E0974 best; SEEDS=0..2) + diagnose (skipped: E0811 not promoted)",
        ));
        assert_eq!(facts.method.as_deref(), Some("WavLM Stage-1"));
        assert_eq!(facts.variant.as_deref(), Some("wavlm_evt_mlp"));
        assert_eq!(facts.stage, Some(Stage::Full));
        assert_eq!(facts.split.map(|s| s.nominal), Some(Some(402)));
        assert_eq!(facts.seeds, Some(vec![0, 1, 2]));
        assert_eq!(facts.from, Some(Id("E0974".into())));
        assert_eq!((facts.skip_mark, facts.skipped_by), (true, Some(Id("E0811".into()))));
    }

    #[test]
    fn a_conditional_and_a_proof_are_marks() {
        assert_eq!(
            facts(Piece::new("X — quick test402 (only if E0932 is promoted)")).only_if,
            Some(Id("E0932".into()))
        );
        assert_eq!(facts(Piece::new("X — full test402 (**C0003 proven**)")).proven, Some(Id("C0003".into())));
        assert_eq!(facts(Piece::new("X — val402 sweep (a)")).stage, Some(Stage::Validation));
    }
}
