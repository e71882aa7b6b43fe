//! Numbers with what they measure (spec §1.4, §9).

use crate::model::Measurement;
use crate::parse::lex::number::{Number, number_at};
use crate::parse::lex::split::find_split;
use crate::text::Piece;

/// Longest subject looked for before a number.
const LONGEST_SUBJECT: usize = 90;
/// Most words of a subject.
const MOST_WORDS: usize = 3;
/// Words that end what came before a subject.
const JOINTS: &[&str] =
    &[" vs ", " and ", " with ", " to ", " on ", " is ", " are ", " of ", ". ", " + ", "vs ", " at "];

/// Most numbers read of one statement. A person writes some dozens; a table of raw data pasted into one line has millions,
/// and stays text.
const MOST_NUMBERS: usize = 10_000;

/// The numbers of a text that follow `=` or `≈`, and those in code after `vs`: the first [`MOST_NUMBERS`] of them.
pub(super) fn measurements(text: Piece<'_>) -> Vec<Measurement> {
    let mut found: Vec<Measurement> = Vec::new();
    let bytes = text.as_str().as_bytes();
    let mut floor = 0;
    for at in memchr::memchr3_iter(b'=', 0xE2, b'`', bytes) {
        if found.len() >= MOST_NUMBERS {
            break;
        }
        let rest = bytes.get(at..).unwrap_or_default();
        let sign = match rest {
            [b'=', ..] => Sign { at, length: 1, approximate: false },
            [0xE2, 0x89, 0x88, ..] => Sign { at, length: 3, approximate: true },
            [b'`', ..] => {
                if let Some(measurement) = after_vs(text, at, &found) {
                    floor = measurement.text.span.end as usize - text.start();
                    found.push(measurement);
                }
                continue;
            }
            _ => continue,
        };
        if let Some(measurement) = measurement(text, sign, floor) {
            floor = measurement.text.span.end as usize - text.start();
            found.push(measurement);
        }
    }
    found
}

#[derive(Debug, Clone, Copy)]
struct Sign {
    at: usize,
    length: usize,
    approximate: bool,
}

fn measurement(text: Piece<'_>, sign: Sign, floor: usize) -> Option<Measurement> {
    let before = text.as_str().get(..sign.at)?;
    if !sign.approximate && before.ends_with(['<', '>', '!', '=', '≥', '≤']) {
        return None;
    }
    let mut from = sign.at + sign.length;
    from += usize::from(text.as_str().get(from..)?.starts_with('`'));
    let number = free_number(text.as_str().get(from..)?)?;
    let subject = subject(text, sign.at, floor)?;
    let whole = text.cut(subject.start() - text.start(), from + number.length);
    Some(Measurement {
        subject: subject.as_str().to_owned(),
        value: number.value,
        decimals: number.decimals,
        approximate: sign.approximate,
        spread: number.spread,
        text: whole.to_text(),
    })
}

/// A number that is not part of a list, range, ratio, date or name.
fn free_number(text: &str) -> Option<Number> {
    let number = number_at(text)?;
    let rest = text.get(number.length..)?;
    let mut chars = rest.chars();
    let (next, after) = (chars.next(), chars.next());
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit() || c == '+' || c == '-');
    let bound = match next {
        Some('.') => after.is_some_and(|c| c == '.' || c.is_alphanumeric()),
        Some('/' | ',' | '-' | '~' | '→' | '×' | '±') => digit(after),
        Some(c) => c.is_alphanumeric() || c == '_',
        None => false,
    };
    (!bound).then_some(number)
}

fn subject(text: Piece<'_>, at: usize, floor: usize) -> Option<Piece<'_>> {
    let mut low = at.saturating_sub(LONGEST_SUBJECT).max(floor);
    while low < at && !text.as_str().is_char_boundary(low) {
        low += 1;
    }
    let window = text.cut(low, at).trim_end();
    let window = window.strip_suffix("`").unwrap_or(window).trim_end();
    let group = group_start(window.as_str());
    let head = window.take(group);
    let cut = head.as_str().rfind([';', ',', '(', ')', ':', '>', '<', '|', '→', '`', '\n', '=', '：', '（']);
    let cut = cut.map_or(0, |at| {
        at + head.as_str().get(at..).and_then(|t| t.chars().next()).map_or(1, char::len_utf8)
    });
    let start = cut + last_joint_end(head.skip(cut).as_str());
    let words = without_split(last_words(window.skip(start).trim(), group.saturating_sub(start)));
    (!words.is_empty() && words.as_str().chars().any(char::is_alphanumeric)).then_some(words)
}

/// After the last joint of a text; 0 without one. All joints end in a blank.
fn last_joint_end(text: &str) -> usize {
    let ends = memchr::memrchr_iter(b' ', text.as_bytes()).map(|blank| blank + 1);
    let is_joint = |end: &usize| {
        text.as_bytes()
            .get(..*end)
            .is_some_and(|before| JOINTS.iter().any(|joint| before.ends_with(joint.as_bytes())))
    };
    ends.into_iter().find(is_joint).unwrap_or(0)
}

/// Where the parenthesis that a subject ends with begins: `p(anchored vs uniform)`.
fn group_start(window: &str) -> usize {
    if !window.ends_with(')') {
        return window.len();
    }
    let mut depth = 0usize;
    for (at, byte) in window.bytes().enumerate().rev() {
        match byte {
            b')' => depth += 1,
            b'(' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return at;
                }
            }
            _ => {}
        }
    }
    window.len()
}

/// `test402 anchored` measures `anchored`; the split is context.
fn without_split(subject: Piece<'_>) -> Piece<'_> {
    match subject.split_once(" ") {
        Some((word, rest)) if find_split(word.as_str()).is_some_and(|split| split.nominal.is_some()) => {
            rest.trim_start()
        }
        _ => subject,
    }
}

fn last_words(subject: Piece<'_>, group: usize) -> Piece<'_> {
    let head = subject.as_str().get(..group.min(subject.len())).unwrap_or(subject.as_str());
    let from = head.rmatch_indices(' ').nth(MOST_WORDS - 1).map_or(0, |(at, _)| at + 1);
    let subject = subject.skip(from);
    subject
        .skip(subject.len() - subject.as_str().trim_start_matches(['*', '"', '\'', '~', '+', '-', ' ']).len())
}

/// `vs `0.3346±0.0021` (uniform; …)`: a mean whose arm follows it.
fn after_vs(text: Piece<'_>, at: usize, before: &[Measurement]) -> Option<Measurement> {
    if !text.as_str().get(..at)?.ends_with("vs ") {
        return None;
    }
    let number = free_number(text.as_str().get(at + 1..)?)?;
    let end = at + 1 + number.length;
    let rest = text.as_str().get(end..)?.strip_prefix('`')?;
    let arm = rest
        .strip_prefix(" (")
        .and_then(|arm| arm.split([';', ',', ')']).next())
        .filter(|arm| !arm.contains('='));
    let subject = arm.map(str::to_owned).or_else(|| before.last().map(|m| m.subject.clone()))?;
    Some(Measurement {
        subject,
        value: number.value,
        decimals: number.decimals,
        approximate: false,
        spread: number.spread,
        text: text.cut(at + 1, end).to_text(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(String, f64, u32)> {
        measurements(Piece::new(text)).into_iter().map(|m| (m.subject, m.value, m.decimals)).collect()
    }

    fn subjects(text: &str) -> Vec<String> {
        read(text).into_iter().map(|(subject, ..)| subject).collect()
    }

    #[test]
    fn subject_value_and_precision_are_read() {
        assert_eq!(
            read("test402 anchored_top2.mean=0.72025 vs uniform.mean=0.71622 (Δ=+0.00403; p≈0.383)"),
            [
                ("anchored_top2.mean".to_owned(), 0.72025, 5),
                ("uniform.mean".to_owned(), 0.71622, 5),
                ("Δ".to_owned(), 0.00403, 5),
                ("p".to_owned(), 0.383, 3)
            ]
        );
    }

    #[test]
    fn of_millions_of_numbers_in_one_statement_the_first_are_read() {
        let text = "a=0.1; ".repeat(MOST_NUMBERS + 5);
        assert_eq!(measurements(Piece::new(&text)).len(), MOST_NUMBERS);
    }

    #[test]
    fn subjects_end_at_separators() {
        assert_eq!(subjects("(k=2; Δ0 ours=0.207 > rand=0.194)"), ["k", "Δ0 ours", "rand"]);
        assert_eq!(
            subjects("random=0.7268; p(anchored vs uniform)=0.239"),
            ["random", "p(anchored vs uniform)"]
        );
        assert_eq!(
            subjects("`predicted Δ≈+0.01241` with `p≈0.00302`; (mean `≈0.02685`)"),
            ["predicted Δ", "p", "mean"]
        );
        assert_eq!(
            subjects("mAP=`0.4028±0.0048` (anchored) vs `0.3346±0.0021` (uniform; Δ=+0.0681)"),
            ["mAP", "uniform", "Δ"]
        );
    }

    #[test]
    fn lists_ranges_ratios_dates_and_thresholds_are_no_measurements() {
        for text in [
            "SEEDS=0..9",
            "SEEDS=0,1",
            "x=160/224/352",
            "Date=2026-02-09",
            "n=3x",
            "Δ>=+0.02",
            "p<=0.05",
            "a!=0.1",
            "==1",
            "Δ≈+0.00589~+0.00837",
            "v=1.2.3",
            "best=`ltl_x`",
        ] {
            assert_eq!(subjects(text), Vec::<String>::new(), "{text}");
        }
    }
}
