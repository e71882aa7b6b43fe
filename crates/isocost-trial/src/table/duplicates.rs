//! Two rows about the same item, seed, arm, budget, metric and split.

use std::collections::HashMap;

use super::block::{COST_UNIT, Columns};
use super::intern::Symbol;
use super::packed::Packed;

/// A bit a possible row is cheaper than sorted keys up to this many bits a row.
const BITS_A_ROW: u128 = 64;

/// The first row in file order that repeats an earlier one: (earlier, later).
///
/// A row's key is its place among all combinations of the names that occur, so that it takes few bits, and none for constant columns.
pub(super) fn first(columns: &Columns) -> Option<(usize, usize)> {
    let rows = columns.len();
    let varying: Vec<Ranks<'_>> =
        columns.names.iter().take(COST_UNIT).filter(|column| !column.is_constant()).map(Ranks::of).collect();
    let mut combinations = 1_u128;
    for column in &varying {
        // At most 2³² names in each of six columns: beyond 128 bits only by far more rows than fit.
        combinations = combinations.saturating_mul(column.count.max(1));
    }
    if varying.is_empty() {
        return (rows > 1).then_some((0, 1));
    }
    if combinations <= BITS_A_ROW * rows as u128 {
        return by_bits(&varying, rows, usize::try_from(combinations).ok()?);
    }
    if combinations <= u128::from(u64::MAX) {
        let narrow = |key: u128| u64::try_from(key).unwrap_or(u64::MAX);
        by_sort(&varying, rows, narrow)
    } else {
        by_sort(&varying, rows, |key| key)
    }
}

/// One column's names numbered without gaps.
struct Ranks<'c> {
    column: &'c Packed<Symbol>,
    by_symbol: Vec<u32>,
    count: u128,
}

impl<'c> Ranks<'c> {
    fn of(column: &'c Packed<Symbol>) -> Self {
        let mut ranks = Vec::new();
        let mut count = 0_u32;
        for symbol in column.iter() {
            if symbol.index() >= ranks.len() {
                ranks.resize(symbol.index() + 1, u32::MAX);
            }
            if let Some(rank) = ranks.get_mut(symbol.index()).filter(|rank| **rank == u32::MAX) {
                *rank = count;
                count += 1;
            }
        }
        Self { column, by_symbol: ranks, count: count.into() }
    }

    fn at(&self, row: usize) -> u128 {
        let symbol = self.column.get(row).unwrap_or(Symbol::EMPTY);
        self.by_symbol.get(symbol.index()).copied().unwrap_or(0).into()
    }
}

#[inline]
fn key(columns: &[Ranks<'_>], row: usize) -> u128 {
    columns.iter().fold(0, |key, column| key * column.count + column.at(row))
}

fn by_bits(columns: &[Ranks<'_>], rows: usize, combinations: usize) -> Option<(usize, usize)> {
    let mut seen = vec![0_u64; combinations / 64 + 1];
    let later = (0..rows).find(|row| {
        let key = usize::try_from(key(columns, *row)).unwrap_or(usize::MAX);
        let bit = 1_u64 << (key % 64);
        seen.get_mut(key / 64).is_some_and(|word| {
            let is_seen = *word & bit != 0;
            *word |= bit;
            is_seen
        })
    })?;
    let wanted = key(columns, later);
    (0..later).find(|row| key(columns, *row) == wanted).map(|earlier| (earlier, later))
}

fn by_sort<K: Ord + Copy>(
    columns: &[Ranks<'_>],
    rows: usize,
    narrow: impl Fn(u128) -> K,
) -> Option<(usize, usize)> {
    let mut keys: Vec<K> = (0..rows).map(|row| narrow(key(columns, row))).collect();
    keys.sort_unstable();
    if keys.windows(2).all(|pair| pair.first() != pair.last()) {
        return None;
    }
    drop(keys);
    let mut seen: HashMap<u128, usize> = HashMap::new();
    (0..rows).find_map(|row| seen.insert(key(columns, row), row).map(|earlier| (earlier, row)))
}
