//! A command as the runner needs it: its text, the places in it that are resolved before it runs, what it reads and writes.

use std::ops::Range;

use isocost_ledger::model::Id;

/// What kind of place names an input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InputKind {
    /// A path.
    Literal,
    /// A pattern: `runs/E0801_*/best_config.json`.
    Glob,
    /// `$(ls -t PATTERN | head -n 1)`.
    Newest,
}

/// Where a word stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WordPlace {
    /// `NAME=word`: exactly one path can stand there.
    Assignment,
    /// An argument or redirection: an argument's pattern may stand for several.
    Argument,
}

/// A path that a command reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputRef {
    /// The place in the command's text that is replaced: the path, the pattern, or the whole substitution.
    pub span: Range<usize>,
    /// The path or pattern, without quotes and leading `./`.
    pub path: String,
    /// What it is.
    pub kind: InputKind,
    /// Where it stands.
    pub place: WordPlace,
    /// The experiment whose id stands in it.
    pub owner: Option<Id>,
}

/// A path that a command writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutputRef {
    /// The place in the command's text.
    pub span: Range<usize>,
    /// The path as a pattern: what only the run decides (dates, variables) is `*`.
    pub pattern: String,
}

/// One command.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CommandSpec {
    /// As the ledger has it.
    pub text: String,
    /// What it reads, in order of place.
    pub inputs: Vec<InputRef>,
    /// What it writes, in order of place.
    pub outputs: Vec<OutputRef>,
    /// Why it cannot be run as it is printed.
    pub not_runnable: Option<String>,
}

impl CommandSpec {
    /// A command that reads and writes nothing that is known.
    pub fn plain(text: &str) -> Self {
        Self { text: text.to_owned(), ..Self::default() }
    }

    /// Names after `ISOCOST_IN_` in its text, as environment variables spell them: `E0001`, `E0001_SMOKE`.
    pub fn given_names(&self) -> Vec<&str> {
        const PREFIX: &str = "ISOCOST_IN_";
        let names = self.text.match_indices(PREFIX).map(|(at, _)| {
            let rest = self.text.get(at + PREFIX.len()..).unwrap_or_default();
            let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
            rest.get(..end).unwrap_or_default()
        });
        names.filter(|name| !name.is_empty()).collect()
    }
}
