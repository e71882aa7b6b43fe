//! Does a stated confidence keep its promise: calibration error, Brier and log score, recalibration by bins, risk against coverage.

mod binning;
mod confidence;
mod histogram_map;
mod proper_scores;
mod reliability;
mod risk_coverage;

pub use binning::{Binning, Closed, Edges};
pub use confidence::{logit_margin, softmax_entropy};
pub use histogram_map::HistogramMap;
pub use proper_scores::{Clip, Murphy, brier, log_loss, murphy};
pub use reliability::{Bin, Reliability, reliability};
pub use risk_coverage::{OperatingPoint, RiskCoverage, risk_coverage};
