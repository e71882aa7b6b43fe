//! Which files the batch reads and what it calls them.

use std::path::Path;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::E1Error;

/// One diagnosis file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Its place, relative to the root.
    pub path: String,
    /// What the report calls it.
    pub label: String,
    /// Puzzles that the published results count for it. A file that holds another number is reported, not refused.
    pub n: u64,
}

impl Source {
    fn new(path: &str, label: &str, n: u64) -> Self {
        Self { path: path.to_owned(), label: label.to_owned(), n }
    }
}

/// What the original script prints without computing it; ours are computed and compared with these.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Literals {
    /// Settled wrong puzzles of the TRM file.
    pub settled_wrong: u64,
    /// Settled wrong puzzles of the HRM file under the strict threshold.
    pub strict_settled_wrong: u64,
    /// Wrong puzzles of the HRM file.
    pub strict_wrong: u64,
}

impl Default for Literals {
    fn default() -> Self {
        Self { settled_wrong: 0, strict_settled_wrong: 21, strict_wrong: 3_894 }
    }
}

/// The batch. Every field has the value of the published study as its default.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// `isocost/recursion-e1-config/1`.
    pub schema: String,
    /// The TRM file.
    pub trm: Source,
    /// The HRM file.
    pub hrm: Source,
    /// Files of the matched comparison; one that is missing is reported.
    pub spectrum: Vec<Source>,
    /// Resamples of each bootstrap interval.
    pub replicates: u64,
    /// Seed of the one generator that all intervals share.
    pub seed: u64,
    /// Percentile of the HRM file's late drift below which a puzzle counts as strictly settled.
    pub strict_percentile: f64,
    /// What the original script prints as constants.
    pub literals: Literals,
}

const SCHEMA: &str = "isocost/recursion-e1-config/1";

impl Default for Config {
    fn default() -> Self {
        let spectrum = |name: &str, label| {
            let path = format!("official_gbs768_spectrum/trm_gbs768_{name}_n512_k8_seed20260602.npz");
            Source::new(&path, label, 512)
        };
        Self {
            schema: SCHEMA.to_owned(),
            trm: Source::new(
                "analysis_2x2/retest/trm_gbs768_step58590_full_n2048.npz",
                "TRM official @58590",
                2_048,
            ),
            hrm: Source::new("diag_8k.npz", "HRM @26040", 8_192),
            spectrum: vec![
                spectrum("base_step58590", "baseline @58590"),
                spectrum("multi4_step35805", "multi4 @35805 (best)"),
                spectrum("multi4_step65100", "multi4 @65100 (final)"),
            ],
            replicates: 10_000,
            seed: 0,
            strict_percentile: 45.0,
            literals: Literals::default(),
        }
    }
}

impl Config {
    /// Reads a configuration from JSON; fields that are absent keep their defaults, fields that are unknown are errors.
    pub fn read(path: &Path) -> Result<Self, E1Error> {
        let text = isocost_fs::read_to_string(path)?;
        let failed = |reason: String| E1Error::Config { path: path.to_owned(), reason };
        if !text.trim_start().starts_with('{') {
            return Err(failed("it is no JSON object".to_owned()));
        }
        let config: Self = serde_json::from_str(&text).map_err(|error| failed(error.to_string()))?;
        if config.schema != SCHEMA {
            return Err(failed(format!("the schema is {:?}, {SCHEMA:?} is known", config.schema)));
        }
        if !(0.0..=100.0).contains(&config.strict_percentile) {
            return Err(failed(format!("strict_percentile is {}, not in 0..=100", config.strict_percentile)));
        }
        if !(1..=10_000_000).contains(&config.replicates) {
            return Err(failed(format!("replicates is {}, not in 1..=10000000", config.replicates)));
        }
        Ok(config)
    }
}
