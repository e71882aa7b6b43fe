use std::ops::Range;

/// Longest text that is read here; what is longer is left to the grammar and its limits.
const MAX_LEN: usize = 1 << 20;
/// Words that mean something to the shell wherever a command may start.
const RESERVED: &[&str] = &[
    "case", "coproc", "do", "done", "elif", "else", "esac", "fi", "for", "function", "if", "in", "select",
    "then", "time", "until", "while",
];

/// Bytes of the words of a text that is one simple command of bare words: no quotes, expansions, operators or reserved
/// words. Most commands of a ledger are of this kind, and cutting at blanks reads them as the full grammar does.
///
/// `masked` is `text` with its holes filled. `None` if the grammar is needed.
pub(super) fn bare_words(text: &str, masked: &str) -> Option<Vec<Range<usize>>> {
    let all_bare = masked.bytes().all(is_bare);
    if !all_bare || masked.len() > MAX_LEN || text.len() != masked.len() {
        return None;
    }
    let mut words = Vec::new();
    let mut at = 0;
    for word in masked.split(' ') {
        let span = at..at + word.len();
        at = span.end + 1;
        if word.is_empty() {
            continue;
        }
        if RESERVED.contains(&word) || word.contains("+=") {
            return None;
        }
        words.push(span);
    }
    (!words.is_empty()).then_some(words)
}

fn is_bare(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(byte, b' ' | b'_' | b'.' | b'/' | b':' | b',' | b'=' | b'@' | b'%' | b'+' | b'*' | b'-')
}

/// The name that a word in front of a command assigns to.
pub(super) fn assigned_name(word: &str) -> Option<&str> {
    let (name, _) = word.split_once('=')?;
    let named = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    (named && name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')).then_some(name)
}
