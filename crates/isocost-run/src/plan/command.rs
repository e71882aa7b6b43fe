//! A command as the runner needs it: its text, the places in it that are resolved before it runs, what it reads and writes.

use std::ops::Range;

use isocost_ledger::model::{Command, Id};
use isocost_ledger::shell::{Analysis, How, PathRef, Runnable, SubstitutionKind, normalise, owner};

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

impl CommandSpec {
    /// A ledger's command.
    pub fn from_ledger(command: &Command) -> Self {
        Self::from_analysis(&command.text.raw, &command.shell)
    }

    /// A command and what the shell would make of it.
    pub fn from_analysis(text: &str, shell: &Analysis) -> Self {
        let inputs = shell.inputs.iter().filter_map(|path| input(text, shell, path));
        let outputs = shell.outputs.iter().filter(|path| path.normalised != "/dev/null");
        let outputs = outputs
            .map(|path| OutputRef { span: path.span.clone(), pattern: as_pattern(&path.normalised) })
            // `$ISOCOST_OUT/…`, or a variable of unknown value: it may be anywhere.
            .filter(|output| output.pattern.split('/').next() != Some("*"));
        if let Runnable::No(reason) = &shell.runnable {
            // What it would read and write is as unknown as its holes.
            return Self { not_runnable: Some(reason.clone()), ..Self::plain(text) };
        }
        Self {
            text: text.to_owned(),
            inputs: inputs.collect(),
            outputs: outputs.collect(),
            not_runnable: None,
        }
    }
}

fn input(text: &str, shell: &Analysis, path: &PathRef) -> Option<InputRef> {
    let place = match path.how {
        How::Assignment(_) => WordPlace::Assignment,
        How::Option(_) | How::Redirect | How::HereDoc | How::Argument => WordPlace::Argument,
    };
    let newest = shell.substitutions.iter().find_map(|substitution| match &substitution.kind {
        SubstitutionKind::NewestFile(pattern) | SubstitutionKind::SomeFile(pattern) => {
            let is_within =
                path.span.start <= substitution.span.start && substitution.span.end <= path.span.end;
            is_within.then(|| (substitution.span.clone(), pattern))
        }
        _ => None,
    });
    if let Some((span, pattern)) = newest {
        let path = normalise(pattern);
        let owner = owner(&path).map(Id);
        return Some(InputRef { span, path, kind: InputKind::Newest, place, owner });
    }
    // What a variable or another substitution stands for, only the run knows.
    if path.template || path.normalised.starts_with("/dev/") {
        return None;
    }
    let kind = if path.glob { InputKind::Glob } else { InputKind::Literal };
    let owner = path.owner.clone().map(Id);
    // A variable that the text itself assigns is filled in: then nothing is replaced at its place.
    let is_as_typed = text.get(path.span.clone()).is_some_and(|typed| typed.contains(&path.raw));
    let span = if is_as_typed { path.span.clone() } else { 0..0 };
    Some(InputRef { span, path: path.normalised.clone(), kind, place, owner })
}

/// The path with `*` for what only a run decides: `$(…)`, `` `…` ``, `${…}`, `$NAME`.
fn as_pattern(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    let mut rest = path;
    while let Some(c) = rest.chars().next() {
        let skipped = match c {
            '$' => Some(1 + expansion_len(rest.get(1..).unwrap_or_default())),
            '`' => rest.get(1..).and_then(|after| after.find('`')).map(|end| end + 2),
            _ => None,
        };
        if let Some(length) = skipped {
            if !out.ends_with('*') {
                out.push('*');
            }
            rest = rest.get(length..).unwrap_or_default();
        } else {
            out.push(c);
            rest = rest.get(c.len_utf8()..).unwrap_or_default();
        }
    }
    out
}

/// How many bytes after a `$` belong to it.
fn expansion_len(after: &str) -> usize {
    let bracketed = |open: char, close: char| {
        let mut depth = 0_usize;
        after.char_indices().find_map(|(at, c)| {
            depth = if c == open { depth + 1 } else { depth.saturating_sub(usize::from(c == close)) };
            (depth == 0).then_some(at + c.len_utf8())
        })
    };
    match after.chars().next() {
        Some('(') => bracketed('(', ')').unwrap_or(after.len()),
        Some('{') => bracketed('{', '}').unwrap_or(after.len()),
        _ => after.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(after.len()),
    }
}

#[cfg(test)]
mod tests {
    use isocost_ledger::shell::analyse;

    use super::*;

    fn spec(text: &str) -> CommandSpec {
        CommandSpec::from_analysis(text, &analyse(text))
    }

    #[test]
    fn a_dated_directory_is_a_pattern_and_a_pattern_in_an_assignment_is_an_input() {
        let text = "BEST=runs/E0801_*/best.json OUT_DIR=runs/E0802_x_$(date +%Y%m%d-%H%M%S) bash s.sh";
        let spec = spec(text);
        assert_eq!(spec.outputs[0].pattern, "runs/E0802_x_*");
        let glob = spec.inputs.iter().find(|input| input.kind == InputKind::Glob).unwrap();
        assert_eq!((glob.path.as_str(), glob.place), ("runs/E0801_*/best.json", WordPlace::Assignment));
        assert_eq!(&text[glob.span.clone()], "runs/E0801_*/best.json");
        assert_eq!(glob.owner, Some(Id("E0801".into())));
    }

    #[test]
    fn a_path_that_starts_with_an_unknown_variable_is_no_place_in_the_project() {
        assert!(spec("cat a.csv > $ISOCOST_OUT/metrics.json").outputs.is_empty());
        assert!(spec("python a.py --out-dir ${ISOCOST_OUT}").outputs.is_empty());
    }

    #[test]
    fn a_newest_file_substitution_is_replaced_as_a_whole() {
        let text = "X=$(ls -t runs/E0012_*/best.json | head -n 1) bash s.sh";
        let spec = spec(text);
        let newest = spec.inputs.iter().find(|input| input.kind == InputKind::Newest).unwrap();
        assert_eq!(newest.path, "runs/E0012_*/best.json");
        assert_eq!(&text[newest.span.clone()], "$(ls -t runs/E0012_*/best.json | head -n 1)");
    }

    #[test]
    fn a_placeholder_cannot_be_run() {
        assert!(spec("bash s.sh runs/<ts>/x.json").not_runnable.is_some());
        assert!(spec("bash s.sh").not_runnable.is_none());
    }

    #[test]
    fn names_of_given_artifacts_are_read_from_the_text() {
        let spec = CommandSpec::plain("cat $ISOCOST_IN_E0001/a ${ISOCOST_IN_E0002_SMOKE}/b");
        assert_eq!(spec.given_names(), ["E0001", "E0002_SMOKE"]);
    }
}
