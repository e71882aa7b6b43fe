//! Text with places: sources, spans, lines.

mod lines;
mod source;
mod span;

pub use lines::{LineIndex, Place};
pub use source::{Source, SourceError};
pub use span::{Span, Text};
