//! The four text scores of the grounding reports.

use super::bleu::sentence_bleu;
use super::rouge::{Stemming, rouge_l, rouge_n, rouge_tokens};
use super::whitespace::collapse;

/// Overlap of a prediction with its reference, each score in 0..=1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TextScores {
    /// Sentence BLEU.
    pub bleu: f64,
    /// F of ROUGE-1.
    pub rouge1: f64,
    /// F of ROUGE-2.
    pub rouge2: f64,
    /// F of ROUGE-L.
    pub rouge_l: f64,
}

/// Runs of white space count as one blank; two empty texts score 1, one empty text scores 0.
pub fn text_scores(prediction: &str, reference: &str) -> TextScores {
    let (prediction, reference) = (collapse(prediction), collapse(reference));
    let all = |score| TextScores { bleu: score, rouge1: score, rouge2: score, rouge_l: score };
    match (prediction.is_empty(), reference.is_empty()) {
        (true, true) => return all(1.0),
        (false, false) => {}
        _ => return all(0.0),
    }
    let bleu = sentence_bleu(&prediction, &reference).score;
    let tokens = |text: &str| rouge_tokens(text, Stemming::Porter);
    let (prediction, reference) = (tokens(&prediction), tokens(&reference));
    TextScores {
        bleu,
        rouge1: rouge_n(&prediction, &reference, 1).f,
        rouge2: rouge_n(&prediction, &reference, 2).f,
        rouge_l: rouge_l(&prediction, &reference).f,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_empty_texts_agree_and_one_empty_text_does_not() {
        assert_eq!(text_scores(" \n", ""), TextScores { bleu: 1.0, rouge1: 1.0, rouge2: 1.0, rouge_l: 1.0 });
        assert_eq!(text_scores("", "a"), TextScores { bleu: 0.0, rouge1: 0.0, rouge2: 0.0, rouge_l: 0.0 });
    }
}
