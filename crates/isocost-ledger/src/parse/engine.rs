//! The only place where parsing meets the shell and the rule language.

use std::collections::BTreeMap;

use crate::model::{Command, Entry, Ledger, Presence};
use crate::rule::{self, Requirement, Term};
use crate::shell::{self, Analysis, Runnable};
use crate::text::Piece;

/// Fewer entries than this are not worth a thread.
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

/// Reads what was left unread: every command as a shell would, and every line of requirements. Half of all parsing time
/// goes into this and no entry depends on another, so large ledgers use several threads; the result is the same at any
/// number of them.
pub(super) fn analyse_all(ledger: &mut Ledger) {
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(MOST_THREADS);
    let shares = threads.min(ledger.entries.len() / WORTH_A_THREAD).max(1);
    // Dealt like cards: neighbours are alike, and so the shares are.
    let mut hands: Vec<Vec<&mut Entry>> = (0..shares).map(|_| Vec::new()).collect();
    for (index, entry) in ledger.entries.iter_mut().enumerate() {
        if let Some(hand) = hands.get_mut(index % shares) {
            hand.push(entry);
        }
    }
    let own = hands.pop();
    std::thread::scope(|scope| {
        for hand in hands {
            scope.spawn(move || read_entries(hand));
        }
        read_entries(own.unwrap_or_default());
    });
    let rules = ledger.rules.iter_mut().flat_map(|rule| &mut rule.commands);
    let steps = ledger.plans.iter_mut().flat_map(|plan| &mut plan.steps).flat_map(|step| &mut step.commands);
    rules.chain(steps).for_each(analyse);
}

fn read_entries(entries: Vec<&mut Entry>) {
    let mut known = BTreeMap::new();
    for entry in entries {
        entry.commands.iter_mut().for_each(analyse);
        let required = match &mut entry.metrics_required {
            Presence::Given(lines) => lines.as_mut_slice(),
            _ => &mut [],
        };
        let gates = entry.gates.iter_mut().map(|gate| &mut gate.requirement);
        for requirement in required.iter_mut().chain(&mut entry.checks).chain(gates) {
            read_requirement(requirement, &mut known);
        }
    }
}

fn analyse(command: &mut Command) {
    command.shell = shell::analyse(&command.text.raw);
}

/// Reads a line that [`requirement`] left unread. Most lines of a ledger stand in many of its entries.
fn read_requirement(line: &mut Requirement, known: &mut BTreeMap<String, Requirement>) {
    if !line.terms.is_empty() {
        return;
    }
    if let Some(same) = known.get(&line.text) {
        line.clone_from(same);
        return;
    }
    *line = rule::parse_requirement(&line.text);
    known.insert(line.text.clone(), line.clone());
}

/// One line of requirements, which is read later: see [`analyse_all`].
pub(super) fn requirement(line: Piece<'_>) -> Requirement {
    Requirement {
        text: line.as_str().to_owned(),
        file: None,
        repeated_over: Vec::new(),
        terms: Vec::new(),
        note: Vec::new(),
    }
}

/// A condition of our own dialect: one rule, or else a line of requirements. A rule is tried first, because a `+` in it
/// adds numbers, where in a line of requirements it joins them.
pub(super) fn condition(text: Piece<'_>) -> Requirement {
    match rule::parse(text.as_str()) {
        Ok(rule) => Requirement { terms: vec![Term::Rule(rule)], ..requirement(text) },
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
