//! What a shell does with a command is not always what its author meant.

use std::collections::BTreeSet;
use std::ops::Bound;

use isocost_ledger::model::{Command, Stage};
use isocost_ledger::shell::{Glob, GlobPlace, HereDocTarget};
use isocost_ledger::text::Span;

use super::Evidence;
use super::fields::in_command;
use super::wildcard::matches;
use crate::Finding;
use crate::context::{Context, Record};
use crate::draft::list;
use crate::kinds::{
    AMBIGUOUS_LOOKUP, HOME_PATH, PLACEHOLDER_IN_COMMAND, SHARED_DEVICE, UNEXPANDED_GLOB, UNWAITED_PRODUCER,
};
use crate::run_dir::leading_id;

/// Globs in assignments (IC009). One finding per entry.
pub(super) fn unexpanded_glob(evidence: &Evidence<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for record in &evidence.context.records {
        let mut places: Vec<(Span, &str)> = Vec::new();
        let mut values: Vec<&str> = Vec::new();
        for command in &record.entry.commands {
            for glob in &command.shell.globs {
                if let GlobPlace::Assignment(name) = &glob.place {
                    places.push((in_command(command, &glob.span), name));
                    values.push(&glob.text);
                }
            }
        }
        let (Some((_, name)), Some(value)) = (places.first(), values.first()) else { continue };
        let id = &record.entry.id;
        let more = match places.len() {
            1 => String::new(),
            n => format!(" ({n} places)"),
        };
        let what = format!(
            "the shell does not expand the glob in `{name}={value}`: the program receives the asterisk{more}"
        );
        let draft = Finding::new(&UNEXPANDED_GLOB, Some(id), what);
        findings.push(places.iter().fold(draft, |draft, (span, name)| {
            draft.at(record.ledger, *span, format!("assigned to {name} as it stands"))
        }));
    }
    findings
}

/// One pattern whose meaning depends on what is on the disk.
struct Lookup<'a> {
    pattern: &'a str,
    span: Span,
    runs: Vec<&'a str>,
    smoke: Option<Record<'a>>,
}

/// Patterns that match several documented runs, and newest-file lookups that a smoke run can win (IC010).
/// One finding per entry.
pub(super) fn ambiguous_lookup(evidence: &Evidence<'_>) -> Vec<Finding> {
    let context = evidence.context;
    let mut findings = Vec::new();
    for &record in &context.records {
        let mut seen: Vec<Lookup<'_>> = Vec::new();
        for command in &record.entry.commands {
            for glob in command.shell.globs.iter().filter(|glob| is_input(command, glob)) {
                let Some(pattern) = directory_pattern(&glob.text) else { continue };
                let runs = matching_runs(context, pattern);
                let smoke = smoke_writer(context, record, command, glob, pattern).filter(|_| runs.len() < 2);
                if (runs.len() > 1 || smoke.is_some()) && seen.iter().all(|known| known.pattern != pattern) {
                    seen.push(Lookup { pattern, span: in_command(command, &glob.span), runs, smoke });
                }
            }
        }
        findings.extend(lookup_finding(context, record, &seen));
    }
    findings
}

fn lookup_finding(context: &Context<'_>, record: Record<'_>, seen: &[Lookup<'_>]) -> Option<Finding> {
    let Lookup { pattern, runs, smoke, .. } = seen.first()?;
    let what = if let Some(source) = smoke {
        let id = &source.entry.id;
        format!(
            "the newest `{pattern}` is read; the smoke and the full command of {id} both write such directories"
        )
    } else {
        let smoke = runs.iter().filter(|run| run.contains("smoke")).count();
        let note = if smoke > 0 { format!(", {smoke} of them smoke runs") } else { String::new() };
        format!(
            "`{pattern}` matches {} run directories that the ledger names{note}: {}",
            runs.len(),
            list(runs, 3)
        )
    };
    let draft = Finding::new(&AMBIGUOUS_LOOKUP, Some(&record.entry.id), what);
    Some(seen.iter().fold(draft, |draft, lookup| {
        let label = match lookup.smoke {
            Some(_) => "the newest one wins".to_owned(),
            None => format!("matches {} documented runs", lookup.runs.len()),
        };
        let draft = draft.at(record.ledger, lookup.span, label);
        let named = lookup.runs.iter().take(2).filter_map(|run| context.run_dirs.get(run));
        named.fold(draft, |draft, place| draft.at(place.ledger, place.span, "one of them"))
    }))
}

/// For `$(ls -t …)`: the entry whose smoke and full commands run the same script and leave the place to it.
fn smoke_writer<'a>(
    context: &Context<'a>,
    record: Record<'a>,
    command: &Command,
    glob: &Glob,
    pattern: &str,
) -> Option<Record<'a>> {
    let newest = command.text.raw.get(glob.span.clone()).is_some_and(|text| text.contains("ls -t"));
    if glob.place != GlobPlace::Substitution || !newest {
        return None;
    }
    let owner = leading_id(pattern)?;
    let source = context.of(record.ledger_index, &owner).find(|r| {
        let script = |stage: Stage| {
            let at_stage =
                r.entry.commands.iter().filter(move |c| c.stage == stage && !c.field.contains("GPU"));
            at_stage
                .filter(|c| c.shell.outputs.is_empty())
                .filter_map(|c| c.shell.segments.last())
                .find_map(|s| s.args.first())
        };
        script(Stage::Smoke).zip(script(Stage::Full)).is_some_and(|(smoke, full)| smoke.text == full.text)
    })?;
    Some(*source)
}

fn is_input(command: &Command, glob: &Glob) -> bool {
    !command
        .shell
        .outputs
        .iter()
        .any(|path| path.span.start < glob.span.end && glob.span.start < path.span.end)
}

/// The component of a path that holds the first asterisk, if it is a run directory of one experiment: `E0014_*`.
fn directory_pattern(glob: &str) -> Option<&str> {
    let glob = glob.split_whitespace().find(|word| word.contains('*'))?;
    let star = glob.find('*')?;
    let start = glob.get(..star)?.rfind('/').map_or(0, |at| at + 1);
    let rest = glob.get(start..)?;
    let component = rest.split(['/', ')', '"', '\'']).next()?;
    let literal = !component.contains(['$', '{', '?', '[']);
    (start > 0 && rest.len() > component.len() && literal && star > start + 4).then_some(component)
}

fn matching_runs<'a>(context: &Context<'a>, pattern: &str) -> Vec<&'a str> {
    let prefix = pattern.split('*').next().unwrap_or_default();
    let owned = prefix.to_owned();
    let from = context
        .run_dirs
        .range::<str, _>((Bound::Included(owned.as_str()), Bound::Unbounded))
        .map(|(name, _)| *name);
    from.take_while(|name| name.starts_with(owned.as_str())).filter(|name| matches(pattern, name)).collect()
}

/// Holes and elisions (IC017). One finding per entry.
pub(super) fn placeholder_in_command(evidence: &Evidence<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for record in &evidence.context.records {
        let mut marks = Vec::new();
        for command in &record.entry.commands {
            let holes = command.shell.placeholders.iter().chain(&command.shell.elisions);
            marks.extend(holes.map(|mark| (mark.text.as_str(), in_command(command, &mark.span))));
        }
        if marks.is_empty() {
            continue;
        }
        let names: BTreeSet<String> = marks.iter().map(|(text, _)| format!("`{text}`")).collect();
        let names: Vec<String> = names.into_iter().collect();
        let what =
            format!("a command of {} holds {} where a value belongs", record.entry.id, list(&names, 3));
        let draft = Finding::new(&PLACEHOLDER_IN_COMMAND, Some(&record.entry.id), what);
        findings
            .push(marks.iter().fold(draft, |draft, (_, span)| draft.at(record.ledger, *span, "not a value")));
    }
    findings
}

/// Paths in home directories (IC018). One finding per entry.
pub(super) fn home_path(evidence: &Evidence<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for record in &evidence.context.records {
        let paths: Vec<Span> = record.entry.commands.iter().flat_map(home_paths).collect();
        let Some(&first) = paths.first() else { continue };
        let what =
            format!("a command of {} depends on `{}`", record.entry.id, shortened(record.slice(first)));
        let draft = Finding::new(&HOME_PATH, Some(&record.entry.id), what);
        findings.push(
            paths.iter().fold(draft, |draft, span| draft.at(record.ledger, *span, "in a home directory")),
        );
    }
    findings
}

fn home_paths(command: &Command) -> Vec<Span> {
    let text = command.text.raw.as_str();
    let roots = ["/home/", "/Users/", "/root/"];
    let starts = roots.iter().flat_map(|root| text.match_indices(root).map(|(at, _)| at));
    let free = |at: &usize| {
        text.get(..*at)
            .and_then(|t| t.chars().next_back())
            .is_none_or(|c| matches!(c, ' ' | '=' | '"' | '\'' | ':'))
    };
    let whole = |at: usize| {
        let rest = text.get(at..).unwrap_or_default();
        let end = rest.find([' ', '"', '\'', '`', ';']).unwrap_or(rest.len());
        in_command(command, &(at..at + end))
    };
    starts.filter(free).map(whole).collect()
}

/// The two ends of a long path.
fn shortened(path: &str) -> String {
    const LONGEST: usize = 60;
    let count = path.chars().count();
    if count <= LONGEST {
        return path.to_owned();
    }
    let head: String = path.chars().take(30).collect();
    let tail: String = path.chars().skip(count - 25).collect();
    format!("{head}…{tail}")
}

/// A reader that does not wait for the background command that writes its file (IC014).
pub(super) fn unwaited_producer(evidence: &Evidence<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for record in &evidence.context.records {
        for pair in record.entry.commands.windows(2) {
            let [first, second] = pair else { continue };
            let waits = second.text.raw.trim_start().starts_with("wait");
            if !first.shell.background || waits || !adjacent(*record, first, second) {
                continue;
            }
            let read =
                second.shell.inputs.iter().find(|path| !path.template && writes(first, &path.normalised));
            if let Some(path) = read {
                let id = &record.entry.id;
                let what = format!(
                    "`{}` is read without waiting for the background command that writes it",
                    path.normalised
                );
                findings.push(
                    Finding::new(&UNWAITED_PRODUCER, Some(id), what)
                        .at(record.ledger, in_command(second, &path.span), "read here")
                        .at(
                            record.ledger,
                            first_line(record, first.text.span),
                            "written here, in the background",
                        ),
                );
            }
        }
    }
    findings
}

/// Whether two commands stand in one block: nothing but blank lines, comments and fence-free text between them.
fn adjacent(record: Record<'_>, first: &Command, second: &Command) -> bool {
    let between = Span { start: first.text.span.end, end: second.text.span.start };
    !record.slice(between).contains("```")
}

/// Whether a command names the file as one that it writes.
fn writes(command: &Command, path: &str) -> bool {
    let declared = command.shell.outputs.iter().any(|output| output.normalised == path);
    let program = |target: &HereDocTarget| matches!(target, HereDocTarget::Program(_));
    let opened = |body: &str| {
        ["\"w\"", "'w'", "mode=\"w\"", "mode='w'"].iter().any(|mode| {
            ['"', '\''].iter().any(|quote| body.contains(&format!("open({quote}{path}{quote}, {mode}")))
        })
    };
    declared || command.shell.heredocs.iter().any(|doc| program(&doc.target) && opened(&doc.body))
}

/// The first line of a span.
fn first_line(record: &Record<'_>, span: Span) -> Span {
    let length = record.slice(span).find('\n').unwrap_or(span.len());
    Span::new(span.start as usize, span.start as usize + length)
}

/// Background commands of one entry on the same device (IC055). One finding per entry.
pub(super) fn shared_device(evidence: &Evidence<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for record in &evidence.context.records {
        let jobs: Vec<(&Command, &isocost_ledger::shell::Device)> = record
            .entry
            .commands
            .iter()
            .filter(|command| command.shell.background)
            .filter_map(|command| {
                Some((command, command.shell.devices.iter().find(|d| d.source == "CUDA_VISIBLE_DEVICES")?))
            })
            .collect();
        let clash = jobs.iter().enumerate().find_map(|(at, (_, device))| {
            let before = jobs
                .get(..at)?
                .iter()
                .find(|(_, other)| other.ids.iter().any(|id| device.ids.contains(id)))?;
            Some((*before, *jobs.get(at)?))
        });
        if let Some(((first, a), (second, b))) = clash {
            let id = &record.entry.id;
            let what = format!("two background commands of {id} run on device {}", b.value);
            findings.push(
                Finding::new(&SHARED_DEVICE, Some(id), what)
                    .at(record.ledger, in_command(second, &b.span), "the second one")
                    .at(record.ledger, in_command(first, &a.span), "the first one"),
            );
        }
    }
    findings
}
