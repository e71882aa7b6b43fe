//! The only place where parsing meets the shell and the rule language.

use crate::rule::{self, Requirement};
use crate::shell::{self, Analysis};
use crate::text::Piece;

/// What a shell would make of a command.
pub(super) fn analyse(command: &str) -> Analysis {
    shell::analyse(command)
}

/// One line of requirements.
pub(super) fn requirement(line: Piece<'_>) -> Requirement {
    rule::parse_requirement(line.as_str())
}

/// One command of a fence, and the comment right before it.
pub(super) struct FenceCommand<'a> {
    pub(super) text: Piece<'a>,
    pub(super) label: Option<Piece<'a>>,
}

/// The commands of a shell fence: continuation lines joined, here-documents folded.
pub(super) fn fence_commands(body: Piece<'_>) -> Vec<FenceCommand<'_>> {
    let mut after = 0;
    shell::split_fence(body.as_str())
        .into_iter()
        .map(|command| {
            let between = body.cut(after, command.span.start);
            after = command.span.end;
            let label = command.comment_before.and_then(|_| comment(between));
            FenceCommand { text: body.cut(command.span.start, command.span.end), label }
        })
        .collect()
}

/// The comment lines at the end of what stands before a command, from the first `#` of the last block of comments.
fn comment(before: Piece<'_>) -> Option<Piece<'_>> {
    let text = before.as_str().trim_end();
    let block = text.rfind("\n\n").map_or(0, |at| at + 2);
    let hash = block + text.get(block..)?.find('#')?;
    let comment = before.cut(hash, text.len());
    let bare = comment.as_str().trim_start_matches(['#', ' ']).len();
    Some(comment.skip(comment.len() - bare))
}
