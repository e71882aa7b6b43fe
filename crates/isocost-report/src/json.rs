//! The report as data.

use schemars::{JsonSchema, Schema, schema_for};
use serde::Serialize;

use crate::model::Report;

/// The schema's name and version.
pub const SCHEMA: &str = "isocost/report/1";

#[derive(Serialize, JsonSchema)]
struct Versioned<'a> {
    /// Always [`SCHEMA`].
    schema: &'static str,
    #[serde(flatten)]
    report: &'a Report,
}

/// The report as indented JSON with a final newline. NaN and infinities become `null`.
///
/// # Errors
/// Only if the report cannot be serialised, which plain data always can.
pub fn report(report: &Report) -> Result<String, serde_json::Error> {
    Ok(serde_json::to_string_pretty(&Versioned { schema: SCHEMA, report })? + "\n")
}

/// The JSON Schema of [`report`]'s output.
pub fn schema() -> Schema {
    schema_for!(Versioned<'static>)
}
