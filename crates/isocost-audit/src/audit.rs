//! Everything at once.

use std::collections::BTreeMap;

use isocost_ledger::model::{Dialect, Ledger, Role};
use isocost_ledger::rule::{Requirement, Term};
use schemars::JsonSchema;
use serde::Serialize;

use crate::context::Context;
use crate::detect::{self, Evidence};
use crate::looks::{looks_of, summaries_of};
use crate::{Finding, Look, LookSummary};

/// What one document holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Census {
    /// The document's name as given.
    pub file: String,
    /// How it is written.
    pub dialect: Dialect,
    /// Entries by role.
    pub entries: BTreeMap<&'static str, usize>,
    /// Different ids among them.
    pub experiments: usize,
    /// Commands.
    pub commands: usize,
    /// Claims.
    pub claims: usize,
    /// Evaluations that results report.
    pub evaluations: usize,
}

/// How many requirements and checks can be evaluated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, JsonSchema)]
pub struct Checkable {
    /// Parts that the rule language reads.
    pub rules: usize,
    /// Parts that only a person can judge.
    pub prose: usize,
}

/// All that the text of ledgers tells.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Audit {
    /// Findings: worst first, then by file and place.
    pub findings: Vec<Finding>,
    /// Looks at protected splits, in time order.
    pub looks: Vec<Look>,
    /// What the looks mean, by claim and split.
    pub summaries: Vec<LookSummary>,
    /// Required metrics and checks, by whether a machine can decide them.
    pub checkable: Checkable,
    /// What was read.
    pub census: Vec<Census>,
}

/// Audits ledgers on their text alone. Pure: the same ledgers give the same result.
pub fn audit(ledgers: &[Ledger]) -> Audit {
    let context = Context::new(ledgers);
    let looks = looks_of(&context);
    let summaries = summaries_of(&context, &looks);
    let findings = detect::all(&Evidence { context: &context, summaries: &summaries });
    let census = (0..ledgers.len()).filter_map(|index| census(&context, index)).collect();
    Audit { findings, checkable: checkable(&context), looks, summaries, census }
}

fn census(context: &Context<'_>, index: usize) -> Option<Census> {
    let ledger = context.ledgers.get(index)?;
    let mut entries: BTreeMap<&'static str, usize> = BTreeMap::new();
    for entry in &ledger.entries {
        *entries.entry(role_name(entry.role)).or_default() += 1;
    }
    let ids: std::collections::BTreeSet<_> = ledger.entries.iter().map(|entry| &entry.id).collect();
    Some(Census {
        file: ledger.source.name().to_owned(),
        dialect: ledger.dialect,
        entries,
        experiments: ids.len(),
        commands: ledger.entries.iter().map(|entry| entry.commands.len()).sum(),
        claims: ledger.claims.len(),
        evaluations: context.evaluations.iter().filter(|e| e.record.ledger_index == index).count(),
    })
}

fn role_name(role: Role) -> &'static str {
    match role {
        Role::Queue => "queue",
        Role::Result => "results",
        Role::Archive => "archive",
        Role::Row => "table",
        Role::Section => "section",
        Role::Script => "script",
    }
}

fn checkable(context: &Context<'_>) -> Checkable {
    let mut counts = Checkable::default();
    for record in &context.records {
        let required = record.entry.metrics_required.given().into_iter().flatten();
        for requirement in required.chain(&record.entry.checks) {
            for term in terms(requirement) {
                match term {
                    Term::Rule(_) => counts.rules += 1,
                    Term::NotCheckable(..) => counts.prose += 1,
                }
            }
        }
    }
    counts
}

fn terms(requirement: &Requirement) -> impl Iterator<Item = &Term> {
    requirement.terms.iter().chain(&requirement.note)
}
