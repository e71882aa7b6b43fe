//! Every count of the queue dialect's census (spec §12, Q).

use std::collections::{BTreeMap, BTreeSet};

use isocost_ledger::model::{ArtifactKind, Dialect, Entry, FieldValue, Ledger, Presence, Role, Stamp};

use crate::seeds::{Q, inline, ledger, of_role};

fn count<T>(items: &[T], test: impl Fn(&T) -> bool) -> usize {
    items.iter().filter(|item| test(item)).count()
}

fn is_nested(entry: &Entry, name: &str) -> Option<bool> {
    entry.field(name).map(|field| matches!(field.value, FieldValue::Nested(_)))
}

fn distinct<'a>(entries: &[&'a Entry]) -> BTreeSet<&'a str> {
    entries.iter().map(|entry| entry.id.0.as_str()).collect()
}

fn edges(ledger: &Ledger, role: Role) -> usize {
    of_role(ledger, role)
        .iter()
        .map(|entry| {
            let others: BTreeSet<_> = entry
                .mentions
                .iter()
                .map(|mention| &mention.id)
                .filter(|id| matches!(id.letter(), 'E' | 'D' | 'R') && **id != entry.id)
                .collect();
            others.len()
        })
        .sum()
}

#[test]
fn headings_and_queues_are_counted() {
    let ledger = ledger(Q);
    assert_eq!(ledger.dialect, Dialect::Queue);
    let levels = [1, 2, 3].map(|level| count(&ledger.sections, |section| section.level == level));
    assert_eq!(levels, [1, 5, 247]);
    let queue = of_role(&ledger, Role::Queue);
    let mut per_section = BTreeMap::new();
    for entry in &queue {
        *per_section.entry(entry.section).or_insert(0) += 1;
    }
    assert_eq!(per_section.into_values().collect::<Vec<_>>(), [118, 3, 21]);
    assert_eq!(distinct(&queue).len(), 142);
    assert!(queue.iter().all(|entry| entry.statuses.closed == Some(true)));
    assert_eq!(count(&queue, |entry| !entry.qualifier.is_empty()), 19);
}

#[test]
fn skipped_entries_are_told_in_three_ways() {
    let ledger = ledger(Q);
    let queue = of_role(&ledger, Role::Queue);
    assert_eq!(count(&queue, |entry| entry.title_facts.skip_mark), 14);
    assert_eq!(count(&queue, |entry| entry.title_facts.only_if.is_some()), 3);
    let told = |entry: &&Entry| inline(entry, "results").is_some_and(|text| text.starts_with("skipped"));
    assert_eq!(count(&queue, told), 11);
    assert_eq!(count(&queue, |entry| entry.statuses.skipped.is_some()), 25);
}

#[test]
fn queue_fields_are_counted() {
    let ledger = ledger(Q);
    let queue = of_role(&ledger, Role::Queue);
    let mut names = BTreeMap::new();
    queue
        .iter()
        .flat_map(|e| &e.fields)
        .for_each(|field| *names.entry(field.name.raw.as_str()).or_insert(0) += 1);
    let expected = [
        ("backfill", 19),
        ("command", 142),
        ("configs", 142),
        ("decision", 3),
        ("logs", 35),
        ("required_artifacts", 142),
        ("required_metrics", 142),
        ("results", 55),
        ("seeds", 142),
    ];
    assert_eq!(names.into_iter().collect::<Vec<_>>(), expected);
    let forms = |name: &str| {
        [false, true].map(|nested| count(&queue, |entry| is_nested(entry, name) == Some(nested)))
    };
    assert_eq!(forms("command"), [85, 57]);
    assert_eq!(forms("required_artifacts"), [25, 117]);
    assert_eq!(forms("required_metrics"), [26, 116]);
    assert_eq!(forms("results"), [51, 4]);
    assert_eq!(forms("logs"), [31, 4]);
}

#[test]
fn queue_commands_are_counted() {
    let ledger = ledger(Q);
    let queue = of_role(&ledger, Role::Queue);
    let commands: Vec<_> = queue.iter().flat_map(|entry| &entry.commands).collect();
    assert_eq!(commands.len(), 205);
    let labels: BTreeSet<_> =
        commands.iter().filter_map(|c| c.label.as_ref().map(|label| label.span)).collect();
    assert_eq!(labels.len(), 6);
    assert_eq!([1, 2, 10].map(|n| count(&queue, |entry| entry.commands.len() == n)), [87, 54, 1]);
    assert_eq!(count(&commands, |c| c.text.raw.contains("$(date")), 124);
    assert_eq!(count(&commands, |c| c.text.raw.contains("&&")), 8);
}

#[test]
fn declared_seeds_are_counted() {
    let ledger = ledger(Q);
    let mut values = BTreeMap::new();
    for entry in of_role(&ledger, Role::Queue) {
        let key = match &entry.seeds {
            Presence::Given(seeds) => format!("{seeds:?}"),
            Presence::EmptyList => "[]".to_owned(),
            other => format!("{other:?}"),
        };
        *values.entry(key).or_insert(0) += 1;
    }
    let expected = [
        ("[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]", 27),
        ("[0, 1, 2]", 89),
        ("[0, 1]", 2),
        ("[0]", 9),
        ("[1]", 2),
        ("[2]", 2),
        ("[]", 11),
    ];
    assert_eq!(values.iter().map(|(k, v)| (k.as_str(), *v)).collect::<Vec<_>>(), expected);
}

#[test]
fn required_artifacts_metrics_and_logs_are_counted() {
    let ledger = ledger(Q);
    let queue = of_role(&ledger, Role::Queue);
    let artifacts: Vec<_> = queue.iter().filter_map(|e| e.artifacts_required.given()).flatten().collect();
    assert_eq!(artifacts.len(), 322);
    assert_eq!(count(&queue, |e| e.artifacts_required == Presence::EmptyList), 22);
    assert_eq!(count(&artifacts, |a| a.kind == ArtifactKind::Glob), 230);
    assert_eq!(count(&artifacts, |a| a.note.as_ref().is_some_and(|note| note.raw == "reused")), 7);
    let metrics: Vec<_> = queue.iter().filter_map(|e| e.metrics_required.given()).flatten().collect();
    assert_eq!(metrics.len(), 117);
    assert_eq!(count(&queue, |e| e.metrics_required == Presence::EmptyList), 26);
    assert_eq!(queue.iter().map(|entry| entry.logs.len()).sum::<usize>(), 44);
}

#[test]
fn the_terms_of_required_metrics_are_counted() {
    let ledger = ledger(Q);
    let queue = of_role(&ledger, Role::Queue);
    let lines: Vec<_> = queue.iter().filter_map(|e| e.metrics_required.given()).flatten().collect();
    let texts: BTreeSet<&str> = lines.iter().map(|line| line.text.as_str()).collect();
    // Every second piece between back-quotes is a code span; the first of a line names its file.
    let terms: Vec<&str> =
        lines.iter().flat_map(|line| line.text.split('`').skip(1).step_by(2).skip(1)).collect();
    assert_eq!((texts.len(), terms.len(), terms.iter().collect::<BTreeSet<_>>().len()), (18, 293, 36));
}

#[test]
fn commands_are_counted_by_what_a_shell_makes_of_them() {
    let ledger = ledger(Q);
    let queue = of_role(&ledger, Role::Queue);
    let prefixed = |command: &&isocost_ledger::model::Command| {
        command.shell.segments.first().is_some_and(|first| !first.assignments.is_empty())
    };
    let globbed = |command: &&isocost_ledger::model::Command| {
        command.shell.segments.iter().flat_map(|segment| &segment.assignments).any(|a| a.flags.glob)
    };
    let commands: Vec<_> = queue.iter().flat_map(|entry| &entry.commands).collect();
    assert_eq!(commands.iter().copied().filter(prefixed).count(), 198);
    assert_eq!(commands.iter().copied().filter(globbed).count(), 117);
    assert_eq!(count(&queue, |entry| entry.commands.iter().any(|command| globbed(&command))), 70);
}

#[test]
fn results_rows_are_counted() {
    let ledger = ledger(Q);
    let rows = of_role(&ledger, Role::Result);
    let queue = of_role(&ledger, Role::Queue);
    assert_eq!((rows.len(), distinct(&rows).len()), (116, 116));
    let outcome = |name: &str| count(&rows, |row| row.statuses.outcome.as_deref() == Some(name));
    assert_eq!((outcome("success"), outcome("failed")), (115, 1));
    assert_eq!(distinct(&queue).difference(&distinct(&rows)).count(), 26);
    assert_eq!(distinct(&rows).difference(&distinct(&queue)).count(), 0);
}

#[test]
fn archive_entries_and_fields_are_counted() {
    let ledger = ledger(Q);
    let archive = of_role(&ledger, Role::Archive);
    let letters = ['E', 'D', 'R'].map(|letter| count(&archive, |entry| entry.id.letter() == letter));
    assert_eq!((archive.len(), distinct(&archive).len(), letters), (244, 244, [242, 1, 1]));
    let fields: Vec<_> = archive.iter().flat_map(|entry| &entry.fields).collect();
    assert_eq!(fields.len(), 4023);
    assert_eq!(fields.iter().map(|field| &field.name.raw).collect::<BTreeSet<_>>().len(), 27);
    let cells: Vec<_> = fields.iter().filter(|field| field.name.raw.contains("cmd")).collect();
    assert_eq!(cells.len(), 386);
    let one_span = |value: &FieldValue| match value {
        FieldValue::Inline(text) => {
            let text = text.trimmed();
            text.starts_with('`') && text.ends_with('`') && text.matches('`').count() == 2
        }
        _ => false,
    };
    assert_eq!(count(&cells, |field| one_span(&field.value)), 365);
    assert_eq!(ledger.ambiguous_rows.len(), 17);
}

#[test]
fn archive_boxes_are_counted() {
    let ledger = ledger(Q);
    let archive = of_role(&ledger, Role::Archive);
    let pairs = |smoke, full| count(&archive, |e| (e.statuses.smoke, e.statuses.full) == (smoke, full));
    assert_eq!(pairs(Some(true), Some(true)), 138);
    assert_eq!(pairs(Some(false), Some(true)), 49);
    assert_eq!(pairs(Some(false), Some(false)), 45);
    assert_eq!(pairs(Some(true), Some(false)), 6);
    assert_eq!(pairs(None, None), 6);
}

#[test]
fn archive_results_that_are_none_are_counted() {
    let ledger = ledger(Q);
    let archive = of_role(&ledger, Role::Archive);
    assert_eq!(count(&archive, |entry| entry.results == Presence::Blank), 2);
    assert_eq!(count(&archive, |entry| entry.results == Presence::ToBeAnnounced), 1);
    assert_eq!(count(&archive, |entry| entry.statuses.skipped.is_some()), 43);
    let trailing: Vec<_> = archive.iter().filter(|entry| !entry.trailing.is_empty()).collect();
    assert_eq!(trailing.len(), 7);
    assert_eq!(trailing.iter().map(|entry| entry.trailing.len()).sum::<usize>(), 41);
}

#[test]
fn ids_are_counted() {
    let ledger = ledger(Q);
    let defined: BTreeSet<_> = ledger.entries.iter().map(|entry| &entry.id).collect();
    assert_eq!(defined.len(), 368);
    let queue =
        distinct(&of_role(&ledger, Role::Queue)).into_iter().map(str::to_owned).collect::<BTreeSet<_>>();
    let archive = distinct(&of_role(&ledger, Role::Archive)).into_iter().map(str::to_owned).collect();
    assert_eq!(queue.intersection(&archive).count(), 18);
    let tokens = ['E', 'D', 'R', 'C', 'P'].map(|letter| {
        let ids: Vec<_> = ledger.mentions.iter().filter(|m| m.id.letter() == letter).map(|m| &m.id).collect();
        (ids.len(), ids.into_iter().collect::<BTreeSet<_>>().len())
    });
    assert_eq!(tokens, [(3477, 385), (6, 1), (1, 1), (249, 7), (3, 3)]);
    let mut claims = BTreeMap::new();
    ledger
        .mentions
        .iter()
        .filter(|m| m.id.is_claim())
        .for_each(|m| *claims.entry(m.id.0.as_str()).or_insert(0) += 1);
    let expected =
        [("C0001", 3), ("C0003", 234), ("C0004", 3), ("C0005", 1), ("C0007", 5), ("C0008", 2), ("C0009", 1)];
    assert_eq!(claims.into_iter().collect::<Vec<_>>(), expected);
    let mentioned: BTreeSet<_> =
        ledger.mentions.iter().map(|m| &m.id).filter(|id| matches!(id.letter(), 'E' | 'D' | 'R')).collect();
    assert_eq!(mentioned.difference(&defined).count(), 19);
    let cites = |entry: &&Entry| {
        let claims: BTreeSet<_> = entry.mentions.iter().filter(|m| m.id.is_claim()).map(|m| &m.id).collect();
        claims.len()
    };
    let archive = of_role(&ledger, Role::Archive);
    assert_eq!((count(&archive, |e| cites(e) == 1), count(&archive, |e| cites(e) > 1)), (126, 0));
}

#[test]
fn cross_references_are_counted() {
    let ledger = ledger(Q);
    assert_eq!((edges(&ledger, Role::Queue), edges(&ledger, Role::Archive)), (119, 504));
}

#[test]
fn stamped_run_directories_are_counted() {
    let words = Q.split(|c: char| !(c.is_ascii_alphanumeric() || "_-./".contains(c)));
    let directories: BTreeSet<_> =
        words.filter(|word| word.starts_with("runs/")).filter_map(Stamp::directory).collect();
    assert_eq!(directories.len(), 521);
}
