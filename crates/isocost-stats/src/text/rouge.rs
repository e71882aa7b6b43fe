//! ROUGE-N and ROUGE-L.

use super::ngrams::{clipped_matches, counts};
use super::porter::porter_stem;

/// Whether long words are stemmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Stemming {
    /// Words of more than three characters by [`porter_stem`].
    #[default]
    Porter,
    /// None.
    Off,
}

/// Precision, recall and their harmonic mean, each in 0..=1.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct PrecisionRecallF {
    /// Share of the prediction that matches.
    pub precision: f64,
    /// Share of the reference that is matched.
    pub recall: f64,
    /// 2PR / (P + R); 0 if both are 0.
    pub f: f64,
}

impl PrecisionRecallF {
    fn of(matches: usize, prediction: usize, reference: usize) -> Self {
        let precision = matches as f64 / prediction.max(1) as f64;
        let recall = matches as f64 / reference.max(1) as f64;
        let f = if precision + recall > 0.0 { 2.0 * precision * recall / (precision + recall) } else { 0.0 };
        Self { precision, recall, f }
    }
}

/// Runs of `a-z0-9` of the lower-cased text, stemmed when longer than 3.
///
/// Source: rouge-score 0.1.2 `tokenize`. A text without such characters has no tokens.
pub fn rouge_tokens(text: &str, stemming: Stemming) -> Vec<String> {
    text.to_lowercase()
        .split(|c: char| !(c.is_ascii_lowercase() || c.is_ascii_digit()))
        .filter(|token| !token.is_empty())
        .map(|token| match stemming {
            Stemming::Porter if token.len() > 3 => porter_stem(token),
            _ => token.to_owned(),
        })
        .collect()
}

/// ROUGE-N by clipped n-gram counts. Tolerance 1e-12 against rouge-score 0.1.2. Source: Lin (2004). All 0 for order 0 and for texts shorter than N.
pub fn rouge_n(prediction: &[String], reference: &[String], order: usize) -> PrecisionRecallF {
    let (ours, theirs) = (counts(prediction, order), counts(reference, order));
    PrecisionRecallF::of(clipped_matches(&ours, &theirs), ours.values().sum(), theirs.values().sum())
}

/// ROUGE-L by the longest common subsequence; O(|prediction| · |reference|) time, one row of memory. Same sources.
pub fn rouge_l(prediction: &[String], reference: &[String]) -> PrecisionRecallF {
    let common = longest_common_subsequence(prediction, reference);
    PrecisionRecallF::of(common, prediction.len(), reference.len())
}

fn longest_common_subsequence(left: &[String], right: &[String]) -> usize {
    let mut row = vec![0_usize; right.len() + 1];
    for a in left {
        // `diagonal` is the cell above and left of the one being filled.
        let (mut diagonal, mut before) = (0, 0);
        for (b, cell) in right.iter().zip(row.iter_mut().skip(1)) {
            let above = *cell;
            *cell = if a == b { diagonal + 1 } else { above.max(before) };
            diagonal = above;
            before = *cell;
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn tokens(text: &str) -> Vec<String> {
        rouge_tokens(text, Stemming::Porter)
    }

    #[test]
    fn tokens_are_ascii_words_after_lowering() {
        assert_eq!(tokens("Été: 3-5MM nodules\u{212a}"), ["t", "3", "5mm", "nodulesk"]);
        assert_eq!(tokens("¡¿…"), Vec::<String>::new());
    }

    #[test]
    fn texts_without_tokens_score_zero() {
        assert_eq!(rouge_l(&[], &tokens("a")), PrecisionRecallF::default());
        assert_eq!(rouge_n(&tokens("a"), &tokens("a"), 2), PrecisionRecallF::default());
        assert_eq!(rouge_n(&tokens("a"), &tokens("a"), 0), PrecisionRecallF::default());
    }

    proptest! {
        #[test]
        fn a_common_subsequence_is_never_longer_than_the_common_words(a in "[abc ]{0,30}", b in "[abc ]{0,30}") {
            let (a, b) = (tokens(&a), tokens(&b));
            let (l, one) = (rouge_l(&a, &b), rouge_n(&a, &b, 1));
            prop_assert!(l.f <= one.f + 1e-12);
            prop_assert_eq!(l.f.to_bits(), rouge_l(&b, &a).f.to_bits());
        }
    }
}
