//! Edits and their application.

use crate::text::{Source, Span};

/// Replaces the bytes of a span; an empty span inserts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced.
    pub span: Span,
    /// By what.
    pub replacement: String,
}

/// Why edits cannot be applied. Nothing is applied then.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// Two edits change the same bytes.
    #[error("{file}:{line}: two edits change the same bytes; plan them from one reading of the file")]
    Overlap {
        /// The source's name.
        file: String,
        /// Line of the second edit, from 1.
        line: u32,
    },
    /// An edit does not fit the text.
    #[error("{file}: an edit of bytes {start}..{end} does not fit the text; read the file again")]
    Outside {
        /// The source's name.
        file: String,
        /// First byte.
        start: u32,
        /// One past the last byte.
        end: u32,
    },
}

/// The source's text with the edits applied. The order of the edits does not matter, except that insertions at one place
/// keep theirs.
pub fn apply(source: &Source, edits: &[Edit]) -> Result<String, EditError> {
    let mut sorted: Vec<&Edit> = edits.iter().collect();
    sorted.sort_by_key(|edit| (edit.span.start, edit.span.end));
    let text = source.text();
    let mut out =
        String::with_capacity(text.len() + edits.iter().map(|edit| edit.replacement.len()).sum::<usize>());
    let mut at = 0;
    for edit in sorted {
        let Span { start, end } = edit.span;
        if start < at {
            return Err(EditError::Overlap {
                file: source.name().to_owned(),
                line: source.place(start).line,
            });
        }
        let outside = || EditError::Outside { file: source.name().to_owned(), start, end };
        let kept = text.get(at as usize..start as usize).ok_or_else(outside)?;
        text.get(start as usize..end as usize).ok_or_else(outside)?;
        out.push_str(kept);
        out.push_str(&edit.replacement);
        at = end;
    }
    out.push_str(text.get(at as usize..).unwrap_or_default());
    Ok(out)
}
