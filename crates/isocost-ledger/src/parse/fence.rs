//! Shell commands in fences.

use super::command::{Around, command};
use crate::model::Command;
use crate::text::Piece;

/// The commands of a fence's body, in order.
pub(super) fn commands(body: Piece<'_>, around: &Around<'_>, commands: &mut Vec<Command>) {
    for part in super::engine::fence_commands(body) {
        let label = part.label.or(around.label);
        commands.push(command(part.text, &Around { label, ..*around }, commands.len()));
    }
}
