//! Experiment ledgers: text to model and back, without loss.

pub mod rule;
pub mod shell;
