//! The batch on the original's inputs, and on inputs that end the original.
#![expect(clippy::unwrap_used, reason = "helpers of tests fail like tests")]

mod golden;
mod refusals;
