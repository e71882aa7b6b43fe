//! Recursive models.

pub mod puzzles;
