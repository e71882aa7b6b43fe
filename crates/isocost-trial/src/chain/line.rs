//! One line of a chain, as text.

/// `prev` of the first record.
pub(super) const NOTHING: &str = "0000000000000000000000000000000000000000000000000000000000000000";

const PREV: &str = ",\"prev\":\"";
const HASH: &str = "\",\"hash\":\"";
const END: &str = "\"}";

/// The parts of a complete line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Parts<'l> {
    /// The record itself, as a JSON object without its closing brace.
    pub(super) body: &'l str,
    pub(super) prev: &'l str,
    pub(super) hash: &'l str,
    /// What the hash is of.
    pub(super) hashed: &'l str,
}

/// Splits a line at its fixed end; `None` if it does not end like a record.
pub(super) fn split(line: &str) -> Option<Parts<'_>> {
    let (rest, hash) = line.strip_suffix(END)?.rsplit_once(HASH)?;
    let (body, prev) = rest.rsplit_once(PREV)?;
    let is_hash =
        |text: &str| text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    if !is_hash(hash) || !is_hash(prev) || !body.starts_with('{') {
        return None;
    }
    Some(Parts { body, prev, hash, hashed: line.get(..=rest.len())? })
}

/// The line of a record (a JSON object) that follows the record with hash `prev`, and its own hash.
pub(super) fn join(object: &str, prev: &str) -> Option<(String, String)> {
    let body = object.strip_suffix('}').filter(|body| body.len() > 1)?;
    let hashed = format!("{body}{PREV}{prev}\"");
    let hash = hash(&hashed);
    Some((format!("{hashed},\"hash\":\"{hash}{END}"), hash))
}

pub(super) fn hash(text: &str) -> String {
    blake3::hash(text.as_bytes()).to_hex().to_string()
}
