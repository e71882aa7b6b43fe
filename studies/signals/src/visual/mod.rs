//! Scores from pictures and from cached picture features.

mod clip_change;
mod frame_change;
mod gray;
mod resize;
mod table;

pub(crate) use clip_change::cosine_distance;
pub use clip_change::{Distance, clip_change};
pub use frame_change::{FRAME_SIDE, frame_change};
pub use gray::{Gray, luma};
pub use table::FeatureTable;

#[cfg(test)]
mod tests;
