//! From scores per second to the seconds where an event is expected.

mod confidence;
mod error;
mod features;
mod high;
mod numeric;
mod pick;
mod select;
mod smooth;

pub use confidence::Confidence;
pub use error::{AnchorError, AnchorResult};
pub use features::{GATE_FEATURES, VETO_FEATURES, gate_features, veto_features};
pub use high::{HighPolicy, HighRule};
pub use numeric::{mean_f32, minmax_01, pairwise_sum};
pub use pick::{AnchorRule, Fallback, Picked};
pub use select::{Selector, local_maxima};
pub use smooth::{Smoothing, shift_scores};

#[cfg(test)]
mod tests;
