//! Everything one report shows.

use schemars::JsonSchema;
use serde::Serialize;

use super::{ClaimView, ComparisonView, FindingCount, LookSummary, LookView, ParetoSeries, RunView};

/// The ledger that the report is about.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, JsonSchema)]
pub struct LedgerFacts {
    /// The file as given.
    pub file: String,
    /// Its dialect.
    pub dialect: String,
    /// Number of entries.
    pub entries: u64,
    /// Number of claims.
    pub claims: u64,
    /// BLAKE3 of its bytes, in hex.
    pub hash: String,
}

/// A whole report.
#[derive(Debug, Clone, PartialEq, Default, Serialize, JsonSchema)]
pub struct Report {
    /// Its title.
    pub title: String,
    /// When it was made, as the caller writes times; leave it out for reproducible bytes.
    pub generated: Option<String>,
    /// The version of isocost.
    pub version: String,
    /// The ledger.
    pub ledger: LedgerFacts,
    /// The level of significance that the claims use; drawn as a line where p-values are.
    pub alpha: Option<f64>,
    /// Claims, in the ledger's order.
    pub claims: Vec<ClaimView>,
    /// Comparisons, in the order of their claims.
    pub comparisons: Vec<ComparisonView>,
    /// Looks, in time order.
    pub looks: Vec<LookView>,
    /// What the looks mean for each claim.
    pub look_summaries: Vec<LookSummary>,
    /// Metric against cost.
    pub pareto: Vec<ParetoSeries>,
    /// Attempts, in time order.
    pub runs: Vec<RunView>,
    /// Findings, counted by code.
    pub findings: Vec<FindingCount>,
    /// What cannot be seen, beyond what no report can see; one sentence each.
    pub blind_spots: Vec<String>,
}
