//! What stands in a cell.

use crate::model::{RunOutcome, SeverityView, VerdictKind};
use crate::number;

/// How a badge feels; formats without colour ignore it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tone {
    Good,
    Bad,
    Warn,
    Busy,
    Muted,
}

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Inline {
    Text(String),
    Code(String),
    Badge(Tone, String),
    /// A path, not yet percent-encoded.
    Link {
        text: String,
        path: String,
    },
    /// A place in this document.
    Jump {
        text: String,
        anchor: String,
    },
}

impl Inline {
    /// The words alone.
    pub(crate) fn plain(&self) -> &str {
        match self {
            Self::Text(text)
            | Self::Code(text)
            | Self::Badge(_, text)
            | Self::Link { text, .. }
            | Self::Jump { text, .. } => text,
        }
    }
}

/// A cell: pieces that follow each other without a space.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Cell(pub(crate) Vec<Inline>);

impl Cell {
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self(vec![Inline::Text(text.into())])
    }

    /// A sentence in which backticks mark code, as ledgers write it. An odd backtick is itself.
    pub(crate) fn prose(text: &str) -> Self {
        let parts: Vec<&str> = text.split('`').collect();
        if parts.len().is_multiple_of(2) || parts.iter().skip(1).step_by(2).any(|code| code.is_empty()) {
            return Self::text(text);
        }
        let pieces = parts.iter().enumerate().filter(|(_, part)| !part.is_empty()).map(|(index, part)| {
            if index % 2 == 0 { Inline::Text((*part).to_owned()) } else { Inline::Code((*part).to_owned()) }
        });
        Self(pieces.collect())
    }

    /// Code, or nothing if it is empty.
    pub(crate) fn code(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() { Self::default() } else { Self(vec![Inline::Code(text)]) }
    }

    pub(crate) fn badge(tone: Tone, text: impl Into<String>) -> Self {
        Self(vec![Inline::Badge(tone, text.into())])
    }

    pub(crate) fn optional(text: Option<&str>) -> Self {
        Self::text(text.unwrap_or(number::MISSING))
    }

    pub(crate) fn count(value: Option<u64>) -> Self {
        Self::text(value.map_or_else(|| number::MISSING.to_owned(), number::count))
    }

    pub(crate) fn p_value(p: Option<f64>) -> Self {
        Self::text(number::optional(p, number::p_value))
    }

    /// The cell as plain words.
    pub(crate) fn plain(&self) -> String {
        self.0.iter().map(Inline::plain).collect()
    }

    /// Whether it says nothing.
    pub(crate) fn is_blank(&self) -> bool {
        self.0.iter().all(|piece| matches!(piece.plain(), "" | number::MISSING))
    }
}

impl From<VerdictKind> for Cell {
    fn from(verdict: VerdictKind) -> Self {
        let tone = match verdict {
            VerdictKind::Supported => Tone::Good,
            VerdictKind::Refuted | VerdictKind::Invalid => Tone::Bad,
            VerdictKind::Inconclusive => Tone::Warn,
            VerdictKind::Unproven => Tone::Muted,
        };
        Self::badge(tone, format!("{} {}", verdict.mark(), verdict.word()))
    }
}

impl From<RunOutcome> for Cell {
    fn from(outcome: RunOutcome) -> Self {
        let tone = match outcome {
            RunOutcome::Succeeded => Tone::Good,
            RunOutcome::Failed | RunOutcome::TimedOut | RunOutcome::ContractViolated => Tone::Bad,
            RunOutcome::Interrupted => Tone::Warn,
            RunOutcome::Running => Tone::Busy,
            RunOutcome::Skipped | RunOutcome::Pending => Tone::Muted,
        };
        Self::badge(tone, outcome.word())
    }
}

impl From<SeverityView> for Cell {
    fn from(severity: SeverityView) -> Self {
        let tone = match severity {
            SeverityView::Error => Tone::Bad,
            SeverityView::Warning => Tone::Warn,
            SeverityView::Info => Tone::Muted,
        };
        Self::badge(tone, severity.word())
    }
}
