//! From findings to a log.

use std::collections::BTreeMap;

use isocost_audit::{Finding, Location as Place, Severity};
use isocost_ledger::text::Source;

use super::format::{
    ArtifactLocation, Configuration, Driver, Location, Log, Message, MultiformatMessage, PhysicalLocation,
    Region, ReportingDescriptor, ResultEntry, Run, ToolComponent,
};
use crate::escape;

/// Who speaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tool {
    /// The version of isocost.
    pub version: String,
}

/// What is said of a kind of finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleDoc {
    /// `IC001`.
    pub code: String,
    /// One sentence.
    pub summary: String,
    /// The page of `isocost explain`, in Markdown.
    pub page: String,
}

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// The findings as a SARIF log, in the order given. `rules` documents the kinds; a kind that it lacks is described by
/// its first finding. `sources` gives regions their end; without it they have only a start.
pub fn document<'a>(
    findings: &[Finding],
    rules: &[RuleDoc],
    sources: &dyn Fn(&str) -> Option<&'a Source>,
    tool: &Tool,
) -> Log {
    let mut first_of: BTreeMap<&str, &Finding> = BTreeMap::new();
    for finding in findings {
        first_of.entry(finding.code).or_insert(finding);
    }
    let index_of: BTreeMap<&str, usize> =
        first_of.keys().zip(0..).map(|(&code, index)| (code, index)).collect();
    let descriptors = first_of.values().map(|finding| descriptor(finding, rules)).collect();
    let mut seen = BTreeMap::new();
    let results = findings
        .iter()
        .map(|finding| ResultEntry {
            rule_id: finding.code.to_owned(),
            rule_index: index_of.get(finding.code).copied().unwrap_or_default(),
            level: level(finding.severity),
            message: Message { text: message(finding) },
            locations: finding.locations.first().map(|at| location(at, None, sources)).into_iter().collect(),
            related_locations: finding
                .locations
                .iter()
                .enumerate()
                .skip(1)
                .map(|(id, at)| location(at, Some(id), sources))
                .collect(),
            partial_fingerprints: BTreeMap::from([("isocostFinding/v1", fingerprint(finding, &mut seen))]),
        })
        .collect();
    let driver = Driver { name: "isocost", semantic_version: tool.version.clone(), rules: descriptors };
    let run = Run { tool: ToolComponent { driver }, results, column_kind: "unicodeCodePoints" };
    Log { schema: SCHEMA, version: "2.1.0", runs: vec![run] }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

fn message(finding: &Finding) -> String {
    let parts = [finding.what.as_str(), &finding.why, &finding.help];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
}

fn descriptor(finding: &Finding, rules: &[RuleDoc]) -> ReportingDescriptor {
    let doc = rules.iter().find(|rule| rule.code == finding.code);
    let summary = doc.map_or_else(|| finding.name.replace('-', " "), |rule| rule.summary.clone());
    let help = doc.map_or(&finding.help, |rule| &rule.page).clone();
    ReportingDescriptor {
        id: finding.code.to_owned(),
        name: finding.name.to_owned(),
        short_description: MultiformatMessage { text: summary, markdown: None },
        help: (!help.is_empty())
            .then(|| MultiformatMessage { markdown: doc.map(|rule| rule.page.clone()), text: help }),
        default_configuration: Configuration { level: level(finding.severity) },
    }
}

fn location<'a>(at: &Place, id: Option<usize>, sources: &dyn Fn(&str) -> Option<&'a Source>) -> Location {
    let end = sources(&at.file).map(|source| source.place(at.span.end.max(at.span.start)));
    let uri = escape::uri(&at.file);
    let uri_base_id = if at.file.starts_with('/') { None } else { Some("%SRCROOT%") };
    Location {
        id,
        physical_location: PhysicalLocation {
            artifact_location: ArtifactLocation { uri, uri_base_id },
            region: Region {
                start_line: at.place.line,
                start_column: at.place.column,
                end_line: end.map(|place| place.line),
                end_column: end.map(|place| place.column),
            },
        },
        message: Some(&at.label)
            .filter(|label| !label.is_empty())
            .map(|label| Message { text: label.clone() }),
    }
}

/// Sixteen hex digits of what identifies the finding apart from its line, and which of its like it is.
fn fingerprint(finding: &Finding, seen: &mut BTreeMap<String, usize>) -> String {
    let file = finding.locations.first().map_or("", |at| at.file.as_str());
    let entry = finding.entry.as_ref().map_or("", |id| id.as_ref());
    let mut hasher = blake3::Hasher::new();
    for part in [finding.code, file, entry, &finding.what] {
        hasher.update(part.as_bytes());
        hasher.update(&[0]);
    }
    let hex: String = hasher.finalize().to_hex().chars().take(16).collect();
    let nth = seen.entry(hex.clone()).and_modify(|n| *n += 1).or_insert(1);
    format!("{hex}:{nth}")
}
