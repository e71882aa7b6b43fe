//! A grid of digits and blanks.

use super::tables::MOST_CELLS;
use super::{PuzzleError, PuzzleResult, Shape};

/// Digits row by row; 0 is a blank.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Grid {
    shape: Shape,
    cells: [u8; MOST_CELLS],
}

impl Grid {
    /// A grid of blanks.
    pub fn blank(shape: Shape) -> Self {
        Self { shape, cells: [0; MOST_CELLS] }
    }

    /// Its size.
    pub fn shape(&self) -> Shape {
        self.shape
    }

    /// All cells, row by row.
    pub fn cells(&self) -> &[u8] {
        self.cells.get(..self.shape.cells()).unwrap_or(&self.cells)
    }

    /// The digit of a cell; 0 for a blank, and beyond the grid.
    pub fn get(&self, cell: usize) -> u8 {
        self.cells().get(cell).copied().unwrap_or(0)
    }

    pub(super) fn set(&mut self, cell: usize, digit: u8) {
        if let Some(here) = self.cells.get_mut(cell) {
            *here = digit;
        }
    }

    /// Number of cells that are not blank.
    pub fn givens(&self) -> usize {
        self.cells().iter().filter(|digit| **digit != 0).count()
    }

    /// Whether every digit of the puzzle stands here too.
    pub fn agrees_with(&self, puzzle: &Self) -> bool {
        let same = |(here, there): (&u8, &u8)| *there == 0 || here == there;
        self.shape == puzzle.shape && self.cells().iter().zip(puzzle.cells()).all(same)
    }
}

impl std::str::FromStr for Grid {
    type Err = PuzzleError;

    fn from_str(text: &str) -> PuzzleResult<Self> {
        let length = text.chars().count();
        let shape = Shape::with_cells(length).ok_or(PuzzleError::WrongLength(length))?;
        let mut grid = Self::blank(shape);
        for (cell, found) in text.chars().enumerate() {
            let digit = if found == '.' { Some(0) } else { found.to_digit(10) };
            let digit = digit.and_then(|digit| u8::try_from(digit).ok());
            let fits = digit.filter(|digit| usize::from(*digit) <= shape.side());
            grid.set(cell, fits.ok_or(PuzzleError::BadCharacter { position: cell + 1, found, shape })?);
        }
        Ok(grid)
    }
}

impl std::fmt::Display for Grid {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.cells().iter().try_for_each(|digit| write!(f, "{digit}"))
    }
}

impl std::fmt::Debug for Grid {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{self}")
    }
}
