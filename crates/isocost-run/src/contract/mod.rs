//! What an attempt must leave: files, and what must stand in them.

mod artifacts;
mod check;
mod files;
mod glob;
mod metrics;
mod paths;
mod report;

pub use artifacts::{Found, Survey, required_files, survey};
pub use check::{ContractSpec, Evidence, Thresholds, check};
pub use files::{EvidenceFile, FileScope, FileSource};
pub use glob::{expand_braces, expand_on_disk, globs_overlap, is_glob, matches, matches_prefix};
pub(crate) use metrics::in_words;
pub use metrics::{Decided, Verdict, decide};
pub use paths::{PathProblem, contained, inside};
pub use report::{ArtifactCheck, Check, ContractReport, MetricCheck};
