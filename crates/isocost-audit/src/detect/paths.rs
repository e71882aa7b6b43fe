//! Which entry writes and reads which path.

use std::collections::BTreeMap;

use isocost_ledger::model::Command;
use isocost_ledger::shell::{How, PathRef};
use isocost_ledger::text::Span;

use super::fields::in_command;
use crate::context::{Context, Record};

/// One use of a path by a command.
#[derive(Debug, Clone, Copy)]
pub(super) struct Use<'a> {
    /// The entry.
    pub record: Record<'a>,
    /// Position of the entry among all records.
    pub order: usize,
    /// The command.
    pub command: &'a Command,
    /// The path.
    pub path: &'a PathRef,
}

impl Use<'_> {
    /// Where the path stands.
    pub(super) fn span(&self) -> Span {
        in_command(self.command, &self.path.span)
    }

    /// Whether the path is a log: the target of a redirect.
    pub(super) fn is_log(&self) -> bool {
        self.path.how == How::Redirect
    }
}

/// Literal paths of one ledger by what is done with them.
pub(super) struct Flow<'a> {
    /// Writers by path.
    pub writers: BTreeMap<&'a str, Vec<Use<'a>>>,
    /// Readers by path.
    pub readers: BTreeMap<&'a str, Vec<Use<'a>>>,
}

impl<'a> Flow<'a> {
    /// Collects the literal paths that commands of a ledger name.
    pub(super) fn of(context: &Context<'a>, ledger: usize) -> Self {
        let mut flow = Self { writers: BTreeMap::new(), readers: BTreeMap::new() };
        for (order, &record) in context.records.iter().enumerate().filter(|(_, r)| r.ledger_index == ledger) {
            for command in &record.entry.commands {
                let uses = |path: &'a PathRef| Use { record, order, command, path };
                for path in command.shell.outputs.iter().filter(|p| is_literal(p)) {
                    flow.writers.entry(&path.normalised).or_default().push(uses(path));
                }
                for path in command.shell.inputs.iter().filter(|p| is_literal(p)) {
                    flow.readers.entry(&path.normalised).or_default().push(uses(path));
                }
            }
        }
        flow
    }

    /// The writer of a path, or of the nearest directory above it.
    pub(super) fn writer_of(&self, path: &str) -> Option<&[Use<'a>]> {
        let mut at = path;
        loop {
            if let Some(writers) = self.writers.get(at) {
                return Some(writers);
            }
            at = at.rsplit_once('/')?.0;
        }
    }

    /// Whether something below a directory is written.
    pub(super) fn writes_below(&self, directory: &str) -> bool {
        let inside = format!("{directory}/");
        self.writers.range(inside.as_str()..).next().is_some_and(|(path, _)| path.starts_with(&inside))
    }
}

fn is_literal(path: &PathRef) -> bool {
    !path.template && !path.glob && !path.normalised.contains(['*', '$', '<', '{'])
}

/// The directory of a path; the path itself if it names no file.
pub(super) fn directory(path: &str) -> &str {
    match path.rsplit_once('/') {
        Some((directory, last)) if last.contains('.') => directory,
        _ => path,
    }
}

/// Whether one path is the other or lies below it.
pub(super) fn related(a: &str, b: &str) -> bool {
    let below =
        |a: &str, b: &str| a.strip_prefix(b).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    below(a, b) || below(b, a)
}
