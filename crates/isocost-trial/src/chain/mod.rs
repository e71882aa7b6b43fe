//! Append-only JSON Lines in which every record names the hash of the one before.
//!
//! A line is a JSON object that ends in `"prev":"…","hash":"…"}`: `prev` is the `hash` of the record before (64 zeros for the first),
//! and `hash` is BLAKE3, in hexadecimal, of all bytes of the line before `,"hash":`. So any change, reordering or removal of a record
//! before the last breaks the chain at a line that can be named, whatever the records say. Removal of the last records cannot be seen
//! from the file alone: verdicts therefore carry the hash of the last look they knew.
//!
//! A line that a crash left incomplete is *torn*: it is reported, does not break the chain, and is never mistaken for a record.

mod file;
mod line;
mod looks;
mod verdicts;

pub use file::{Chain, ChainError, Stored, Verification, read_chain, verify_chain};
pub use looks::{Look, LookBook, LookComparison, LookDraft, Recorded};
pub use verdicts::VerdictRecord;

/// A record that can stand in a chain: a JSON object with its own `schema` field and neither `prev` nor `hash`.
pub trait Record: serde::Serialize + serde::de::DeserializeOwned {
    /// The versioned name that its `schema` field has.
    const SCHEMA: &'static str;
}

#[cfg(test)]
mod tests;
