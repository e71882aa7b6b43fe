//! Verdicts on record.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Record;
use crate::claim::Verdict;

/// A verdict as it was given.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VerdictRecord {
    /// `isocost/verdict-record/1`.
    pub schema: String,
    /// When it was given, RFC 3339.
    pub time: String,
    /// Hash of the last look that it knew: shows looks that were removed from the end of their file.
    pub looks_head: String,
    /// The verdict.
    pub verdict: Verdict,
}

impl Record for VerdictRecord {
    const SCHEMA: &'static str = "isocost/verdict-record/1";
}

impl VerdictRecord {
    /// A record of a verdict given now.
    pub fn new(verdict: Verdict, time: &str, looks_head: &str) -> Self {
        Self {
            schema: Self::SCHEMA.to_owned(),
            time: time.to_owned(),
            looks_head: looks_head.to_owned(),
            verdict,
        }
    }
}
