//! Sizes of puzzle.

use serde::{Deserialize, Serialize};

use super::tables::{FOUR, NINE, SIX, Tables};

/// The size of a grid and of its boxes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Shape {
    /// 4 × 4 cells, boxes of 2 rows and 2 columns.
    #[serde(rename = "4x4")]
    Four,
    /// 6 × 6 cells, boxes of 2 rows and 3 columns.
    #[serde(rename = "6x6")]
    Six,
    /// 9 × 9 cells, boxes of 3 rows and 3 columns.
    #[serde(rename = "9x9")]
    Nine,
}

impl Shape {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Four, Self::Six, Self::Nine];

    /// Cells of a row, which is also the number of digits.
    pub const fn side(self) -> usize {
        match self {
            Self::Four => 4,
            Self::Six => 6,
            Self::Nine => 9,
        }
    }

    /// Cells of the grid.
    pub const fn cells(self) -> usize {
        self.side() * self.side()
    }

    /// Rows of a box.
    pub const fn box_rows(self) -> usize {
        match self {
            Self::Four | Self::Six => 2,
            Self::Nine => 3,
        }
    }

    /// Columns of a box.
    pub const fn box_columns(self) -> usize {
        self.side() / self.box_rows()
    }

    /// The size with this many cells.
    pub fn with_cells(cells: usize) -> Option<Self> {
        Self::ALL.into_iter().find(|shape| shape.cells() == cells)
    }

    pub(super) fn tables(self) -> &'static Tables {
        match self {
            Self::Four => &FOUR,
            Self::Six => &SIX,
            Self::Nine => &NINE,
        }
    }
}

impl std::fmt::Display for Shape {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{0}×{0}", self.side())
    }
}
