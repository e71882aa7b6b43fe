//! Every count of the one-table dialect's census (spec §12, T).

use std::collections::{BTreeMap, BTreeSet};

use isocost_ledger::model::{Dialect, Entry, Role};

use crate::seeds::{T, inline, ledger, of_role};

fn count(rows: &[&Entry], test: impl Fn(&Entry) -> bool) -> usize {
    rows.iter().filter(|row| test(row)).count()
}

#[test]
fn rows_columns_and_ids_are_counted() {
    let ledger = ledger(T);
    assert_eq!(ledger.dialect, Dialect::Table);
    let rows = of_role(&ledger, Role::Row);
    assert_eq!((rows.len(), ledger.entries.len()), (57, 57));
    assert!(rows.iter().all(|row| row.fields.len() == 12));
    assert_eq!(rows.iter().map(|row| &row.id).collect::<BTreeSet<_>>().len(), 57);
    assert_eq!(count(&rows, |row| !row.id.suffix().is_empty()), 9);
    assert_eq!(count(&rows, |row| row.statuses.smoke == Some(true)), 57);
    assert_eq!(count(&rows, |row| row.statuses.full == Some(true)), 57);
    assert_eq!(ledger.notes.len(), 2);
    assert!(ledger.ambiguous_rows.is_empty());
}

#[test]
fn commands_are_counted() {
    let ledger = ledger(T);
    let rows = of_role(&ledger, Role::Row);
    assert_eq!(count(&rows, |row| inline(row, "1GPU script") == inline(row, "Multi-GPU script")), 24);
    let commands: Vec<_> = rows.iter().flat_map(|row| &row.commands).collect();
    assert_eq!(commands.len(), 90);
    assert_eq!(commands.iter().filter(|command| command.text.raw.contains("&&")).count(), 11);
    assert_eq!(count(&rows, |row| row.code_paths.len() == 2), 1);
}

#[test]
fn links_to_claims_and_plan_items_are_counted() {
    let ledger = ledger(T);
    let rows = of_role(&ledger, Role::Row);
    let goal = |row: &Entry| row.claims.iter().filter(|link| link.field.starts_with("goal")).count();
    assert_eq!((count(&rows, |row| goal(row) > 0), count(&rows, |row| goal(row) == 0)), (38, 19));
    let mut links = BTreeMap::new();
    for link in rows.iter().flat_map(|row| &row.claims) {
        *links.entry(link.id.0.as_str()).or_insert(0) += 1;
    }
    let expected = [
        ("C0001", 11),
        ("C0002", 10),
        ("C0003", 8),
        ("C0004", 11),
        ("C0005", 4),
        ("C0006", 8),
        ("P0015", 1),
        ("P0028", 1),
    ];
    assert_eq!(links.into_iter().collect::<Vec<_>>(), expected);
}

#[test]
fn devices_and_cross_references_are_counted() {
    let ledger = ledger(T);
    let rows = of_role(&ledger, Role::Row);
    assert_eq!(count(&rows, |row| row.resources.gpus == Some(0)), 35);
    assert_eq!(count(&rows, |row| row.resources.gpus == Some(1)), 22);
    let edges = |row: &&Entry| {
        let others: BTreeSet<_> = row.mentions.iter().map(|m| &m.id).collect();
        others.into_iter().filter(|id| matches!(id.letter(), 'E' | 'D' | 'R') && **id != row.id).count()
    };
    assert_eq!(rows.iter().map(edges).sum::<usize>(), 28);
}
