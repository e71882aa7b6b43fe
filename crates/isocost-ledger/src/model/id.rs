//! Ids of experiments, claims and plan items (spec §1.1).

use std::fmt;

use schemars::JsonSchema;
use serde::Serialize;

use crate::text::Span;

/// An id as it is written: `E0801`, `E0161A`, `C0003`, `A1`. Kept as text: leading zeros and suffixes matter.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(transparent)]
pub struct Id(pub String);

impl Id {
    /// The letter in front: `E` experiment, `D` decision, `R` related work, `C` claim, `P` plan, `V` verification,
    /// `M` backlog; `A`..`H` for sections of a narrative ledger. `?` for an empty id.
    pub fn letter(&self) -> char {
        self.0.chars().next().unwrap_or('?')
    }

    /// The digits after the letter.
    pub fn digits(&self) -> &str {
        let rest = self.0.get(1..).unwrap_or_default();
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        &rest[..end]
    }

    /// What follows the digits: a variant or member mark, usually empty.
    pub fn suffix(&self) -> &str {
        self.0.get(1 + self.digits().len()..).unwrap_or_default()
    }

    /// The id without its suffix.
    #[must_use]
    pub fn parent(&self) -> Id {
        Id(self.0.get(..1 + self.digits().len()).unwrap_or(&self.0).to_owned())
    }

    /// Whether this names a claim.
    pub fn is_claim(&self) -> bool {
        self.letter() == 'C' && self.digits().len() == 4
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl AsRef<str> for Id {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

/// How an id was mentioned: a mention inside a path is a data dependency, one in prose is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MentionKind {
    /// In prose.
    Prose,
    /// As part of a path: `runs/E0801_*`.
    InPath,
}

/// One id token somewhere in the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct IdMention {
    /// The id.
    pub id: Id,
    /// Where.
    pub span: Span,
    /// How.
    pub kind: MentionKind,
}
