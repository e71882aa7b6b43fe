//! One puzzle from a seed and a number.
//!
//! Source: `recursion_stability` section 5: a random full grid, cells removed in random order while the solution stays the only one, then a random
//! number of them given back.

use isocost_stats::Stream;
use serde::{Deserialize, Serialize};

use super::board::Board;
use super::solve::{any_solution, has_other};
use super::{Grid, Rated, Shape, rate};

const DOMAIN: u32 = 0x5D0C_0001;

/// What kind of puzzle is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recipe {
    /// The size.
    pub shape: Shape,
    /// At most so many cells are given back to a puzzle from which none can be taken; how many is drawn evenly from 0 to this.
    pub slack: u32,
}

/// The puzzle with this number under this seed: the same on every machine.
pub fn generate(recipe: Recipe, seed: u64, number: u64) -> Rated {
    let mut stream = Stream::new(seed, DOMAIN, number);
    let solution = full_grid(recipe.shape, &mut stream);
    let mut puzzle = solution;
    let mut order: Vec<usize> = (0..recipe.shape.cells()).collect();
    shuffle(&mut order, &mut stream);
    let mut removed = Vec::with_capacity(order.len());
    for cell in order {
        let digit = puzzle.get(cell);
        puzzle.set(cell, 0);
        // The solution is known, so that one search settles it: is there one with another digit here?
        if has_other(&puzzle, cell, digit) {
            puzzle.set(cell, digit);
        } else {
            removed.push(cell);
        }
    }
    if recipe.slack > 0 {
        let back = stream.below(recipe.slack.saturating_add(1)) as usize;
        shuffle(&mut removed, &mut stream);
        for cell in removed.into_iter().take(back) {
            puzzle.set(cell, solution.get(cell));
        }
    }
    // The removals have proven the solution; rating proves it once more on the finished puzzle.
    rate(&puzzle).unwrap_or(Rated { puzzle: solution, solution, backtracks: super::Backtracks(0) })
}

/// A full grid: a random first row, then random branches.
fn full_grid(shape: Shape, stream: &mut Stream) -> Grid {
    loop {
        let mut first: Vec<usize> = (0..shape.side()).collect();
        shuffle(&mut first, stream);
        let mut grid = Grid::blank(shape);
        for (cell, digit) in first.into_iter().enumerate() {
            grid.set(cell, u8::try_from(digit + 1).unwrap_or(0));
        }
        // Every first row can be completed, so that the loop ends after one round.
        if let Some(full) = any_solution(Board::of(&grid), &mut |digits| shuffle(digits, stream)) {
            return full;
        }
    }
}

/// Fisher and Yates, from the end.
fn shuffle(values: &mut [usize], stream: &mut Stream) {
    for last in (1..values.len()).rev() {
        let bound = u32::try_from(last + 1).unwrap_or(u32::MAX);
        values.swap(last, stream.below(bound) as usize);
    }
}
