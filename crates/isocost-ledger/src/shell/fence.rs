use std::ops::Range;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::mask::{heredoc_tags, quotes_are_open};

/// One command of a fenced shell block.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FenceCommand {
    /// As typed, continued lines and here-documents included, without the final line end.
    pub text: String,
    /// Bytes of the block's text.
    pub span: Range<usize>,
    /// The comment lines directly before it, `#` and blanks removed, joined with line ends.
    pub comment_before: Option<String>,
}

/// Splits the text of a fenced shell block into its commands.
///
/// A line that ends in a backslash goes on in the next one; a here-document belongs to its command; so do the lines of an
/// open quote and of an open loop or group. A comment belongs to the command that follows without a blank line between.
pub fn split_fence(text: &str) -> Vec<FenceCommand> {
    let mut commands = Vec::new();
    let mut comments: Vec<&str> = Vec::new();
    let mut lines = Lines { text, at: 0 };
    while let Some(line) = lines.next_line() {
        let start = line.start;
        let first = text.get(line.clone()).unwrap_or("");
        let trimmed = first.trim();
        if trimmed.is_empty() {
            comments.clear();
            continue;
        }
        if let Some(comment) = trimmed.strip_prefix('#') {
            comments.push(comment.trim());
            continue;
        }
        let end = command_end(&mut lines, line);
        let start = start + (first.len() - first.trim_start().len());
        let comment_before = (!comments.is_empty()).then(|| comments.join("\n"));
        comments.clear();
        commands.push(FenceCommand {
            text: text.get(start..end).unwrap_or("").to_owned(),
            span: start..end,
            comment_before,
        });
    }
    commands
}

struct Lines<'t> {
    text: &'t str,
    at: usize,
}

impl Lines<'_> {
    /// Bytes of the next line without its end.
    fn next_line(&mut self) -> Option<Range<usize>> {
        let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
        let len = rest.find('\n').unwrap_or(rest.len());
        let line = self.at..self.at + len;
        self.at = (line.end + 1).min(self.text.len());
        Some(line)
    }
}

/// Reads on until the command that starts on `line` ends, and returns that end.
fn command_end(lines: &mut Lines<'_>, line: Range<usize>) -> usize {
    let start = line.start;
    let mut end = line.end;
    let mut logical_start = start;
    let mut depth = 0_i64;
    loop {
        let logical = lines.text.get(logical_start..end).unwrap_or("");
        let continued = logical.trim_end_matches('\r').ends_with('\\');
        if !(continued || quotes_are_open(logical)) {
            for (tag, strip_tabs) in heredoc_tags(logical) {
                end = heredoc_end(lines, &tag, strip_tabs).unwrap_or(end);
            }
            depth += opened(logical);
            if depth <= 0 {
                return end;
            }
            logical_start = lines.at;
        }
        match lines.next_line() {
            Some(next) => end = next.end,
            None => return end,
        }
    }
}

fn heredoc_end(lines: &mut Lines<'_>, tag: &str, strip_tabs: bool) -> Option<usize> {
    let mut end = None;
    while let Some(line) = lines.next_line() {
        end = Some(line.end);
        let body = lines.text.get(line).unwrap_or("").trim_end_matches('\r');
        let body = if strip_tabs { body.trim_start_matches('\t') } else { body };
        if body == tag {
            break;
        }
    }
    end
}

/// Compound commands that a logical line opens, less those it closes.
fn opened(line: &str) -> i64 {
    let mut depth = 0;
    let mut command_position = true;
    for word in line.split_whitespace() {
        let bare = word.trim_end_matches(';');
        match bare {
            "do" | "if" | "case" | "{" if command_position => depth += 1,
            "done" | "fi" | "esac" | "}" if command_position => depth -= 1,
            _ => {}
        }
        command_position = word.ends_with([';', '&', '|', '{', '('])
            || matches!(bare, "do" | "then" | "else" | "!" | "time")
            || (bare.is_empty());
    }
    depth
}
