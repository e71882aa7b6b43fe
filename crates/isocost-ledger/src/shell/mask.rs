use std::iter::Peekable;
use std::ops::Range;
use std::str::CharIndices;

use super::analysis::Mark;

/// A text made ready for the shell parser, with what was taken out of it.
///
/// Holes such as `<ts>` would be read as redirections. Here-documents are taken out too: their bodies are data, and the
/// parser does not come to an end on some malformed ones. The masked text has the same number of characters.
pub(super) struct Masked {
    pub(super) text: String,
    pub(super) holes: Vec<Mark>,
    pub(super) heredocs: Vec<RawHereDoc>,
}

/// A here-document as it stands in the text.
pub(super) struct RawHereDoc {
    /// Byte of the first `<`. In the masked text a plain `<` stands there.
    pub(super) at: usize,
    /// Bytes of the tag, quotes included.
    pub(super) tag_span: Range<usize>,
    pub(super) tag: String,
    pub(super) quoted: bool,
    strip_tabs: bool,
    pub(super) body: String,
}

/// Takes holes and here-documents out of a text. Single-quoted text, comments and bodies hold neither.
pub(super) fn mask(text: &str) -> Masked {
    let mut scan = Scan::new(text);
    if text.contains('<') {
        scan.run();
    }
    let mut masked = String::with_capacity(text.len());
    let mut at = 0;
    for (span, fill) in &scan.edits {
        masked.push_str(text.get(at..span.start).unwrap_or(""));
        let hidden = text.get(span.clone()).unwrap_or("");
        masked.extend(hidden.chars().map(|c| if c == '\n' { c } else { *fill }));
        at = span.end;
    }
    masked.push_str(text.get(at..).unwrap_or(""));
    Masked { text: masked, holes: scan.holes, heredocs: scan.heredocs }
}

/// Tags of the here-documents that are announced in `text`, which is one logical line: `(tag, strip tabs)`.
pub(super) fn heredoc_tags(line: &str) -> Vec<(String, bool)> {
    let mut scan = Scan::new(line);
    scan.stay_on_line = true;
    scan.run();
    scan.heredocs.into_iter().map(|doc| (doc.tag, doc.strip_tabs)).collect()
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
    /// Here-documents from this one on wait for their bodies.
    pending: usize,
    heredocs: Vec<RawHereDoc>,
    holes: Vec<Mark>,
    /// Bytes that are hidden, in order, and by which character.
    edits: Vec<(Range<usize>, char)>,
}

impl<'t> Scan<'t> {
    fn new(text: &'t str) -> Self {
        Self {
            text,
            chars: text.char_indices().peekable(),
            quote: None,
            word_start: true,
            stay_on_line: false,
            pending: 0,
            heredocs: Vec::new(),
            holes: Vec::new(),
            edits: Vec::new(),
        }
    }

    fn run(&mut self) {
        while let Some((at, c)) = self.chars.next() {
            let word_start = std::mem::replace(&mut self.word_start, c.is_whitespace() || ";&|(".contains(c));
            match (self.quote, c) {
                (Some('\''), '\'') | (Some('"'), '"') => self.quote = None,
                (Some(_), '<') => self.quoted_bracket(at),
                (Some('\''), _) => {}
                (None, '\'' | '"') => self.quote = Some(c),
                (_, '\\') => {
                    self.chars.next();
                }
                (None, '#') if word_start => {
                    let end = self.line_end(at);
                    self.hide(at + 1..end, '#');
                    self.skip_to(end);
                }
                (None, '\n') if self.pending < self.heredocs.len() && !self.stay_on_line => {
                    self.bodies(at + 1);
                }
                (None, '<') if self.continues(at, "<<") => self.heredoc(at),
                (None, '<') => self.hole(at, Looks::Loose),
                _ => {}
            }
        }
    }

    fn continues(&self, at: usize, token: &str) -> bool {
        self.text.get(at..).is_some_and(|rest| rest.starts_with(token))
    }

    fn hide(&mut self, span: Range<usize>, fill: char) {
        if !span.is_empty() {
            self.edits.push((span, fill));
        }
    }

    /// A `<` in quotes: never a here-document, whatever the parser thinks of it.
    fn quoted_bracket(&mut self, at: usize) {
        if self.quote == Some('"') {
            let holes = self.holes.len();
            self.hole(at, Looks::Plain);
            if self.holes.len() > holes {
                return;
            }
        }
        self.hide(at..at + 1, '_');
    }

    fn hole(&mut self, at: usize, looks: Looks) {
        let Some(end) = hole_end(self.text, at, looks) else { return };
        let text = self.text.get(at..end).unwrap_or("").to_owned();
        self.holes.push(Mark { text, span: at..end });
        self.hide(at..end, '_');
        self.skip_to(end);
    }

    fn line_end(&self, at: usize) -> usize {
        let rest = self.text.get(at..).unwrap_or("");
        at + rest.find('\n').unwrap_or(rest.len())
    }

    fn skip_to(&mut self, end: usize) {
        while self.chars.next_if(|&(at, _)| at < end).is_some() {}
    }

    /// Takes the bodies of the pending here-documents, the first of which starts at `at`.
    fn bodies(&mut self, mut at: usize) {
        let from = at;
        while let Some(doc) = self.heredocs.get_mut(self.pending) {
            self.pending += 1;
            while at < self.text.len() {
                let rest = self.text.get(at..).unwrap_or("");
                let len = rest.find('\n').map_or(rest.len(), |end| end + 1);
                let line = rest.get(..len).unwrap_or("");
                at += len;
                let line = if doc.strip_tabs { line.trim_start_matches('\t') } else { line };
                if line.trim_end_matches(['\n', '\r']) == doc.tag {
                    break;
                }
                doc.body.push_str(line);
            }
        }
        self.hide(from..at, ' ');
        self.skip_to(at);
        self.word_start = true;
    }

    /// `<<TAG`, `<<-TAG`, `<<'TAG'`; `<<<` is a here-string, `1 << 2` arithmetic.
    fn heredoc(&mut self, at: usize) {
        if self.continues(at, "<<<") {
            self.skip_to(at + 3);
            return;
        }
        let rest = self.text.get(at + 2..).unwrap_or("");
        let (strip_tabs, rest) = rest.strip_prefix('-').map_or((false, rest), |rest| (true, rest));
        let rest = rest.trim_start_matches([' ', '\t']);
        let tag_start = self.text.len() - rest.len();
        let end = rest.find(|c: char| c.is_whitespace() || "<>|&;()".contains(c)).unwrap_or(rest.len());
        let typed = rest.get(..end).unwrap_or("");
        let quoted = typed.contains(['\'', '"', '\\']);
        let tag = typed.replace(['\'', '"', '\\'], "");
        let plain = tag.starts_with(|c: char| c.is_alphabetic() || c == '_') && !tag.contains(['$', '`']);
        if plain {
            let tag_span = tag_start..tag_start + end;
            self.hide(at + 1..tag_span.end, '_');
            self.skip_to(tag_span.end);
            self.heredocs.push(RawHereDoc { at, tag_span, tag, quoted, strip_tabs, body: String::new() });
        } else {
            self.skip_to(at + 2);
        }
    }
}

/// What may be a hole at a place.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Looks {
    /// Several words, as in `<selected configs>`.
    Loose,
    /// One plain word, for text in quotes.
    Plain,
}

/// The end of the hole that starts with the `<` at `at`.
///
/// A hole starts with a letter directly behind `<` and ends with `>` directly behind a character that is no blank, on one
/// line. `cmd <in.txt >out` has a blank there; `cmd<in.txt>out` has a dot in its only word, and is a hole only where it
/// goes on a word, as in `X=<metrics.json>`.
fn hole_end(text: &str, at: usize, looks: Looks) -> Option<usize> {
    let inner = text.get(at + 1..)?;
    let close = inner.find(['>', '<', '\n', ';', '"', '\'', '`', '$', '(', ')'])?;
    let (name, rest) = inner.split_at_checked(close)?;
    let named = rest.starts_with('>')
        && name.starts_with(char::is_alphabetic)
        && !name.ends_with(char::is_whitespace);
    let one_word = !name.contains(char::is_whitespace);
    let plain = name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | ':'));
    let goes_on = text.get(..at).is_some_and(|before| before.ends_with(['=', '/', '_']));
    let allowed = if looks == Looks::Loose { !one_word || goes_on || !name.contains('.') } else { plain };
    (named && allowed).then_some(at + 1 + close + 1)
}
