//! What a shell would make of a command.

use schemars::JsonSchema;
use serde::Serialize;

/// A command, taken apart.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Analysis {}
