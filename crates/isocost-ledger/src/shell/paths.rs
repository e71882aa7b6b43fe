use std::borrow::Cow;
use std::ops::Range;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A file or directory that a command names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PathRef {
    /// As typed, quotes removed.
    pub raw: String,
    /// The same without a leading `./`, doubled or trailing slashes, and with the shell variables filled in that the text
    /// itself assigns. For `$(ls -t GLOB | head -n 1)` this is the wildcard.
    pub normalised: String,
    /// Where it was found.
    pub how: How,
    /// Whether it contains an unquoted wildcard or brace set.
    pub glob: bool,
    /// Whether it still contains `$(…)`, `${…}` or `$NAME`, or comes from a substitution, so that only a run fixes it.
    pub template: bool,
    /// The experiment whose id is part of the path.
    pub owner: Option<String>,
    /// Position of the segment.
    pub segment: usize,
    /// Bytes of the value as typed.
    pub span: Range<usize>,
}

/// Where a path was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// The value of this variable.
    Assignment(String),
    /// The value of this option.
    Option(String),
    /// The target of `>` and the like, or the source of `<`.
    Redirect,
    /// The target of a here-document that is written to a file.
    HereDoc,
    /// A word of the command.
    Argument,
}

/// `./a//b/` is `a/b`. The root stays `/`, and `.` stays itself.
pub fn normalise(path: &str) -> String {
    if !path.starts_with("./")
        && !path.ends_with('/')
        && !path.as_bytes().windows(2).any(|pair| pair == b"//")
    {
        return path.to_owned();
    }
    let mut out = String::with_capacity(path.len());
    for c in path.chars() {
        if c == '/' && out.ends_with('/') {
            continue;
        }
        out.push(c);
        if out == "./" {
            out.clear();
        }
    }
    if out.len() > 1 && out.ends_with('/') {
        out.pop();
    }
    if out.is_empty() && !path.is_empty() { ".".to_owned() } else { out }
}

/// The first experiment id in a path: a capital letter, four digits and perhaps a suffix, glued to no letter or digit.
///
/// `runs/E0161A_x/y.json` belongs to `E0161A`.
pub fn owner(path: &str) -> Option<String> {
    let bytes = path.as_bytes();
    (0..bytes.len()).find_map(|at| {
        let free = at.checked_sub(1).and_then(|before| bytes.get(before)).is_none_or(|&b| !is_word(b));
        let candidate = bytes.get(at..)?;
        let len = if free { id_len(candidate)? } else { return None };
        path.get(at..at + len).map(str::to_owned)
    })
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}

fn id_len(bytes: &[u8]) -> Option<usize> {
    let (&letter, rest) = bytes.split_first()?;
    let digits = rest.iter().take_while(|b| b.is_ascii_digit()).count();
    if !letter.is_ascii_uppercase() || digits != 4 {
        return None;
    }
    let suffix = rest.get(4..)?;
    let len = suffix_len(suffix);
    let free = suffix.get(len).is_none_or(|&b| !(b.is_ascii_alphanumeric() || b >= 0x80));
    free.then_some(5 + len)
}

/// One lower-case letter, or one or two capitals and up to two digits.
fn suffix_len(suffix: &[u8]) -> usize {
    if suffix.first().is_some_and(u8::is_ascii_lowercase) {
        return 1;
    }
    let capitals = suffix.iter().take(2).take_while(|b| b.is_ascii_uppercase()).count();
    if capitals == 0 {
        return 0;
    }
    capitals + suffix.iter().skip(capitals).take(2).take_while(|b| b.is_ascii_digit()).count()
}

const EXTENSIONS: &[&str] = &[
    "bin",
    "ckpt",
    "csv",
    "db",
    "gz",
    "h5",
    "html",
    "json",
    "jsonl",
    "log",
    "md",
    "npy",
    "npz",
    "out",
    "parquet",
    "pdf",
    "pickle",
    "pkl",
    "png",
    "pt",
    "pth",
    "py",
    "safetensors",
    "sh",
    "sqlite",
    "svg",
    "tar",
    "tex",
    "toml",
    "tsv",
    "txt",
    "wav",
    "yaml",
    "yml",
    "zip",
    "zst",
];

/// Whether a word names a file or directory, as far as its form tells.
pub(super) fn looks_like_path(text: &str) -> bool {
    if text.is_empty() || text.starts_with('-') {
        return false;
    }
    let bare = without_expansions(text);
    let blank_inside = bare.contains(|c: char| c.is_whitespace() || c == '|');
    if blank_inside || text.contains("://") {
        return false;
    }
    let extension = text
        .rsplit_once('.')
        .is_some_and(|(stem, extension)| !stem.is_empty() && EXTENSIONS.contains(&extension));
    let fraction = || text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'/' | b'.'));
    extension || (bare.contains('/') && !fraction())
}

/// Whether [`looks_like_path`] can hold for a text once it is normalised: a quick no for words and numbers.
pub(super) fn may_be_path(text: &str) -> bool {
    text.bytes().any(|byte| matches!(byte, b'/' | b'.' | b'$' | b'`'))
}

fn without_expansions(text: &str) -> Cow<'_, str> {
    if !text.contains(['$', '`']) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if let Some(len) = super::word::expansion_len(rest) {
            rest = rest.get(len..).unwrap_or("");
        } else {
            out.push(c);
            rest = rest.get(c.len_utf8()..).unwrap_or("");
        }
    }
    Cow::Owned(out)
}
