//! Overlap of a text with one reference: BLEU, ROUGE-1, ROUGE-2 and ROUGE-L.

mod bleu;
mod ngrams;
mod porter;
mod porter_rules;
mod rouge;
mod scores;
mod tokenize_13a;
mod whitespace;

pub use bleu::{Bleu, sentence_bleu};
pub use porter::porter_stem;
pub use rouge::{PrecisionRecallF, Stemming, rouge_l, rouge_n, rouge_tokens};
pub use scores::{TextScores, text_scores};
pub use tokenize_13a::tokenize_13a;
