//! Recursion stability.

pub mod puzzles;
