//! SARIF 2.1.0, for code scanning.
//!
//! Source: OASIS Standard "Static Analysis Results Interchange Format (SARIF) Version 2.1.0", 27 March 2020.

mod convert;
mod format;

pub use convert::{RuleDoc, Tool, document};
pub use format::{
    ArtifactLocation, Configuration, Driver, Location, Log, Message, MultiformatMessage, PhysicalLocation,
    Region, ReportingDescriptor, ResultEntry, Run, ToolComponent,
};
