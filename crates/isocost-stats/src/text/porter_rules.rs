//! The suffix rules of Porter's stemmer as NLTK extends them.

use super::porter::{Step, measure};

/// A suffix, what replaces it, and when.
pub(super) struct Rule(pub(super) &'static str, pub(super) &'static str, pub(super) When);

/// A condition on what is left of the suffix.
#[derive(Clone, Copy)]
pub(super) enum When {
    Always,
    /// Measure of the stem above this.
    MeasureAbove(usize),
    /// Measure above 1 and the stem ends in s or t.
    IonAfterSOrT,
    /// Measure above 0 of the stem with an l put back.
    LogiWithItsL,
}

impl When {
    pub(super) fn holds(self, stem: &str) -> bool {
        match self {
            Self::Always => true,
            Self::MeasureAbove(least) => measure(stem) > least,
            Self::IonAfterSOrT => measure(stem) > 1 && stem.ends_with(['s', 't']),
            Self::LogiWithItsL => measure(&format!("{stem}l")) > 0,
        }
    }
}

const fn positive(suffix: &'static str, replacement: &'static str) -> Rule {
    Rule(suffix, replacement, When::MeasureAbove(0))
}

const fn cut(suffix: &'static str) -> Rule {
    Rule(suffix, "", When::MeasureAbove(1))
}

/// Plurals.
pub(super) const STEP_1A: Step = &[
    Rule("sses", "ss", When::Always),
    Rule("ies", "i", When::Always),
    Rule("ss", "ss", When::Always),
    Rule("s", "", When::Always),
];

/// Double suffixes to single ones; the order matters, the first suffix that fits decides.
pub(super) const STEP_2: Step = &[
    positive("ational", "ate"),
    positive("tional", "tion"),
    positive("enci", "ence"),
    positive("anci", "ance"),
    positive("izer", "ize"),
    positive("bli", "ble"),
    positive("alli", "al"),
    positive("entli", "ent"),
    positive("eli", "e"),
    positive("ousli", "ous"),
    positive("ization", "ize"),
    positive("ation", "ate"),
    positive("ator", "ate"),
    positive("alism", "al"),
    positive("iveness", "ive"),
    positive("fulness", "ful"),
    positive("ousness", "ous"),
    positive("aliti", "al"),
    positive("iviti", "ive"),
    positive("biliti", "ble"),
    positive("fulli", "ful"),
    Rule("logi", "log", When::LogiWithItsL),
];

/// -ic-, -full, -ness and the like.
pub(super) const STEP_3: Step = &[
    positive("icate", "ic"),
    positive("ative", ""),
    positive("alize", "al"),
    positive("iciti", "ic"),
    positive("ical", "ic"),
    positive("ful", ""),
    positive("ness", ""),
];

/// -ant, -ence and the like, after a long stem.
pub(super) const STEP_4: Step = &[
    cut("al"),
    cut("ance"),
    cut("ence"),
    cut("er"),
    cut("ic"),
    cut("able"),
    cut("ible"),
    cut("ant"),
    cut("ement"),
    cut("ment"),
    cut("ent"),
    Rule("ion", "", When::IonAfterSOrT),
    cut("ou"),
    cut("ism"),
    cut("ate"),
    cut("iti"),
    cut("ous"),
    cut("ive"),
    cut("ize"),
];

/// Whole words that no rule gets right.
pub(super) const IRREGULAR: &[(&str, &str)] = &[
    ("sky", "sky"),
    ("skies", "sky"),
    ("dying", "die"),
    ("lying", "lie"),
    ("tying", "tie"),
    ("news", "news"),
    ("innings", "inning"),
    ("inning", "inning"),
    ("outings", "outing"),
    ("outing", "outing"),
    ("cannings", "canning"),
    ("canning", "canning"),
    ("howe", "howe"),
    ("proceed", "proceed"),
    ("exceed", "exceed"),
    ("succeed", "succeed"),
];
