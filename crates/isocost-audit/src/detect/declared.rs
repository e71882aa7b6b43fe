//! What was declared against what was done.

use std::collections::{BTreeMap, BTreeSet};

use isocost_ledger::model::{Command, Entry, Id, Presence, Role};
use isocost_ledger::rule::Term;
use isocost_ledger::text::Span;

use super::Evidence;
use super::fields::{inline, serious_commands, squeezed, value_span};
use crate::Finding;
use crate::context::Record;
use crate::draft::list;
use crate::kinds::{
    IDENTICAL_COMMANDS, METHOD_NOT_REPORTED, METRIC_NOT_REPORTED, RESOURCE_CONTRADICTION, SEEDS_DISAGREE,
    TODO_BLOCKS_MUST_DO,
};

/// One command, several ids (IC016). One finding per command.
pub(super) fn identical_commands(evidence: &Evidence<'_>) -> Vec<Finding> {
    let mut groups: BTreeMap<(usize, String), Vec<(Record<'_>, Span)>> = BTreeMap::new();
    for &record in &evidence.context.records {
        for command in serious_commands(record.entry).filter(|c| !c.field.contains("Single-GPU")) {
            let key = without_outputs(command);
            if key.contains(' ') {
                groups.entry((record.ledger_index, key)).or_default().push((record, command.text.span));
            }
        }
    }
    let mut findings = Vec::new();
    for uses in groups.into_values() {
        let ids: BTreeSet<&Id> = uses.iter().map(|(record, _)| &record.entry.id).collect();
        if ids.len() < 2 {
            continue;
        }
        // The same text with the same output is a shared output (IC015) already.
        let texts: BTreeSet<String> =
            uses.iter().map(|(record, span)| squeezed(record.slice(*span))).collect();
        let writes = uses.iter().any(|(record, span)| {
            let own = record.entry.commands.iter().find(|command| command.text.span == *span);
            own.is_some_and(|command| command.shell.outputs.iter().any(|path| !path.template))
        });
        if texts.len() == 1 && writes {
            continue;
        }
        let names: Vec<String> = ids.iter().map(ToString::to_string).collect();
        let what = format!("{} have the same command, apart from where it writes", list(&names, 4));
        let draft = Finding::new(&IDENTICAL_COMMANDS, uses.first().map(|(r, _)| &r.entry.id), what);
        findings.push(uses.iter().fold(draft, |draft, (r, span)| {
            draft.at(r.ledger, *span, format!("the command of {}", r.entry.id))
        }));
    }
    findings
}

/// A command's text with the values that it writes to left out.
fn without_outputs(command: &Command) -> String {
    let mut spans: Vec<_> = command.shell.outputs.iter().map(|path| path.span.clone()).collect();
    spans.sort_by_key(|span| span.start);
    let mut text = String::new();
    let mut from = 0;
    for span in spans.into_iter().filter(|span| span.end > span.start) {
        text.push_str(command.text.raw.get(from..span.start.max(from)).unwrap_or_default());
        from = span.end.max(from);
    }
    text.push_str(command.text.raw.get(from..).unwrap_or_default());
    squeezed(&text)
}

/// Seeds in the field against seeds in the commands (IC021).
pub(super) fn seeds_disagree(evidence: &Evidence<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for record in evidence.context.records.iter().filter(|r| r.entry.role == Role::Queue) {
        let entry = record.entry;
        let looped = entry.commands.iter().any(|command| !command.shell.loops.is_empty());
        let passed: BTreeSet<i64> = entry
            .commands
            .iter()
            .filter_map(|command| command.shell.seeds.as_ref())
            .flatten()
            .copied()
            .collect();
        let declared: BTreeSet<i64> = match &entry.seeds {
            Presence::Given(seeds) => seeds.iter().copied().collect(),
            Presence::EmptyList => BTreeSet::new(),
            _ => continue,
        };
        if looped || passed.is_empty() || passed == declared {
            continue;
        }
        let id = &entry.id;
        let what =
            format!("the commands of {id} pass seeds {}, its field says {}", set(&passed), set(&declared));
        let field = value_span(entry, "seeds").unwrap_or(entry.id_span);
        let draft = Finding::new(&SEEDS_DISAGREE, Some(id), what).at(record.ledger, field, "declared");
        let places = entry.commands.iter().filter_map(seed_place);
        findings.push(places.fold(draft, |draft, span| draft.at(record.ledger, span, "passed")));
    }
    findings
}

fn set(seeds: &BTreeSet<i64>) -> String {
    let names: Vec<String> = seeds.iter().map(ToString::to_string).collect();
    format!("[{}]", names.join(", "))
}

/// Where a command names its seeds.
fn seed_place(command: &Command) -> Option<Span> {
    let text = command.text.raw.as_str();
    let at = ["SEEDS=", "--seeds", "SEED=", "--seed"].iter().find_map(|mark| text.find(mark))?;
    let rest = text.get(at..)?;
    let skip = if rest.starts_with("--") { rest.find([' ', '='])? + 1 } else { 0 };
    let end = rest.get(skip..)?.find(' ').map_or(rest.len(), |end| skip + end);
    Some(Span::new(at, at + end).shifted(command.text.span.start as usize))
}

/// Which experiments of which ledger print a value under a name.
type Printers = BTreeMap<String, BTreeSet<(usize, Id)>>;

/// Required quantities that no result names (IC022). One finding per entry.
pub(super) fn metric_not_reported(evidence: &Evidence<'_>) -> Vec<Finding> {
    let context = evidence.context;
    let mut printers = Printers::new();
    let mut reporting: BTreeSet<(usize, &Id)> = BTreeSet::new();
    for record in context.records.iter().filter(|record| record.entry.results.given().is_some()) {
        reporting.insert((record.ledger_index, &record.entry.id));
        for name in printed_names(&reported_text(record)) {
            printers
                .entry(name.to_owned())
                .or_default()
                .insert((record.ledger_index, record.entry.id.clone()));
        }
    }
    let mut findings = Vec::new();
    for record in context.records.iter().filter(|r| r.entry.role == Role::Queue && !r.is_skipped()) {
        let id = &record.entry.id;
        let key = (record.ledger_index, id.clone());
        let unseen = |name: &String| {
            let by = printers.get(&name.replace("accuracy", "acc"));
            by.is_some_and(|by| !by.contains(&key) && by.iter().any(|(ledger, _)| *ledger == key.0))
        };
        let missing: Vec<String> = required_names(record.entry).into_iter().filter(unseen).collect();
        let Some(first) = missing.first().filter(|_| reporting.contains(&(record.ledger_index, id))) else {
            continue;
        };
        let what = format!("{id} must report {}, and its results do not mention it", list(&missing, 4));
        let span = value_span(record.entry, "required_metrics").unwrap_or(record.entry.id_span);
        let at = record
            .slice(span)
            .find(first.as_str())
            .map_or(span, |at| Span::new(at, at + first.len()).shifted(span.start as usize));
        findings.push(Finding::new(&METRIC_NOT_REPORTED, Some(id), what).at(
            record.ledger,
            at,
            "required here",
        ));
    }
    findings
}

/// All text of an entry that can report a result: results, notes and what follows the table.
fn reported_text(record: &Record<'_>) -> String {
    let entry = record.entry;
    let mut text = String::new();
    for statement in entry.results.given().into_iter().flatten() {
        text.push_str(&statement.text.raw);
        text.push('\n');
    }
    for part in entry.notes.iter().chain(&entry.trailing) {
        text.push_str(&part.raw);
        text.push('\n');
    }
    if text.contains("accuracy") { text.replace("accuracy", "acc") } else { text }
}

/// The names that a text gives values of: what stands before `=`, `≈` and `:`.
fn printed_names(text: &str) -> BTreeSet<&str> {
    let marks = text.match_indices(['=', '≈', ':']);
    let name = |at: usize| {
        let before = text.get(..at)?;
        let start = before
            .rfind(|c: char| !(c.is_alphanumeric() || c == '_'))
            .map_or(0, |i| i + before.get(i..).and_then(|t| t.chars().next()).map_or(1, char::len_utf8));
        before.get(start..).filter(|name| !name.is_empty())
    };
    marks.filter_map(|(at, _)| name(at)).collect()
}

/// Names that a requirement asks for and that results would print as they are: the last words of its paths, but for
/// means, differences and p-values, which go by other names.
fn required_names(entry: &Entry) -> BTreeSet<String> {
    const OTHERWISE_NAMED: &[&str] = &["mean", "std", "p", "acc", "accuracy", "ok"];
    let terms =
        entry.metrics_required.given().into_iter().flatten().flat_map(|requirement| &requirement.terms);
    let mut found = BTreeSet::new();
    for term in terms {
        let Term::Rule(rule) = term else { continue };
        let path = rule.text.split(['=', '<', '>', '!']).next().unwrap_or_default().trim();
        let last = path.rsplit('.').next().unwrap_or(path);
        for name in last.trim_matches(['{', '}']).split(',') {
            let plain = name.len() > 3 && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
            let own =
                !OTHERWISE_NAMED.contains(&name) && !name.contains("uniform") && !name.starts_with("delta");
            if plain && own {
                found.insert(name.to_owned());
            }
        }
    }
    found
}

/// Methods that were run and are missing from the results row (IC023). One finding per entry.
pub(super) fn method_not_reported(evidence: &Evidence<'_>) -> Vec<Finding> {
    let context = evidence.context;
    let mut findings = Vec::new();
    for record in context.records.iter().filter(|r| r.entry.role == Role::Queue) {
        let id = &record.entry.id;
        let Some(row) = context.of_role(record.ledger_index, id, Role::Result) else { continue };
        let reported = row.text();
        let complete = ["others", "all ", "identical"].iter().any(|word| reported.contains(word));
        let run: BTreeSet<&str> = record.entry.commands.iter().flat_map(methods).collect();
        let missing: Vec<&str> = run.iter().copied().filter(|name| !has_word(reported, name)).collect();
        if complete || missing.is_empty() || missing.len() == run.len() {
            continue;
        }
        let archived = context.of_role(record.ledger_index, id, Role::Archive);
        let in_archive =
            archived.is_some_and(|r| missing.iter().all(|name| has_word(&reported_text(r), name)));
        let note = if in_archive { "; its archive entry has them" } else { "" };
        let what = format!(
            "{id} ran {} methods, and its results row leaves out {}{note}",
            run.len(),
            list(&missing, 5)
        );
        let span = value_span(row.entry, "key_metrics").unwrap_or(row.entry.id_span);
        let draft = Finding::new(&METHOD_NOT_REPORTED, Some(id), what).at(row.ledger, span, "reported");
        findings.push(match record.entry.commands.iter().find_map(methods_span) {
            Some(span) => draft.at(record.ledger, span, "run"),
            None => draft,
        });
    }
    findings
}

fn methods(command: &Command) -> impl Iterator<Item = &str> {
    let assigned = command.shell.segments.iter().flat_map(|segment| &segment.assignments);
    assigned.filter(|a| a.name == "METHODS").flat_map(|a| a.value.split(','))
}

fn methods_span(command: &Command) -> Option<Span> {
    let assigned = command.shell.segments.iter().flat_map(|segment| &segment.assignments);
    assigned.into_iter().find(|a| a.name == "METHODS").map(|a| super::fields::in_command(command, &a.span))
}

fn has_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let glued = |c: char| c.is_alphanumeric() || c == '_';
        let before = text.get(..at).and_then(|t| t.chars().next_back());
        let after = text.get(at + word.len()..).and_then(|t| t.chars().next());
        !before.is_some_and(glued) && !after.is_some_and(glued)
    })
}

/// `CPU ok` beside a CUDA device (IC024).
pub(super) fn resource_contradiction(evidence: &Evidence<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for record in &evidence.context.records {
        let entry = record.entry;
        let Some(cell) = inline(entry, "GPU/VRAM").filter(|cell| cell.raw.contains("CPU ok")) else {
            continue;
        };
        let device = entry.commands.iter().find_map(|command| {
            let device = command.shell.devices.iter().find(|device| device.value.starts_with("cuda"))?;
            Some((command, device))
        });
        if let Some((command, device)) = device {
            let id = &entry.id;
            let what = format!(
                "{id} says that a CPU is enough, and its command passes `{} {}`",
                device.source, device.value
            );
            findings.push(
                Finding::new(&RESOURCE_CONTRADICTION, Some(id), what)
                    .at(record.ledger, super::fields::in_command(command, &device.span), "asks for a GPU")
                    .at(record.ledger, cell.span, "says CPU"),
            );
        }
    }
    findings
}

/// An open status in a chapter that must be done (IC026).
pub(super) fn todo_blocks_must_do(evidence: &Evidence<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for record in &evidence.context.records {
        let priority = priority(record);
        if record.entry.statuses.implemented != Some(false) || priority.as_deref() != Some("Must Do") {
            continue;
        }
        let id = &record.entry.id;
        let what = format!("{id} must be done and waits for an open TODO");
        let span = record.entry.todos.first().map_or(record.entry.id_span, |todo| todo.text.span);
        findings.push(Finding::new(&TODO_BLOCKS_MUST_DO, Some(id), what).at(record.ledger, span, "open").at(
            record.ledger,
            record.entry.id_span,
            "in a chapter marked Must Do",
        ));
    }
    findings
}

/// The priority of the nearest section around an entry that has one.
fn priority(record: &Record<'_>) -> Option<String> {
    let mut at = Some(record.entry.section);
    // A section's parent comes before it, so that the walk ends.
    while let Some(index) = at {
        let section = record.ledger.sections.get(index)?;
        if let Some(priority) = &section.priority {
            return Some(priority.trimmed().trim_matches('*').to_owned());
        }
        at = section.parent.filter(|&parent| parent < index);
    }
    None
}
