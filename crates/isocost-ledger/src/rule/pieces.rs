//! A line of Markdown taken apart into code spans, notes in parentheses and the prose between.

/// One piece of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// The content of a code span.
    Code(String),
    /// The content of parentheses that stand apart from a word, backticks included.
    Note(String),
    /// Anything else.
    Prose(String),
}

/// Takes a line apart. Brackets of a path or call in prose, as in `Δ(a-b)`, stay in the prose.
pub(super) fn pieces(line: &str) -> Vec<Piece> {
    let mut out = Vec::new();
    let mut prose = String::new();
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        let after = rest.get(c.len_utf8()..).unwrap_or("");
        let apart = prose.chars().next_back().is_none_or(char::is_whitespace);
        let found = match c {
            '`' => {
                after.find('`').map(|end| (Piece::Code(after.get(..end).unwrap_or("").to_owned()), end + 1))
            }
            '(' if apart => {
                closing(after).map(|end| (Piece::Note(after.get(..end).unwrap_or("").to_owned()), end + 1))
            }
            _ => None,
        };
        if let Some((piece, len)) = found {
            flush(&mut prose, &mut out);
            out.push(piece);
            rest = after.get(len..).unwrap_or("");
        } else {
            prose.push(c);
            rest = after;
        }
    }
    flush(&mut prose, &mut out);
    out
}

fn flush(prose: &mut String, out: &mut Vec<Piece>) {
    if !prose.trim().is_empty() {
        out.push(Piece::Prose(std::mem::take(prose)));
    }
    prose.clear();
}

/// Where the parenthesis that is already open closes.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 1_usize;
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(at);
        }
    }
    None
}

/// Splits pieces at separators in the prose: `,` `;` outside brackets, and ` + ` and the word `plus`.
pub(super) fn split(pieces: Vec<Piece>, separators: &[char]) -> Vec<Vec<Piece>> {
    let mut chunks: Vec<Vec<Piece>> = vec![Vec::new()];
    for piece in pieces {
        let Piece::Prose(text) = piece else {
            if let Some(chunk) = chunks.last_mut() {
                chunk.push(piece);
            }
            continue;
        };
        for (index, part) in split_prose(&text, separators).into_iter().enumerate() {
            if index > 0 {
                chunks.push(Vec::new());
            }
            if let Some(chunk) = chunks.last_mut().filter(|_| !part.trim().is_empty()) {
                chunk.push(Piece::Prose(part));
            }
        }
    }
    chunks.retain(|chunk| !chunk.is_empty());
    chunks
}

fn split_prose(text: &str, separators: &[char]) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut depth = 0_usize;
    let mut rest = text;
    let lists = separators.contains(&'+');
    while let Some(c) = rest.chars().next() {
        let after = rest.get(c.len_utf8()..).unwrap_or("");
        match c {
            '[' | '(' | '{' => depth += 1,
            ']' | ')' | '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        let blank_before =
            parts.last().is_some_and(|part| part.chars().next_back().is_none_or(char::is_whitespace));
        let joined_by_plus = c == '+' && blank_before && after.chars().next().is_none_or(char::is_whitespace);
        let single = depth == 0 && ((c != '+' && separators.contains(&c)) || (lists && joined_by_plus));
        let word = rest.strip_prefix("plus ").filter(|_| lists && depth == 0 && blank_before);
        if single || word.is_some() {
            parts.push(String::new());
            rest = word.unwrap_or(after);
            continue;
        }
        if let Some(part) = parts.last_mut() {
            part.push(c);
        }
        rest = after;
    }
    parts
}

/// Whether code spans keep their marks in a text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Backticks {
    Keep,
    Drop,
}

/// The text of pieces, with or without backticks.
pub(super) fn text(pieces: &[Piece], backticks: Backticks) -> String {
    let mut out = String::new();
    for piece in pieces {
        let (around, text) = match piece {
            Piece::Code(code) if backticks == Backticks::Keep => (["`", "`"], code),
            Piece::Code(text) | Piece::Prose(text) => (["", ""], text),
            Piece::Note(note) => (["(", ")"], note),
        };
        out.extend([around[0], text, around[1]]);
    }
    out.trim().to_owned()
}
