//! What is wrong with a puzzle or a request for some.

use super::Shape;

/// Result of a puzzle operation.
pub type PuzzleResult<T> = Result<T, PuzzleError>;

/// What is wrong with a puzzle or a request for some.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PuzzleError {
    /// No size has this many cells.
    #[error("a grid of {0} cells has no known size (write 16, 36 or 81 characters, `.` or 0 for a blank)")]
    WrongLength(usize),
    /// A character is neither a digit of this size nor a blank.
    #[error("character {position} is `{found}`, which a {shape} grid cannot hold (write 1 to {}, `.` or 0 for a blank)", shape.side())]
    BadCharacter {
        /// Its position, from 1.
        position: usize,
        /// The character.
        found: char,
        /// The size.
        shape: Shape,
    },
    /// Two equal digits see each other, or no digit is left for a cell.
    #[error("the puzzle contradicts itself: it has no solution")]
    NoSolution,
    /// There is more than one solution.
    #[error("the puzzle has more than one solution")]
    NotUnique,
    /// The solution that stands beside the puzzle is not its solution.
    #[error("the solution given is not the puzzle's")]
    WrongSolution,
    /// A line could not be read.
    #[error("line {line}: {source}")]
    Line {
        /// Its number, from 1.
        line: usize,
        /// What is wrong.
        source: Box<PuzzleError>,
    },
    /// So many different puzzles were not found.
    #[error(
        "only {found} of {wanted} different {shape} puzzles were found in {tried} tries (ask for fewer, or allow more givens or fewer backtracks)"
    )]
    Exhausted {
        /// The size.
        shape: Shape,
        /// Puzzles asked for.
        wanted: usize,
        /// Puzzles found.
        found: usize,
        /// Puzzles made.
        tried: u64,
    },
}
