//! Several objectives at once: dominance, front, hypervolume.

mod dominance;
mod hypervolume;

pub use dominance::{DOMINANCE_EPS, Direction, Points, dominates};
