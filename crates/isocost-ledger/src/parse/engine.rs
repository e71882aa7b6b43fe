//! The only place where parsing meets the shell and the rule language.

use crate::model::{Command, Ledger};
use crate::rule::{self, Requirement, Term};
use crate::shell::{self, Analysis, Runnable};
use crate::text::Piece;

/// Fewer commands than this are not worth a thread.
const WORTH_A_THREAD: usize = 128;
/// Most threads used; more bring nothing for the largest ledgers there are.
const MOST_THREADS: usize = 8;

/// The analysis of a command that was not analysed yet: see [`analyse_all`].
pub(super) fn unread() -> Analysis {
    Analysis {
        runnable: Runnable::Unknown,
        problem: None,
        segments: Vec::new(),
        outputs: Vec::new(),
        inputs: Vec::new(),
        seeds: None,
        devices: Vec::new(),
        split: None,
        limits: Vec::new(),
        stage_hints: Vec::new(),
        globs: Vec::new(),
        substitutions: Vec::new(),
        placeholders: Vec::new(),
        elisions: Vec::new(),
        heredocs: Vec::new(),
        loops: Vec::new(),
        background: false,
    }
}

/// Finds out what a shell would make of every command of a ledger. Half of all parsing time goes into this and no
/// command depends on another, so large ledgers use several threads; the result is the same at any number of them.
pub(super) fn analyse_all(ledger: &mut Ledger) {
    let entries = ledger.entries.iter_mut().flat_map(|entry| &mut entry.commands);
    let rules = ledger.rules.iter_mut().flat_map(|rule| &mut rule.commands);
    let steps = ledger.plans.iter_mut().flat_map(|plan| &mut plan.steps).flat_map(|step| &mut step.commands);
    let mut commands: Vec<&mut Command> = entries.chain(rules).chain(steps).collect();
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(MOST_THREADS);
    let share = commands.len().div_ceil(threads).max(WORTH_A_THREAD);
    let mut chunks = commands.chunks_mut(share);
    let own = chunks.next();
    std::thread::scope(|scope| {
        for chunk in chunks {
            scope.spawn(move || analyse_each(chunk));
        }
        if let Some(chunk) = own {
            analyse_each(chunk);
        }
    });
}

fn analyse_each(commands: &mut [&mut Command]) {
    for command in commands {
        command.shell = shell::analyse(&command.text.raw);
    }
}

/// One line of requirements.
pub(super) fn requirement(line: Piece<'_>) -> Requirement {
    rule::parse_requirement(line.as_str())
}

/// A condition of our own dialect: one rule, or else a line of requirements. A rule is tried first, because a `+` in it
/// adds numbers, where in a line of requirements it joins them.
pub(super) fn condition(text: Piece<'_>) -> Requirement {
    match rule::parse(text.as_str()) {
        Ok(rule) => Requirement {
            text: text.as_str().to_owned(),
            file: None,
            repeated_over: Vec::new(),
            terms: vec![Term::Rule(rule)],
            note: Vec::new(),
        },
        Err(_) => requirement(text),
    }
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
