//! What audits find in the seed ledgers and in small ones.

mod examples;
mod looks;
mod seeds;
mod small;

use std::collections::BTreeMap;
use std::fmt::Write;

use isocost_audit::{Audit, Finding, audit};
use isocost_ledger::model::Ledger;
use isocost_ledger::parse::parse;
use isocost_ledger::text::Source;

const QUEUE: &str = include_str!("../../../../testdata/seeds/avs-experiment.md");
const TABLE: &str = include_str!("../../../../testdata/seeds/provetok-experiment.md");
const NARRATIVE: &str = include_str!("../../../../testdata/seeds/vovnet-experiments.md");

fn read(name: &str, text: &str) -> Ledger {
    parse(Source::new(name, text))
}

fn audit_of(name: &str, text: &str) -> Audit {
    audit(&[read(name, text)])
}

/// Findings by code and name, one a line.
fn counts(findings: &[Finding]) -> String {
    let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for finding in findings {
        *counts.entry((finding.code, finding.name)).or_default() += 1;
    }
    counts.iter().fold(String::new(), |mut text, ((code, name), count)| {
        let _ = writeln!(text, "{code} {name} {count}");
        text
    })
}

/// The findings of a kind.
fn of<'a>(audit: &'a Audit, code: &str) -> Vec<&'a Finding> {
    audit.findings.iter().filter(|finding| finding.code == code).collect()
}

/// The experiments that findings of a kind are about.
fn entries<'a>(audit: &'a Audit, code: &str) -> Vec<&'a str> {
    of(audit, code).into_iter().filter_map(|finding| finding.entry.as_ref()).map(|id| id.0.as_str()).collect()
}
