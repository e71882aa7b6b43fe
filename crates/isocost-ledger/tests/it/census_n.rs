//! Every count of the narrative dialect's census (spec §12, N).

use std::collections::BTreeMap;

use isocost_ledger::model::{Command, Dialect, Ledger, Role, SectionRole};
use isocost_ledger::shell::HereDocTarget;

use crate::seeds::{N, ledger, of_role};

fn commands(ledger: &Ledger) -> Vec<&Command> {
    let entries = ledger.entries.iter().flat_map(|entry| &entry.commands);
    let rules = ledger.rules.iter().flat_map(|rule| &rule.commands);
    let steps = ledger.plans.iter().flat_map(|plan| &plan.steps).flat_map(|step| &step.commands);
    entries.chain(rules).chain(steps).collect()
}

#[test]
fn headings_and_experiments_are_counted() {
    let ledger = ledger(N);
    assert_eq!(ledger.dialect, Dialect::Narrative);
    let level = |level| ledger.sections.iter().filter(|section| section.level == level).count();
    assert_eq!([level(1), level(2), level(3)], [1, 12, 21]);
    let ids: Vec<_> = of_role(&ledger, Role::Section).into_iter().map(|entry| entry.id.0.as_str()).collect();
    let expected = [
        "A0", "A1", "A2", "B1", "B2", "B3", "B4", "B5", "B6", "B7", "B8", "C1", "D1", "D2", "D3", "D4", "E1",
        "E2", "F1", "F2", "G1", "H1",
    ];
    assert_eq!(ids, expected);
    let b8 = ledger.entries.iter().find(|entry| entry.id.0 == "B8").unwrap();
    assert_eq!(ledger.sections[b8.section].level, 2);
    assert_eq!(ledger.sections[b8.section].role, SectionRole::Entry);
}

#[test]
fn comments_in_fences_are_not_headings() {
    let hashes = N
        .lines()
        .filter(|line| line.starts_with("# ") || line.starts_with("## ") || line.starts_with("### "));
    assert_eq!(hashes.count() - ledger(N).sections.iter().filter(|section| section.level > 0).count(), 11);
}

#[test]
fn commands_and_here_documents_are_counted() {
    let ledger = ledger(N);
    let commands = commands(&ledger);
    assert_eq!(commands.len(), 49);
    let documents: Vec<_> = commands.iter().flat_map(|command| &command.shell.heredocs).collect();
    let tag = |tag: &str| documents.iter().filter(|document| document.tag == tag).count();
    assert_eq!((tag("YAML"), tag("PY")), (12, 3));
    assert!(documents.iter().any(|document| matches!(document.target, HereDocTarget::File { .. })));
    assert_eq!(commands.iter().filter(|command| command.shell.background).count(), 36);
    assert_eq!(commands.iter().filter(|command| command.text.raw.contains("nohup ")).count(), 36);
    let prefixed =
        |command: &&&Command| command.shell.segments.first().is_some_and(|s| !s.assignments.is_empty());
    assert_eq!(commands.iter().filter(prefixed).count(), 30);
    let continued = |command: &&Command| command.text.raw.lines().filter(|line| line.ends_with('\\')).count();
    assert_eq!(commands.iter().map(continued).sum::<usize>(), 266);
    assert_eq!(commands.iter().filter(|command| command.label.is_some()).count(), 8);
}

#[test]
fn fences_hold_one_to_eight_commands() {
    let mut sizes = BTreeMap::new();
    let fences = N.split("```bash\n").skip(1).filter_map(|rest| rest.split("\n```").next());
    for body in fences {
        *sizes.entry(isocost_ledger::shell::split_fence(body).len()).or_insert(0) += 1;
    }
    assert_eq!(sizes.into_iter().collect::<Vec<_>>(), [(1, 17), (2, 7), (4, 1), (6, 1), (8, 1)]);
}

#[test]
fn labels_are_counted() {
    let ledger = ledger(N);
    let mut places = std::collections::BTreeSet::new();
    let mut labels = BTreeMap::new();
    for field in ledger.entries.iter().flat_map(|entry| &entry.fields) {
        if places.insert(field.name.span) {
            *labels.entry(field.name.raw.as_str()).or_insert(0) += 1;
        }
    }
    let expected = [
        ("Command", 21),
        ("Config", 13),
        ("Data leakage check", 1),
        ("Expected outputs", 15),
        ("Notes", 1),
        ("Optional", 1),
        ("Plotting", 1),
        ("Purpose", 22),
        ("Sanity checks", 12),
        ("Status", 4),
        ("TODO", 1),
    ];
    assert_eq!(labels.into_iter().collect::<Vec<_>>(), expected);
    assert_eq!(ledger.rules.len(), 9);
    assert_eq!(N.matches("\n**Goal**").count(), 2);
    assert_eq!(ledger.plans.len(), 2);
}

#[test]
fn checks_todos_and_plans_are_read() {
    let ledger = ledger(N);
    let sanity: usize = ledger
        .entries
        .iter()
        .filter(|entry| entry.field("Sanity checks").is_some())
        .map(|entry| entry.checks.len() - usize::from(entry.field("Data leakage check").is_some()))
        .sum();
    assert_eq!(sanity, 20);
    let blocked: Vec<_> = ledger
        .entries
        .iter()
        .filter(|e| e.statuses.implemented == Some(false))
        .map(|e| e.id.0.as_str())
        .collect();
    assert_eq!(blocked, ["D1", "D4", "E2", "F2"]);
    assert!(ledger.entries.iter().all(|entry| entry.statuses.closed.is_none()));
    let suite = &ledger.plans[1];
    assert_eq!(suite.steps.len(), 8);
    let named: Vec<_> = suite.steps[5].entries.iter().map(|id| id.0.as_str()).collect();
    assert_eq!(named, ["D1", "D2", "D3", "D4", "E1"]);
    let priorities: Vec<_> = ["A0", "E1", "H1"]
        .map(|id| ledger.entries.iter().find(|entry| entry.id.0 == id).unwrap())
        .map(|entry| ledger.sections[entry.section].priority.as_ref().unwrap().raw.as_str())
        .into();
    assert_eq!(priorities, ["Must Do", "Bonus", "Optional"]);
    assert_eq!(N.lines().filter(|line| line.contains("TODO")).count(), 14);
    assert_eq!(N.matches("**TODO**").count(), 11);
}
