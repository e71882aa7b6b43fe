use std::ops::Range;

/// Why a text is not a rule, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct RuleError {
    /// What is wrong, in words.
    pub message: String,
    /// The bytes of the rule's text that are meant. Empty at a place where something is missing.
    pub span: Range<usize>,
    /// What to write instead, where that is known.
    pub hint: Option<String>,
}

impl RuleError {
    pub(super) fn new(message: impl Into<String>, span: Range<usize>) -> Self {
        Self { message: message.into(), span, hint: None }
    }

    pub(super) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}
