//! Candidates as one set of cells per digit, and the propagation of singles over them.
//!
//! All cells of a digit fit one 128-bit word, so that cells with one candidate are found for the whole grid by a few carries.

use super::tables::{MOST_DIGITS, Tables};
use super::{Grid, Shape};

/// What is left after propagation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// A cell or a unit has no candidate.
    Contradiction,
    /// Every cell has one candidate.
    Solved,
    /// Neither.
    Open,
}

/// For each digit the cells that may hold it.
#[derive(Clone)]
pub(super) struct Board {
    shape: Shape,
    digits: [u128; MOST_DIGITS],
    /// Cells whose single candidate was taken from those that see them.
    placed: u128,
}

impl Board {
    /// Everything possible but what the givens exclude.
    pub(super) fn of(grid: &Grid) -> Self {
        let shape = grid.shape();
        let tables = shape.tables();
        let mut given = [0_u128; MOST_DIGITS];
        for (cell, digit) in grid.cells().iter().enumerate() {
            if let Some(given) = usize::from(*digit).checked_sub(1).and_then(|digit| given.get_mut(digit)) {
                *given |= 1 << cell;
            }
        }
        let any = given.iter().fold(0, |any, given| any | given);
        let mut digits = [0_u128; MOST_DIGITS];
        for (digit, given) in digits.iter_mut().zip(given).take(shape.side()) {
            *digit = (tables.all & !any | given) & !seen_by(tables, given);
        }
        Self { shape, digits, placed: any }
    }

    /// Forbids a digit, counted from 0, in a cell.
    pub(super) fn forbid(&mut self, cell: usize, digit: usize) {
        if let Some(digit) = self.digits.get_mut(digit) {
            *digit &= !(1 << cell);
        }
    }

    /// Leaves a cell one digit, counted from 0.
    pub(super) fn decide(&mut self, cell: usize, digit: usize) {
        for (other, cells) in self.digits.iter_mut().enumerate() {
            if other != digit {
                *cells &= !(1 << cell);
            }
        }
    }

    /// Takes naked and hidden singles until there is none. The result does not depend on the order in which they are found.
    pub(super) fn propagate(&mut self) -> State {
        let tables = self.shape.tables();
        loop {
            let (once, twice) = self.counted();
            if once != tables.all {
                return State::Contradiction;
            }
            let singles = once & !twice & !self.placed;
            if singles != 0 {
                self.placed |= singles;
                for digit in &mut self.digits {
                    *digit &= !seen_by(tables, *digit & singles);
                }
            } else if twice == 0 {
                return State::Solved;
            } else {
                match self.hidden_singles(tables, twice) {
                    Some(true) => {}
                    Some(false) => return State::Open,
                    None => return State::Contradiction,
                }
            }
        }
    }

    /// Cells with at least one and at least two candidates.
    fn counted(&self) -> (u128, u128) {
        let count = |(once, twice): (u128, u128), digit: &u128| (once | digit, twice | once & digit);
        self.digits.iter().fold((0, 0), count)
    }

    /// Whether any was found; `None` where a unit has no place for a digit.
    fn hidden_singles(&mut self, tables: &Tables, twice: u128) -> Option<bool> {
        let mut all_found = 0_u128;
        for digit in 0..self.shape.side() {
            let cells = self.digits.get(digit).copied().unwrap_or(0);
            if cells & twice == 0 {
                // Each of its cells holds nothing else: a unit without it shows as a cell without candidates.
                if cells.count_ones() as usize != self.shape.side() {
                    return None;
                }
                continue;
            }
            let mut found = 0_u128;
            for unit in tables.units() {
                let places = cells & unit;
                if places & places.wrapping_sub(1) == 0 {
                    if places == 0 {
                        return None;
                    }
                    found |= places;
                }
            }
            found &= twice;
            if found != 0 {
                all_found |= found;
                for (other, cells) in self.digits.iter_mut().enumerate() {
                    if other != digit {
                        *cells &= !found;
                    }
                }
            }
        }
        Some(all_found != 0)
    }

    /// The first cell with the fewest candidates, at least two, and those candidates ascending.
    pub(super) fn branch(&self) -> Option<(usize, Vec<usize>)> {
        let mut at_least = [0_u128; MOST_DIGITS + 1];
        at_least[0] = self.shape.tables().all;
        for digit in &self.digits {
            for count in (1..at_least.len()).rev() {
                at_least[count] |= at_least[count - 1] & digit;
            }
        }
        let cells = (2..MOST_DIGITS).map(|count| at_least[count] & !at_least[count + 1]);
        let fewest = cells.chain([at_least[MOST_DIGITS]]).find(|cells| *cells != 0)?;
        let cell = fewest.trailing_zeros() as usize;
        let holds = |digit: &usize| self.digits.get(*digit).is_some_and(|cells| cells >> cell & 1 == 1);
        Some((cell, (0..self.shape.side()).filter(holds).collect()))
    }

    /// The grid of a solved board.
    pub(super) fn grid(&self) -> Grid {
        let mut grid = Grid::blank(self.shape);
        for (digit, cells) in (1_u8..).zip(&self.digits) {
            let mut left = *cells;
            while left != 0 {
                grid.set(left.trailing_zeros() as usize, digit);
                left &= left - 1;
            }
        }
        grid
    }
}

/// All cells that see any of these.
fn seen_by(tables: &Tables, cells: u128) -> u128 {
    let (mut seen, mut left) = (0_u128, cells);
    while left != 0 {
        seen |= tables.peers.get(left.trailing_zeros() as usize).copied().unwrap_or(0);
        left &= left - 1;
    }
    seen
}
