use std::iter::Peekable;
use std::ops::Range;
use std::str::CharIndices;

use super::analysis::Mark;

/// Finds `<ts>`-like holes and blanks them out, so that the shell parser does not take them for redirections.
///
/// Returns the text with every hole replaced by characters of the same number and size, and the holes. Single-quoted text,
/// comments and the bodies of here-documents are left alone.
pub(super) fn placeholders(text: &str) -> (Option<String>, Vec<Mark>) {
    if !text.contains('<') {
        return (None, Vec::new());
    }
    let marks = Scan::new(text).run();
    if marks.is_empty() {
        return (None, marks);
    }
    let mut masked = String::with_capacity(text.len());
    let mut at = 0;
    for Mark { span, .. } in &marks {
        masked.push_str(text.get(at..span.start).unwrap_or(""));
        masked
            .extend(text.get(span.clone()).unwrap_or("").chars().map(|c| if c.is_ascii() { '_' } else { c }));
        at = span.end;
    }
    masked.push_str(text.get(at..).unwrap_or(""));
    (Some(masked), marks)
}

/// Tags of the here-documents that are announced in `text`, which is one logical line: `(tag, strip tabs)`.
pub(super) fn heredoc_tags(line: &str) -> Vec<(String, bool)> {
    let mut scan = Scan::new(line);
    scan.stay_on_line = true;
    scan.run();
    scan.pending
}

/// Whether quotes are open at the end of `text`.
pub(super) fn quotes_are_open(text: &str) -> bool {
    let mut scan = Scan::new(text);
    scan.run();
    scan.quote.is_some()
}

struct Scan<'t> {
    text: &'t str,
    chars: Peekable<CharIndices<'t>>,
    quote: Option<char>,
    word_start: bool,
    stay_on_line: bool,
    pending: Vec<(String, bool)>,
    marks: Vec<Mark>,
}

impl<'t> Scan<'t> {
    fn new(text: &'t str) -> Self {
        Self {
            text,
            chars: text.char_indices().peekable(),
            quote: None,
            word_start: true,
            stay_on_line: false,
            pending: Vec::new(),
            marks: Vec::new(),
        }
    }

    fn run(&mut self) -> Vec<Mark> {
        while let Some((at, c)) = self.chars.next() {
            let word_start = std::mem::replace(&mut self.word_start, c.is_whitespace() || ";&|(".contains(c));
            match (self.quote, c) {
                (Some('\''), '\'') | (Some('"'), '"') => self.quote = None,
                (Some('\''), _) => {}
                (None, '\'' | '"') => self.quote = Some(c),
                (_, '\\') => {
                    self.chars.next();
                }
                (None, '#') if word_start => self.skip_to(self.line_end(at)),
                (None, '\n') if !self.pending.is_empty() && !self.stay_on_line => self.skip_bodies(at + 1),
                (None, '<') if self.text.get(at..).is_some_and(|rest| rest.starts_with("<<")) => {
                    self.heredoc(at);
                }
                (_, '<') => {
                    let loose = self.quote.is_none();
                    if let Some(end) = hole(self.text, at, loose) {
                        self.mark(at..end);
                    }
                }
                _ => {}
            }
        }
        std::mem::take(&mut self.marks)
    }

    fn mark(&mut self, span: Range<usize>) {
        let text = self.text.get(span.clone()).unwrap_or("").to_owned();
        self.skip_to(span.end);
        self.marks.push(Mark { text, span });
    }

    fn line_end(&self, at: usize) -> usize {
        let rest = self.text.get(at..).unwrap_or("");
        at + rest.find('\n').unwrap_or(rest.len())
    }

    fn skip_to(&mut self, end: usize) {
        while self.chars.next_if(|&(at, _)| at < end).is_some() {}
    }

    fn skip_bodies(&mut self, mut at: usize) {
        for (tag, strip_tabs) in std::mem::take(&mut self.pending) {
            loop {
                let end = self.line_end(at);
                let line = self.text.get(at..end).unwrap_or("");
                let line = if strip_tabs { line.trim_start_matches('\t') } else { line };
                let found = line == tag;
                if end >= self.text.len() {
                    at = end;
                    break;
                }
                at = end + 1;
                if found {
                    break;
                }
            }
        }
        self.skip_to(at);
        self.word_start = true;
    }

    /// `<<TAG`, `<<-TAG`, `<<'TAG'`; `<<<` is a here-string.
    fn heredoc(&mut self, at: usize) {
        let rest = self.text.get(at + 2..).unwrap_or("");
        if rest.starts_with('<') {
            self.skip_to(at + 3);
            return;
        }
        let (strip_tabs, rest) = rest.strip_prefix('-').map_or((false, rest), |rest| (true, rest));
        let rest = rest.trim_start_matches([' ', '\t']);
        let quoted = rest.chars().next().filter(|c| matches!(c, '\'' | '"'));
        let tag = if let Some(quote) = quoted {
            rest.get(1..).and_then(|rest| rest.split_once(quote)).map_or("", |(tag, _)| tag)
        } else {
            let end = rest.find(|c: char| c.is_whitespace() || "<>|&;()".contains(c)).unwrap_or(rest.len());
            rest.get(..end).unwrap_or("").trim_start_matches('\\')
        };
        let tail =
            rest.len() - rest.find(tag).map_or(0, |start| start + tag.len() + usize::from(quoted.is_some()));
        // `1 << 2` is arithmetic.
        if tag.is_empty() || tag.starts_with(|c: char| c.is_ascii_digit()) {
            self.skip_to(at + 2);
        } else {
            self.pending.push((tag.to_owned(), strip_tabs));
            self.skip_to(self.text.len() - tail.min(self.text.len()));
        }
    }
}

/// The end of the hole that starts with the `<` at `at`.
///
/// A hole starts with a letter directly behind `<` and ends with `>` directly behind a character that is no blank, on one
/// line. `cmd <in.txt >out` has a blank there; `cmd<in.txt>out` has a dot in its only word, and is a hole only where it
/// goes on a word, as in `X=<metrics.json>`.
fn hole(text: &str, at: usize, loose: bool) -> Option<usize> {
    let inner = text.get(at + 1..)?;
    let close = inner.find(['>', '<', '\n', ';', '"', '\'', '`', '$', '(', ')'])?;
    let (name, rest) = inner.split_at_checked(close)?;
    let named = rest.starts_with('>')
        && name.starts_with(char::is_alphabetic)
        && !name.ends_with(char::is_whitespace);
    let one_word = !name.contains(char::is_whitespace);
    let plain = name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | ':'));
    let goes_on = text.get(..at).is_some_and(|before| before.ends_with(['=', '/', '_']));
    let allowed = if loose { !one_word || goes_on || !name.contains('.') } else { plain };
    (named && allowed).then_some(at + 1 + close + 1)
}
