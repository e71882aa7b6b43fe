//! String literals of Python text, even with its newlines flattened.

use crate::text::Piece;

/// One string literal: its inside, and where the literal begins and ends.
#[derive(Debug, Clone, Copy)]
pub(super) struct Literal<'a> {
    pub(super) text: Piece<'a>,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// The string literals of a text with single or double quotes. Banners (`# ---…---`) are comments; other comments
/// cannot be told apart once newlines are gone, so an unpaired quote in one may swallow a literal.
pub(super) fn literals(text: Piece<'_>) -> Vec<Literal<'_>> {
    let bytes = text.as_str().as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        if !matches!(byte, b'"' | b'\'') || is_apostrophe(bytes, at) {
            at += 1;
            continue;
        }
        let Some(close) = closing(bytes, at) else { break };
        found.push(Literal {
            text: text.cut(at + 1, close),
            start: text.start() + at,
            end: text.start() + close + 1,
        });
        at = close + 1;
    }
    found
}

/// `don't`: a quote between letters. A letter before a quote is otherwise a prefix such as `f` or `r`.
fn is_apostrophe(bytes: &[u8], at: usize) -> bool {
    let letter = |i: Option<usize>| i.and_then(|i| bytes.get(i)).is_some_and(u8::is_ascii_alphabetic);
    let two_before = letter(at.checked_sub(1)) && letter(at.checked_sub(2));
    bytes.get(at) == Some(&b'\'') && two_before && letter(Some(at + 1))
}

fn closing(bytes: &[u8], open: usize) -> Option<usize> {
    let quote = *bytes.get(open)?;
    let mut at = open + 1;
    loop {
        match *bytes.get(at)? {
            b'\\' => at += 2,
            byte if byte == quote => return Some(at),
            _ => at += 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_keep_escapes_and_skip_apostrophes() {
        let text = Piece::new(r#"x = f"a \" b" + 'c' # don't "#);
        let found: Vec<_> = literals(text).iter().map(|l| l.text.as_str()).collect();
        assert_eq!(found, [r#"a \" b"#, "c"]);
    }
}
