//! Porter's stemmer with NLTK's extensions, the one that rouge-score uses.
//!
//! Sources: Porter (1980), "An algorithm for suffix stripping"; NLTK `PorterStemmer`, mode `NLTK_EXTENSIONS`. Written here because the stemmer crates
//! implement Porter's later Snowball languages, which stem other words differently.

use super::porter_rules::{IRREGULAR, Rule, STEP_1A, STEP_2, STEP_3, STEP_4};

pub(super) type Step = &'static [Rule];

/// The stem of a word of lower-case ASCII letters and digits; any other word comes back as it is.
pub fn porter_stem(word: &str) -> String {
    if word.len() <= 2 || !word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()) {
        return word.to_owned();
    }
    if let Some((_, stem)) = IRREGULAR.iter().find(|(form, _)| *form == word) {
        return (*stem).to_owned();
    }
    let mut stem = plurals(word);
    stem = past_and_progressive(&stem);
    stem = final_y(stem);
    stem = double_suffixes(stem);
    stem = apply(&stem, STEP_3).unwrap_or(stem);
    stem = apply(&stem, STEP_4).unwrap_or(stem);
    stem = final_e(stem);
    final_ll(stem)
}

/// The first rule whose suffix fits decides; `None` if it changes nothing or no suffix fits.
fn apply(word: &str, rules: Step) -> Option<String> {
    for Rule(suffix, replacement, when) in rules {
        if let Some(stem) = word.strip_suffix(suffix) {
            return when.holds(stem).then(|| format!("{stem}{replacement}"));
        }
    }
    None
}

/// Whether each letter is a consonant: y is one at the start and after a vowel.
fn consonants(word: &str) -> impl Iterator<Item = bool> {
    let mut before = false;
    word.bytes().map(move |byte| {
        before = match byte {
            b'a' | b'e' | b'i' | b'o' | b'u' => false,
            b'y' => !before,
            _ => true,
        };
        before
    })
}

/// Porter's m: how often a consonant follows a vowel.
pub(super) fn measure(word: &str) -> usize {
    let mut vowel_before = false;
    let mut count = 0;
    for consonant in consonants(word) {
        count += usize::from(consonant && vowel_before);
        vowel_before = !consonant;
    }
    count
}

fn has_vowel(word: &str) -> bool {
    consonants(word).any(|consonant| !consonant)
}

fn ends_in_consonant(word: &str) -> bool {
    consonants(word).last().unwrap_or(false)
}

fn ends_in_double_consonant(word: &str) -> bool {
    matches!(word.as_bytes(), [.., a, b] if a == b) && ends_in_consonant(word)
}

/// Consonant, vowel, consonant other than w, x, y; of a word of two letters vowel, consonant.
fn ends_cvc(word: &str) -> bool {
    let kinds: Vec<bool> = consonants(word).collect();
    match kinds.as_slice() {
        [false, true] => true,
        [.., true, false, true] => !word.ends_with(['w', 'x', 'y']),
        _ => false,
    }
}

fn plurals(word: &str) -> String {
    match word.strip_suffix("ies") {
        Some(stem) if word.len() == 4 => format!("{stem}ie"),
        _ => apply(word, STEP_1A).unwrap_or_else(|| word.to_owned()),
    }
}

fn past_and_progressive(word: &str) -> String {
    if let Some(stem) = word.strip_suffix("ied") {
        return format!("{stem}{}", if word.len() == 4 { "ie" } else { "i" });
    }
    if let Some(stem) = word.strip_suffix("eed") {
        return if measure(stem) > 0 { format!("{stem}ee") } else { word.to_owned() };
    }
    let mut stripped = ["ed", "ing"].into_iter().filter_map(|suffix| word.strip_suffix(suffix));
    stripped.find(|stem| has_vowel(stem)).map_or_else(|| word.to_owned(), mend)
}

/// Gives back what -ed and -ing took.
fn mend(stem: &str) -> String {
    if stem.ends_with("at") || stem.ends_with("bl") || stem.ends_with("iz") {
        return format!("{stem}e");
    }
    if ends_in_double_consonant(stem) {
        let keep = if stem.ends_with(['l', 's', 'z']) { stem.len() } else { stem.len() - 1 };
        return stem.get(..keep).unwrap_or(stem).to_owned();
    }
    if measure(stem) == 1 && ends_cvc(stem) { format!("{stem}e") } else { stem.to_owned() }
}

fn final_y(word: String) -> String {
    match word.strip_suffix('y') {
        Some(stem) if stem.len() > 1 && ends_in_consonant(stem) => format!("{stem}i"),
        _ => word,
    }
}

/// -alli becomes -al first, and the result goes through the rules again.
fn double_suffixes(mut word: String) -> String {
    while let Some(stem) = word.strip_suffix("alli").filter(|stem| measure(stem) > 0) {
        word = format!("{stem}al");
    }
    apply(&word, STEP_2).unwrap_or(word)
}

fn final_e(word: String) -> String {
    match word.strip_suffix('e') {
        Some(stem) if measure(stem) > 1 || (measure(stem) == 1 && !ends_cvc(stem)) => stem.to_owned(),
        _ => word,
    }
}

fn final_ll(word: String) -> String {
    match word.strip_suffix('l') {
        Some(stem) if stem.ends_with('l') && measure(stem) > 1 => stem.to_owned(),
        _ => word,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_papers_examples_and_the_extensions_come_out() {
        let pairs = [
            ("caresses", "caress"),
            ("ponies", "poni"),
            ("dies", "die"),
            ("died", "die"),
            ("spied", "spi"),
            ("agreed", "agre"),
            ("hopping", "hop"),
            ("falling", "fall"),
            ("filing", "file"),
            ("enjoy", "enjoy"),
            ("happy", "happi"),
            ("relational", "relat"),
            ("controlling", "control"),
            ("skies", "sky"),
            ("as", "as"),
        ];
        for (word, stem) in pairs {
            assert_eq!(porter_stem(word), stem, "{word}");
        }
    }

    #[test]
    fn words_of_other_letters_come_back() {
        assert_eq!(porter_stem("Größen"), "Größen");
        assert_eq!(porter_stem(""), "");
    }
}
