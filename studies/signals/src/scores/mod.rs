//! Transforming and joining scores, and the methods that need no training.

mod best_shift;
mod fuse;
mod methods;

pub use best_shift::{ANY_SHIFT, LATER_SHIFT, best_shift};
pub use fuse::{FUSED_SCALE, Fusion, fitted, fuse, scaled};
pub use methods::{CheapMethod, ClipSignals};

#[cfg(test)]
mod tests;
