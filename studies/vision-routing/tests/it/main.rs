//! Runs the smoke stage, once for all tests of a fact, and reads what it wrote.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod outputs;
mod refusals;
mod table;
