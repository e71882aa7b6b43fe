//! Raw fields: what was written, before any reading of it.

use schemars::JsonSchema;
use serde::Serialize;

use crate::text::{Span, Text};

/// Whether a value is there. The ways of having none are different facts and are kept apart.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case", tag = "presence", content = "value")]
pub enum Presence<T> {
    /// The field is not written.
    #[default]
    Absent,
    /// Written as `[]`.
    EmptyList,
    /// Written with nothing after the colon or in the cell.
    Blank,
    /// `N/A`, alone or with a reason.
    NotApplicable,
    /// `TBA`, `TBD`.
    ToBeAnnounced,
    /// A value.
    Given(T),
}

impl<T> Presence<T> {
    /// The value, if one is given.
    pub fn given(&self) -> Option<&T> {
        match self {
            Self::Given(value) => Some(value),
            _ => None,
        }
    }

    /// Whether the field is written at all, in whatever way.
    pub fn is_written(&self) -> bool {
        !matches!(self, Self::Absent)
    }
}

/// One named field of an entry, claim or plan item, as written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Field {
    /// Its name as written, without a note: `command`, `Metrics (must save)`, `Purpose`.
    /// (Only a trailing parenthesis of a checklist or label field is a note; table field names keep theirs.)
    pub name: Text,
    /// The parenthesis between name and colon: `command (5 shards):`.
    pub note: Option<Text>,
    /// The value.
    pub value: FieldValue,
    /// The whole field: its first line and all nested lines, final line end included.
    pub span: Span,
}

/// A field's value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FieldValue {
    /// On the line of the name. The text may be empty; its span then marks where a value would go.
    Inline(Text),
    /// As nested list items.
    Nested(Vec<Item>),
    /// A fenced block; the text is its body without the fence lines.
    Fence {
        /// Info string: `bash`.
        language: String,
        /// Body.
        body: Text,
    },
}

/// A nested list item with its own nested items.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Item {
    /// The item's own text, without its bullet.
    pub text: Text,
    /// Items one level deeper.
    pub items: Vec<Item>,
    /// The item's lines, nested ones included.
    pub span: Span,
}
