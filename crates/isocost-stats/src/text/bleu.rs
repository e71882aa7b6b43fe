//! Sentence BLEU.

use super::ngrams::{clipped_matches, counts};
use super::tokenize_13a::tokenize_13a;

const ORDERS: usize = 4;

/// A sentence BLEU and what it is made of.
#[derive(Debug, Clone, PartialEq)]
pub struct Bleu {
    /// The score, in 0..=1 (sacrebleu prints 100 times this).
    pub score: f64,
    /// Clipped matches of orders 1 to 4.
    pub matches: [usize; ORDERS],
    /// N-grams of the candidate of orders 1 to 4.
    pub totals: [usize; ORDERS],
    /// 1 unless the candidate is shorter than the reference.
    pub brevity_penalty: f64,
    /// Tokens of the candidate.
    pub candidate_tokens: usize,
    /// Tokens of the reference.
    pub reference_tokens: usize,
}

/// BLEU of one candidate against one reference: 13a tokens, case kept, orders 1 to 4 as far as the candidate has n-grams of that order
/// ("effective order"), exponential smoothing.
///
/// With clipped matches mₙ of tₙ: 0 if all mₙ are 0; pₙ = mₙ/tₙ, and for the j-th order with mₙ = 0 it is 1/(2ʲ tₙ); score = BP · exp(mean ln pₙ) with
/// BP = exp(1 − ref/cand) for a shorter candidate. Equals sacrebleu 2.6 `sentence_bleu` / 100 to 1e-12. Sources: Papineni et al. (2002);
/// Post (2018). Empty text on either side gives 0.
pub fn sentence_bleu(candidate: &str, reference: &str) -> Bleu {
    let (candidate, reference) = (tokenize_13a(candidate), tokenize_13a(reference));
    let mut matches = [0; ORDERS];
    let mut totals = [0; ORDERS];
    for (order, (matches, total)) in (1..).zip(matches.iter_mut().zip(&mut totals)) {
        let ours = counts(&candidate, order);
        *total = ours.values().sum();
        *matches = clipped_matches(&ours, &counts(&reference, order));
    }
    let brevity_penalty = brevity_penalty(candidate.len(), reference.len());
    Bleu {
        score: brevity_penalty * geometric_mean(matches, totals),
        matches,
        totals,
        brevity_penalty,
        candidate_tokens: candidate.len(),
        reference_tokens: reference.len(),
    }
}

fn brevity_penalty(candidate: usize, reference: usize) -> f64 {
    match candidate {
        0 if reference > 0 => 0.0,
        _ if candidate < reference => libm::exp(1.0 - reference as f64 / candidate as f64),
        _ => 1.0,
    }
}

fn geometric_mean(matches: [usize; ORDERS], totals: [usize; ORDERS]) -> f64 {
    if matches.iter().all(|matches| *matches == 0) {
        return 0.0;
    }
    let mut smoothing = 1.0;
    let (mut logs, mut orders) = (0.0, 0.0);
    for (matches, total) in matches.into_iter().zip(totals).take_while(|(_, total)| *total > 0) {
        let precision = if matches == 0 {
            smoothing *= 2.0;
            1.0 / (smoothing * total as f64)
        } else {
            matches as f64 / total as f64
        };
        logs += libm::log(precision);
        orders += 1.0;
    }
    libm::exp(logs / orders)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn empty_texts_score_zero() {
        for (candidate, reference) in [("", ""), ("", "a"), ("a", "")] {
            assert_eq!(sentence_bleu(candidate, reference).score.to_bits(), 0.0_f64.to_bits());
        }
    }

    proptest! {
        #[test]
        fn a_text_of_any_length_matches_itself_fully(text in "[a-z0-9.,&; -]{0,40}") {
            let bleu = sentence_bleu(&text, &text);
            let expected = if bleu.candidate_tokens == 0 { 0.0 } else { 1.0 };
            prop_assert!((bleu.score - expected).abs() < 1e-12);
        }

        #[test]
        fn no_text_panics_and_scores_stay_in_range(candidate in any::<String>(), reference in any::<String>()) {
            prop_assert!((0.0..=1.0 + 1e-12).contains(&sentence_bleu(&candidate, &reference).score));
        }
    }
}
