//! Programs embedded in commands.

use std::collections::BTreeSet;

use isocost_ledger::model::{Command, Ledger};
use isocost_ledger::shell::HereDocTarget;
use isocost_ledger::text::Span;

use super::Evidence;
use crate::Finding;
use crate::draft::list;
use crate::kinds::{CONTRACT_LACKS_COLUMN, LITERAL_BACKSLASH_N};

/// A doubled backslash before the n of a line end (IC020). Looks in entries and in fences outside them.
pub(super) fn literal_backslash_n(evidence: &Evidence<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for ledger in evidence.context.ledgers {
        let text = ledger.source.text();
        for (at, mark) in text.match_indices("\\\\n\")") {
            let line_start = text.get(..at).and_then(|t| t.rfind('\n')).map_or(0, |i| i + 1);
            let line = text.get(line_start..at).unwrap_or_default();
            if !line.contains(".write(") || !in_verbatim_python(text, line_start) {
                continue;
            }
            let entry = ledger.entries.iter().find(|entry| entry.span.contains(Span::new(at, at + 1)));
            let what =
                "an embedded program writes a backslash and an n where a line break is meant".to_owned();
            findings.push(Finding::new(&LITERAL_BACKSLASH_N, entry.map(|e| &e.id), what).at(
                ledger,
                Span::new(at, at + mark.len() - 2),
                "two characters, not a line break",
            ));
        }
    }
    findings
}

/// Whether a place lies in a here-document with a quoted tag that Python reads.
fn in_verbatim_python(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default();
    let Some(open) = before.rfind("<<'").or_else(|| before.rfind("<<\"")) else { return false };
    let quote = before.get(open + 2..open + 3).unwrap_or_default();
    let Some(tag) = before.get(open + 3..).and_then(|rest| rest.split(quote).next()) else { return false };
    let body = before.get(open..).unwrap_or_default();
    let closed = body.lines().skip(1).any(|line| line == tag);
    let line = before.get(before.get(..open).and_then(|t| t.rfind('\n')).map_or(0, |i| i + 1)..open);
    !closed && line.is_some_and(|line| line.contains("python"))
}

/// Columns that a program reads and the contract does not promise (IC025). One finding per entry.
pub(super) fn contract_lacks_column(evidence: &Evidence<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for record in &evidence.context.records {
        let Some((promised, span)) = contract(record.ledger) else { continue };
        for command in &record.entry.commands {
            let read = columns_read(command);
            let missing: Vec<&str> = read.into_iter().filter(|column| !promised.contains(column)).collect();
            let Some(first) = missing.first() else { continue };
            let at = command.text.raw.find(&format!("\"{first}\"")).unwrap_or(0);
            let place = Span::new(at, at + first.len() + 2).shifted(command.text.span.start as usize);
            let what = format!(
                "{} reads {} from results.csv, which the output contract does not promise",
                record.entry.id,
                list(&missing, 5)
            );
            findings.push(
                Finding::new(&CONTRACT_LACKS_COLUMN, Some(&record.entry.id), what)
                    .at(record.ledger, place, "read here")
                    .at(record.ledger, span, "the contract"),
            );
        }
    }
    findings
}

/// The columns that a rule promises for `results.csv`, and where.
fn contract(ledger: &Ledger) -> Option<(BTreeSet<&str>, Span)> {
    const MARK: &str = "`results.csv` includes ";
    let rule = ledger.rules.iter().find(|rule| rule.text.raw.contains(MARK))?;
    let at = rule.text.raw.find(MARK)?;
    let rest = rule.text.raw.get(at + MARK.len()..)?;
    let end = rest.find('\n').unwrap_or(rest.len());
    let columns = rest.get(..end)?.trim_end_matches('.').split(',').map(|name| name.trim().trim_matches('`'));
    Some((columns.collect(), Span::new(at, at + MARK.len() + end).shifted(rule.text.span.start as usize)))
}

/// The columns that a program reads from rows of a `results.csv`.
fn columns_read(command: &Command) -> BTreeSet<&str> {
    let mut columns = BTreeSet::new();
    for doc in &command.shell.heredocs {
        let program = matches!(doc.target, HereDocTarget::Program(_));
        if !program || !doc.body.contains("DictReader") || !doc.body.contains("results.csv") {
            continue;
        }
        for opening in ["row[\"", "row.get(\"", "r[\"", "r.get(\""] {
            for (at, _) in doc.body.match_indices(opening) {
                let free = doc
                    .body
                    .get(..at)
                    .and_then(|t| t.chars().next_back())
                    .is_none_or(|c| !c.is_alphanumeric() && c != '_');
                let name = doc.body.get(at + opening.len()..).and_then(|rest| rest.split('"').next());
                columns.extend(name.filter(|_| free));
            }
        }
    }
    columns
}
