//! From answers to numbers: accuracies, paired tests, and the files that carry them.
//!
//! Source: `listen_core` sections 10.4 to 10.6.

mod accuracy;
mod clip_level;
mod file;
mod outcomes;
mod paired;
mod story;

pub use accuracy::{ClipCounts, MethodScore};
pub use clip_level::{ClipLevel, clip_level};
pub use file::{TrialMetrics, metrics_json};
pub use outcomes::outcome_rows;
pub use paired::{PAIRS, SeedTest, paired_over_seeds};
