//! The tokeniser "13a" of WMT's `mteval-v13a.pl`, as sacrebleu has it.

use super::whitespace::words;

/// The tokens of a text, case kept.
///
/// Source: sacrebleu 2.6 `tokenizer_13a` and `tokenizer_re`: `<skipped>` and hyphenated line breaks go; four XML entities are unescaped;
/// ASCII punctuation other than `'`, `,`, `-` and `.` stands alone; `.` and `,` do unless a digit is on both sides; `-` does after a
/// digit. "Digit" is 0–9 only.
pub fn tokenize_13a(text: &str) -> Vec<String> {
    let text = text.trim_end_matches(super::whitespace::is_space);
    let text = text.replace("<skipped>", "").replace("-\n", "").replace('\n', " ");
    // One after the other: "&amp;lt;" becomes "&lt;" and then "<".
    let text = text.replace("&quot;", "\"").replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">");
    let mut line: Vec<char> = format!(" {text} ").chars().collect();
    line = isolate_punctuation(&line);
    line = after_other_than_digit(&line);
    line = before_other_than_digit(&line);
    line = dash_after_digit(&line);
    words(&line.into_iter().collect::<String>()).map(str::to_owned).collect()
}

fn stands_alone(c: char) -> bool {
    c.is_ascii() && matches!(c, '{'..='~' | '['..='`' | ' '..='&' | '('..='+' | ':'..='@' | '/')
}

fn isolate_punctuation(line: &[char]) -> Vec<char> {
    let mut out = Vec::with_capacity(2 * line.len());
    for c in line {
        if stands_alone(*c) { out.extend([' ', *c, ' ']) } else { out.push(*c) }
    }
    out
}

fn is_point(c: char) -> bool {
    c == '.' || c == ','
}

/// `([^0-9])([.,])` → `\1 \2 `: pairs do not overlap, so of two points in a row the first may be taken as the character before the second.
fn after_other_than_digit(line: &[char]) -> Vec<char> {
    rewrite_pairs(line, |a, b| (!a.is_ascii_digit() && is_point(b)).then_some([a, ' ', b, ' ']))
}

/// `([.,])([^0-9])` → ` \1 \2`.
fn before_other_than_digit(line: &[char]) -> Vec<char> {
    rewrite_pairs(line, |a, b| (is_point(a) && !b.is_ascii_digit()).then_some([' ', a, ' ', b]))
}

/// `([0-9])(-)` → `\1 \2 `.
fn dash_after_digit(line: &[char]) -> Vec<char> {
    rewrite_pairs(line, |a, b| (a.is_ascii_digit() && b == '-').then_some([a, ' ', b, ' ']))
}

/// Replaces non-overlapping pairs from the left, as a regular expression of two characters does.
fn rewrite_pairs(line: &[char], rule: impl Fn(char, char) -> Option<[char; 4]>) -> Vec<char> {
    let mut out = Vec::with_capacity(2 * line.len());
    let mut rest = line;
    while let Some((first, after)) = rest.split_first() {
        let replaced = after.first().and_then(|second| rule(*first, *second));
        if let Some(four) = replaced {
            out.extend(four);
            rest = after.get(1..).unwrap_or_default();
        } else {
            out.push(*first);
            rest = after;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_between_digits_stay_and_others_part() {
        assert_eq!(
            tokenize_13a("RUL, 3.5-5mm (new)."),
            ["RUL", ",", "3.5", "-", "5mm", "(", "new", ")", "."]
        );
        assert_eq!(tokenize_13a("can't re-do"), ["can't", "re-do"]);
    }

    #[test]
    fn entities_are_unescaped_one_after_the_other() {
        assert_eq!(tokenize_13a("a &amp;lt; b"), ["a", "<", "b"]);
        assert_eq!(tokenize_13a(""), Vec::<String>::new());
    }
}
