//! What the report is about and how it stands.

use super::{Block, Section};
use crate::model::{Report, VerdictKind};
use crate::number;
use crate::table::Cell;

/// `2 of 5 claims supported; …`.
pub(crate) fn lead(report: &Report) -> String {
    if report.claims.is_empty() {
        return "The ledger has no claims to judge.".to_owned();
    }
    let parts: Vec<String> = VerdictKind::ALL
        .into_iter()
        .map(|verdict| (verdict, report.claims.iter().filter(|claim| claim.verdict == verdict).count()))
        .filter(|&(_, count)| count > 0)
        .map(|(verdict, count)| format!("{count} {}", verdict.word()))
        .collect();
    let claims = if report.claims.len() == 1 { "claim" } else { "claims" };
    format!("{} {claims}: {}.", report.claims.len(), parts.join(", "))
}

/// The ledger and who wrote the report.
pub(crate) fn section(report: &Report) -> Section {
    let ledger = &report.ledger;
    let mut facts = vec![
        ("Ledger".to_owned(), Cell::code(&ledger.file)),
        ("BLAKE3 of the ledger".to_owned(), Cell::code(&ledger.hash)),
        ("Dialect".to_owned(), Cell::text(&ledger.dialect)),
        ("Entries".to_owned(), Cell::text(number::count(ledger.entries))),
        ("Claims".to_owned(), Cell::text(number::count(ledger.claims))),
        ("Written by".to_owned(), Cell::text(format!("isocost {}", report.version))),
    ];
    if let Some(generated) = &report.generated {
        facts.push(("Generated".to_owned(), Cell::text(generated)));
    }
    facts.retain(|(_, value)| !value.is_blank());
    Section { anchor: "overview", title: "Overview", blocks: vec![Block::Facts(facts)] }
}
