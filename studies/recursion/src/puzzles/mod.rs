//! Sudoku of three sizes: made, solved, rated, and kept apart up to symmetry.

mod board;
mod error;
mod generate;
mod grid;
mod set;
mod shape;
mod solve;
mod symmetry;
mod tables;
mod text;

pub use error::{PuzzleError, PuzzleResult};
pub use generate::{Recipe, generate};
pub use grid::Grid;
pub use set::{PuzzleSet, SetRequest, make_sets};
pub use shape::Shape;
pub use solve::{Backtracks, Rated, rate, solutions, solve};
pub use symmetry::{ClassKey, class_key};
pub use text::{read_line, read_lines, write_line};

#[cfg(test)]
mod tests;
