//! The only place where parsing meets the shell and the rule language.

use crate::rule::Requirement;
use crate::shell::Analysis;
use crate::text::Piece;

/// What a shell would make of a command.
pub(super) fn analyse(_command: &str) -> Analysis {
    Analysis {}
}

/// One line of requirements.
pub(super) fn requirement(line: Piece<'_>) -> Requirement {
    Requirement { text: line.as_str().to_owned() }
}

/// One command of a fence, and the comment line right before it.
pub(super) struct FenceCommand<'a> {
    pub(super) text: Piece<'a>,
    pub(super) label: Option<Piece<'a>>,
}

/// The commands of a shell fence: continuation lines joined, here-documents folded.
pub(super) fn fence_commands(body: Piece<'_>) -> Vec<FenceCommand<'_>> {
    let body = body.trim();
    if body.is_empty() { Vec::new() } else { vec![FenceCommand { text: body, label: None }] }
}
