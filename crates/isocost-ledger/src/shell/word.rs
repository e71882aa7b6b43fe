use std::ops::Range;

use super::segment::ValueFlags;

/// A word taken apart: its text without quotes, what it contains, and its outermost substitutions.
#[derive(Debug, Default)]
pub(super) struct Scanned {
    pub(super) text: String,
    pub(super) flags: ValueFlags,
    /// Bytes of the raw word, `$(` and `)` included.
    pub(super) substitutions: Vec<Range<usize>>,
}

/// Takes a word apart as a shell would before expansion. Never fails: what does not end, ends at the end.
pub(super) fn scan(raw: &str) -> Scanned {
    let special = |byte| matches!(byte, b'\'' | b'"' | b'\\' | b'$' | b'`' | b'*' | b'?' | b'[' | b'{');
    if !raw.bytes().any(special) {
        return Scanned { text: raw.to_owned(), ..Scanned::default() };
    }
    let mut out = Scanned::default();
    let mut rest = raw;
    let mut quote: Option<char> = None;
    while let Some(c) = rest.chars().next() {
        let at = raw.len() - rest.len();
        let after = rest.get(c.len_utf8()..).unwrap_or("");
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (Some('\''), _) => out.text.push(c),
            (None, '\'' | '"') => {
                quote = Some(c);
                out.flags.quoted = true;
            }
            (_, '\\') => {
                rest = escaped(after, quote, &mut out);
                continue;
            }
            (_, '$' | '`') if let Some(len) = expansion_len(rest) => {
                let (expansion, tail) = rest.split_at_checked(len).unwrap_or((rest, ""));
                let command = c == '`' || (expansion.starts_with("$(") && !expansion.starts_with("$(("));
                if command {
                    out.flags.substitution = true;
                    out.substitutions.push(at..at + expansion.len());
                } else {
                    out.flags.variable = true;
                }
                out.text.push_str(expansion);
                rest = tail;
                continue;
            }
            (None, c) => {
                out.flags.glob |= matches!(c, '*' | '?') || (c == '[' && before_close(after, b']').is_some());
                out.flags.braces |= c == '{' && is_brace_set(after);
                out.text.push(c);
            }
            (Some(_), c) => out.text.push(c),
        }
        rest = after;
    }
    out
}

/// A backslash: the next character is literal, a line end disappears. In double quotes it only escapes a few.
fn escaped<'r>(after: &'r str, quote: Option<char>, out: &mut Scanned) -> &'r str {
    let Some(next) = after.chars().next() else {
        out.text.push('\\');
        return after;
    };
    let special = quote.is_none() || matches!(next, '"' | '\\' | '$' | '`' | '\n');
    if !special {
        out.text.push('\\');
    }
    if next != '\n' {
        out.text.push(next);
        out.flags.quoted |= quote.is_none();
    }
    after.get(next.len_utf8()..).unwrap_or("")
}

/// What stands before the next closing bracket, which is only looked for nearby: a word may hold any number of open ones.
fn before_close(after: &str, close: u8) -> Option<&str> {
    const NEAR: usize = 1024;
    let end = after.bytes().take(NEAR).position(|byte| byte == close)?;
    after.get(..end)
}

fn is_brace_set(after: &str) -> bool {
    before_close(after, b'}').is_some_and(|inner| {
        !inner.contains(char::is_whitespace) && (inner.contains(',') || inner.contains(".."))
    })
}

/// Length in bytes of the expansion at the start of `text`: `$NAME`, `$1`, `${…}`, `$(…)`, `` `…` ``.
pub(super) fn expansion_len(text: &str) -> Option<usize> {
    if let Some(rest) = text.strip_prefix('`') {
        return Some(rest.find('`').map_or(text.len(), |end| end + 2));
    }
    let rest = text.strip_prefix('$')?;
    match rest.chars().next()? {
        '(' => Some(1 + balanced(rest, '(', ')')),
        '{' => Some(1 + balanced(rest, '{', '}')),
        c if c.is_ascii_alphabetic() || c == '_' => {
            let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(rest.len());
            Some(1 + end)
        }
        c if c.is_ascii_digit() || "@*#?-$!".contains(c) => Some(2),
        _ => None,
    }
}

/// Length in bytes up to and including the bracket that closes the one at the start. Quoted brackets do not count.
fn balanced(text: &str, open: char, close: char) -> usize {
    let mut depth = 0_usize;
    let mut quote: Option<char> = None;
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        match (quote, c) {
            (_, '\\') if quote != Some('\'') => {
                chars.next();
            }
            (Some(q), c) if c == q => quote = None,
            // A substitution inside double quotes has its own quotes; the brackets still balance.
            (Some('\''), _) => {}
            (None, '\'' | '"') => quote = Some(c),
            (_, c) if c == open => depth += 1,
            (_, c) if c == close => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return at + c.len_utf8();
                }
            }
            _ => {}
        }
    }
    text.len()
}
