//! One rule language for required metrics, checks, gates and claims.

use schemars::JsonSchema;
use serde::Serialize;

/// One line of requirements: a file and terms.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Requirement {
    /// The line as written.
    pub text: String,
}
