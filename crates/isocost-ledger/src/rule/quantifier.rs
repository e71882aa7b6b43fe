use super::ast::Quantifier;
use super::scan::{Cursor, is_reserved};

/// `all`, `any`, `at least 4 of 6`, `≥4/6`.
pub(super) fn quantifier(cursor: &mut Cursor<'_>) -> Option<Quantifier> {
    match cursor.peek_name() {
        word @ ("all" | "every" | "each") => cursor.word(word).then_some(Quantifier::All),
        "any" => cursor.word("any").then_some(Quantifier::Any),
        "at" => {
            cursor.word("at");
            cursor.skip_blanks();
            if !cursor.word("least") {
                return None;
            }
            counted(cursor)
        }
        _ => (cursor.eat("≥") || cursor.eat(">=")).then(|| counted(cursor))?,
    }
}

fn counted(cursor: &mut Cursor<'_>) -> Option<Quantifier> {
    let count = count(cursor)?;
    let mut look = *cursor;
    look.skip_blanks();
    let of = if look.eat("/") || look.word("of") { count_or_none(&mut look)? } else { None };
    if of.is_some() {
        *cursor = look;
    }
    Some(Quantifier::AtLeast { count, of })
}

/// The total after `of`; the article in `of the 6` is skipped.
#[expect(clippy::option_option, reason = "the outer one stops the parse, as everywhere in this file")]
fn count_or_none(cursor: &mut Cursor<'_>) -> Option<Option<u32>> {
    cursor.skip_blanks();
    let _ = cursor.word("the");
    Some(Some(count(cursor)?))
}

fn count(cursor: &mut Cursor<'_>) -> Option<u32> {
    const WORDS: &[&str] =
        &["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    cursor.skip_blanks();
    let word = cursor.name()?;
    WORDS.iter().zip(0..).find_map(|(known, n)| (*known == word).then_some(n)).or_else(|| word.parse().ok())
}

/// The name of an axis, in the singular for the usual ones.
pub(super) fn axis(cursor: &mut Cursor<'_>) -> Option<String> {
    cursor.skip_blanks();
    let _ = cursor.word("the");
    cursor.skip_blanks();
    let name = cursor.name().filter(|name| !is_reserved(name) && !name.starts_with(char::is_numeric))?;
    let known = ["budget", "seed", "method", "arm", "split", "metric", "config", "item"];
    let singular = name.strip_suffix('s').filter(|singular| known.contains(singular));
    Some(singular.unwrap_or(name).to_owned())
}
