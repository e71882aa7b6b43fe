//! Sound that is late, noisy or cut out: does a signal still find the event?
//!
//! Source: `listen_qa` section 10.5.

mod condition;
mod operators;
mod scores;

pub use condition::{Condition, Draws, Grid};
pub use operators::{noised, shifted, silenced};

#[cfg(test)]
mod tests;
