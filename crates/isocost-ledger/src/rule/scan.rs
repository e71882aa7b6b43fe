use std::ops::Range;

/// Words that are not names. A field of that name is written `$.and`.
const RESERVED: &[&str] = &["and", "or", "not", "in", "includes", "true", "false", "null"];

pub(super) fn is_reserved(word: &str) -> bool {
    RESERVED.contains(&word)
}

fn is_name_char(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Length in bytes of the name at the start of `text`: letters, digits, `_`, and hyphens with such a character on both sides.
pub(super) fn name_len(text: &str) -> usize {
    let mut end = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let inner_hyphen = c == '-' && end > 0 && chars.peek().is_some_and(|&(_, next)| is_name_char(next));
        if !is_name_char(c) && !inner_hyphen {
            break;
        }
        end = at + c.len_utf8();
    }
    end
}

pub(super) fn is_name(text: &str) -> bool {
    !text.is_empty() && name_len(text) == text.len()
}

/// Whether a name ends in a hyphen and something that starts with a digit, as `x-0` does.
pub(super) fn has_numeric_tail(name: &str) -> bool {
    name.rsplit_once('-').is_some_and(|(_, tail)| tail.starts_with(|c: char| c.is_ascii_digit()))
}

/// Length in bytes of the file name at the start of `text`, if there is one: a path whose last part has an extension.
fn file_len(text: &str) -> Option<usize> {
    let end =
        text.find(|c: char| !(is_name_char(c) || matches!(c, '@' | '/' | '.' | '-'))).unwrap_or(text.len());
    let name = text.get(..end)?;
    let (stem, extension) = name.rsplit('/').next()?.rsplit_once('.')?;
    let named = !stem.is_empty() && extension.starts_with(char::is_alphabetic) && is_name(extension);
    named.then_some(end)
}

/// Whether a file name needs no quotes in a rule.
pub(super) fn is_bare_file(text: &str) -> bool {
    file_len(text) == Some(text.len())
}

/// A position in the text of a rule.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cursor<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Cursor<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, at: 0 }
    }

    pub(super) fn at(&self) -> usize {
        self.at
    }

    pub(super) fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or("")
    }

    pub(super) fn since(&self, start: usize) -> &'t str {
        self.text.get(start..self.at).unwrap_or("")
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Whether the character before the cursor is a blank, or there is none.
    pub(super) fn after_blank(&self) -> bool {
        self.text.get(..self.at).unwrap_or("").chars().next_back().is_none_or(char::is_whitespace)
    }

    pub(super) fn bump(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += c.len_utf8();
        Some(c)
    }

    pub(super) fn skip_blanks(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
    }

    /// Goes past `token` if the text continues with it.
    pub(super) fn eat(&mut self, token: &str) -> bool {
        let found = self.rest().starts_with(token);
        if found {
            self.at += token.len();
        }
        found
    }

    /// The name at the cursor, if there is one.
    pub(super) fn name(&mut self) -> Option<&'t str> {
        let start = self.at;
        self.at += name_len(self.rest());
        (self.at > start).then(|| self.since(start))
    }

    /// The name at the cursor without going past it; empty if there is none.
    pub(super) fn peek_name(&self) -> &'t str {
        let rest = self.rest();
        rest.get(..name_len(rest)).unwrap_or("")
    }

    /// Goes past the word if the text continues with it as a whole word.
    pub(super) fn word(&mut self, word: &str) -> bool {
        let found = self.peek_name() == word;
        if found {
            self.at += word.len();
        }
        found
    }

    /// A bare file name and the colon after it.
    pub(super) fn file_prefix(&mut self) -> Option<&'t str> {
        let rest = self.rest();
        let len = file_len(rest)?;
        let (file, after) = rest.split_at_checked(len)?;
        after.starts_with(':').then(|| {
            self.at += len + 1;
            file
        })
    }

    /// A number with its sign and its unit: the text, and the value. Nothing if no digit follows.
    pub(super) fn number(&mut self) -> Option<(&'t str, f64)> {
        let start = self.at;
        let mut look = *self;
        if matches!(look.peek(), Some('+' | '-' | '−')) {
            look.bump();
        }
        if !look.digits() {
            return None;
        }
        let mut fraction = look;
        if fraction.eat(".") && fraction.digits() {
            look = fraction;
        }
        let mut exponent = look;
        if exponent.eat("e") || exponent.eat("E") {
            if matches!(exponent.peek(), Some('+' | '-')) {
                exponent.bump();
            }
            if exponent.digits() {
                look = exponent;
            }
        }
        let digits = look.since(start);
        let plain: f64 = digits.replace('−', "-").parse().ok()?;
        let unit = if look.eat("%") || look.word("pp") { 100.0 } else { 1.0 };
        *self = look;
        Some((self.since(start), plain / unit))
    }

    fn digits(&mut self) -> bool {
        let rest = self.rest();
        let len = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        self.at += len;
        len > 0
    }

    /// The rest of a quoted text, up to and including `quote`. `None` if it does not end.
    pub(super) fn quoted(&mut self, quote: char) -> Option<String> {
        let mut text = String::new();
        loop {
            match self.bump()? {
                c if c == quote => return Some(text),
                '\\' => text.push(match self.bump()? {
                    'n' => '\n',
                    't' => '\t',
                    'r' => '\r',
                    other => other,
                }),
                c => text.push(c),
            }
        }
    }

    /// The span of what stands at the cursor, for a message: a word, or one character, or nothing at the end.
    pub(super) fn token_span(&self) -> Range<usize> {
        let len = match name_len(self.rest()) {
            0 => self.peek().map_or(0, char::len_utf8),
            len => len,
        };
        self.at..self.at + len
    }

    pub(super) fn text_of(&self, span: &Range<usize>) -> &'t str {
        self.text.get(span.clone()).unwrap_or("")
    }
}
