//! Findings, counted.

use std::collections::BTreeMap;

use isocost_audit::{Finding, Severity};
use schemars::JsonSchema;
use serde::Serialize;

/// How bad a finding is; ordered from bad to harmless.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SeverityView {
    /// A conclusion or a run rests on it.
    Error,
    /// Probably not what was meant.
    Warning,
    /// Worth knowing.
    Info,
}

impl SeverityView {
    /// As a word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
        }
    }
}

impl From<Severity> for SeverityView {
    fn from(severity: Severity) -> Self {
        match severity {
            Severity::Error => Self::Error,
            Severity::Warning => Self::Warning,
            Severity::Info => Self::Info,
        }
    }
}

/// How often one kind of finding occurs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct FindingCount {
    /// `IC001`.
    pub code: String,
    /// The kind's short name.
    pub name: String,
    /// The gravest severity it occurs with.
    pub severity: SeverityView,
    /// How often.
    pub count: u64,
    /// The first place, as `file:line`; empty if it has none.
    pub first_place: String,
}

impl FindingCount {
    /// Counts findings by code; errors first, then by code.
    pub fn tally(findings: &[Finding]) -> Vec<Self> {
        let mut by_code: BTreeMap<&str, Self> = BTreeMap::new();
        for finding in findings {
            let severity = SeverityView::from(finding.severity);
            let entry = by_code.entry(finding.code).or_insert_with(|| Self {
                code: finding.code.to_owned(),
                name: finding.name.to_owned(),
                severity,
                count: 0,
                first_place: String::new(),
            });
            entry.count += 1;
            entry.severity = entry.severity.min(severity);
            if let (true, Some(at)) = (entry.first_place.is_empty(), finding.locations.first()) {
                entry.first_place = format!("{}:{}", at.file, at.place.line);
            }
        }
        let mut counts: Vec<Self> = by_code.into_values().collect();
        counts.sort_by(|a, b| (a.severity, &a.code).cmp(&(b.severity, &b.code)));
        counts
    }
}
