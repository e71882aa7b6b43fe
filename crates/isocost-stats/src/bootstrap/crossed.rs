//! The crossed bootstrap of a mean.

use rayon::prelude::*;

use super::draws::Draws;
use super::{Grid, Replicates, Resampling, domain, ternary};
use crate::{StatsResult, Stream};

/// Matrices up to this many bytes stay in the cache while rows are picked in any order.
const CACHED_BYTES: usize = 1 << 18;

/// Resamples the differences of items.
pub fn items(differences: &[f64], resampling: Resampling) -> StatsResult<Replicates> {
    crossed(&Grid::new(differences.len(), 1, differences.to_vec())?, resampling)
}

/// Resamples items and seeds independently, each with replacement; a replicate is the mean over the drawn rows and columns.
///
/// A single seed (or item) is drawn every time: the interval then says nothing about other seeds (or items). With one seed and values −c, 0 and c
/// only, the numbers of each are drawn at once (multinomially): the same distribution, in time independent of the number of items.
pub fn crossed(grid: &Grid, resampling: Resampling) -> StatsResult<Replicates> {
    resampling.check()?;
    let means = match ternary::Counts::of(grid) {
        Some(counts) => counts.resample(resampling)?,
        None => of_rows(grid, resampling),
    };
    Ok(Replicates::new(grid.mean(), means))
}

fn of_rows(grid: &Grid, resampling: Resampling) -> Vec<f64> {
    macro_rules! by_width {
        ($($width:literal)*) => {
            match grid.seeds() {
                _ if size_of_val(grid.values()) > CACHED_BYTES => in_order(grid, resampling),
                $($width => picking::<$width>(grid, resampling),)*
                _ => in_order(grid, resampling),
            }
        };
    }
    by_width!(1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16)
}

/// Rows of a width known to the compiler, small enough to be picked in the order of the draws.
fn picking<const K: usize>(grid: &Grid, resampling: Resampling) -> Vec<f64> {
    let (rows, _) = grid.values().as_chunks::<K>();
    replicate(grid, resampling, |space| space.columns.copy_from_slice(&picked(rows, &space.rows)))
}

/// Sums the drawn rows one after the other, by four accumulators.
fn picked<const K: usize>(rows: &[[f64; K]], drawn: &[u32]) -> [f64; K] {
    let mut sums = [[0.0; K]; 4];
    let (fours, rest) = drawn.as_chunks::<4>();
    for four in fours {
        for (sum, row) in sums.iter_mut().zip(four) {
            add(sum, rows, *row);
        }
    }
    let [mut total, ..] = sums;
    for row in rest {
        add(&mut total, rows, *row);
    }
    for sum in sums.iter().skip(1) {
        for (total, value) in total.iter_mut().zip(sum) {
            *total += value;
        }
    }
    total
}

fn add<const K: usize>(sum: &mut [f64; K], rows: &[[f64; K]], row: u32) {
    if let Some(row) = rows.get(row as usize) {
        for (total, value) in sum.iter_mut().zip(row) {
            *total += value;
        }
    }
}

/// Counts the drawn rows, then goes once through all rows in order.
fn in_order(grid: &Grid, resampling: Resampling) -> Vec<f64> {
    replicate(grid, resampling, |space| {
        space.count();
        space.columns.fill(0.0);
        for (row, count) in grid.rows().zip(&space.counts) {
            for (total, value) in space.columns.iter_mut().zip(row) {
                *total += f64::from(*count) * value;
            }
        }
    })
}

/// For each replicate draws rows, has them summed into the columns, and draws columns.
fn replicate(grid: &Grid, resampling: Resampling, sum: impl Fn(&mut Workspace) + Sync) -> Vec<f64> {
    let (rows, columns) = (Draws::below(grid.items), Draws::below(grid.seeds));
    let cells = f64::from(grid.items) * f64::from(grid.seeds);
    (0..resampling.replicates)
        .into_par_iter()
        .with_min_len(64)
        .map_init(
            || Workspace::new(grid),
            |space, index| {
                let mut stream = Stream::new(resampling.seed, domain::CROSSED, index.into());
                columns.fill(&mut stream, &mut space.drawn_columns);
                rows.fill(&mut stream, &mut space.rows);
                sum(space);
                let picked = |column: &u32| space.columns.get(*column as usize).copied();
                space.drawn_columns.iter().filter_map(picked).sum::<f64>() / cells
            },
        )
        .collect()
}

/// Buffers of one thread.
struct Workspace {
    rows: Vec<u32>,
    drawn_columns: Vec<u32>,
    counts: Vec<u32>,
    columns: Vec<f64>,
}

impl Workspace {
    fn new(grid: &Grid) -> Self {
        Self {
            rows: vec![0; grid.items()],
            drawn_columns: vec![0; grid.seeds()],
            counts: vec![0; grid.items()],
            columns: vec![0.0; grid.seeds()],
        }
    }

    fn count(&mut self) {
        self.counts.fill(0);
        for row in &self.rows {
            if let Some(count) = self.counts.get_mut(*row as usize) {
                *count += 1;
            }
        }
    }
}
