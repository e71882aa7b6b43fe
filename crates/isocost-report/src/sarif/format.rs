//! The parts of the format that are used, by the names of the standard.

use std::collections::BTreeMap;

use serde::Serialize;

/// `sarifLog` (§3.13).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Log {
    /// Where the schema lives.
    #[serde(rename = "$schema")]
    pub schema: &'static str,
    /// `2.1.0`.
    pub version: &'static str,
    /// One run.
    pub runs: Vec<Run>,
}

/// `run` (§3.14).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Run {
    /// Who ran.
    pub tool: ToolComponent,
    /// What was found.
    pub results: Vec<ResultEntry>,
    /// `unicodeCodePoints`.
    pub column_kind: &'static str,
}

/// `tool` (§3.18).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ToolComponent {
    /// The program.
    pub driver: Driver,
}

/// `toolComponent` (§3.19).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Driver {
    /// `isocost`.
    pub name: &'static str,
    /// Its version.
    pub semantic_version: String,
    /// The kinds of finding that occur, by code.
    pub rules: Vec<ReportingDescriptor>,
}

/// `reportingDescriptor` (§3.49).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ReportingDescriptor {
    /// `IC001`.
    pub id: String,
    /// The kind's short name.
    pub name: String,
    /// One sentence.
    pub short_description: MultiformatMessage,
    /// What to do, or a whole page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<MultiformatMessage>,
    /// Its severity.
    pub default_configuration: Configuration,
}

/// `multiformatMessageString` (§3.12).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MultiformatMessage {
    /// Plain text.
    pub text: String,
    /// The same in Markdown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub markdown: Option<String>,
}

/// `reportingConfiguration` (§3.50).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Configuration {
    /// `error`, `warning` or `note`.
    pub level: &'static str,
}

/// `result` (§3.27).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ResultEntry {
    /// The rule's id.
    pub rule_id: String,
    /// Its index in `rules`.
    pub rule_index: usize,
    /// `error`, `warning` or `note`.
    pub level: &'static str,
    /// What, why, and what to do.
    pub message: Message,
    /// The main place.
    pub locations: Vec<Location>,
    /// Other places.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub related_locations: Vec<Location>,
    /// What stays the same when lines move.
    pub partial_fingerprints: BTreeMap<&'static str, String>,
}

/// `message` (§3.11).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Message {
    /// Plain text.
    pub text: String,
}

/// `location` (§3.28).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Location {
    /// Unique among a result's related locations.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<usize>,
    /// Where.
    pub physical_location: PhysicalLocation,
    /// What is said of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<Message>,
}

/// `physicalLocation` (§3.29).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PhysicalLocation {
    /// The document.
    pub artifact_location: ArtifactLocation,
    /// The part of it.
    pub region: Region,
}

/// `artifactLocation` (§3.4).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ArtifactLocation {
    /// Percent-encoded; relative unless the path is absolute.
    pub uri: String,
    /// What a relative one is relative to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uri_base_id: Option<&'static str>,
}

/// `region` (§3.30). Lines and columns start at 1; the end column is one past the last character.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Region {
    /// First line.
    pub start_line: u32,
    /// First character.
    pub start_column: u32,
    /// Last line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_line: Option<u32>,
    /// One past the last character.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_column: Option<u32>,
}
