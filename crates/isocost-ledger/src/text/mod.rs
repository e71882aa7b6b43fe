//! Text with places: sources, spans, lines.

mod lines;
mod piece;
mod source;
mod span;

pub(crate) use piece::Piece;

pub use lines::{LineIndex, Place};
pub use source::{Source, SourceError};
pub use span::{Span, Text};
