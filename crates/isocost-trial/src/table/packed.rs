//! Columns that take no room while they hold one value only.

use super::intern::Symbol;

/// Equality of cells: a NaN is the same as itself.
pub(super) trait Cell: Copy {
    fn same(self, other: Self) -> bool;
}

impl Cell for Symbol {
    fn same(self, other: Self) -> bool {
        self == other
    }
}

impl Cell for f64 {
    fn same(self, other: Self) -> bool {
        self.to_bits() == other.to_bits()
    }
}

/// A column of cells.
#[derive(Debug, Clone)]
pub(super) struct Packed<T> {
    /// The cell of every row, while `cells` is empty.
    constant: Option<T>,
    len: usize,
    cells: Vec<T>,
}

impl<T> Default for Packed<T> {
    fn default() -> Self {
        Self { constant: None, len: 0, cells: Vec::new() }
    }
}

impl<T: Cell> Packed<T> {
    pub(super) fn len(&self) -> usize {
        self.len
    }

    #[inline]
    pub(super) fn get(&self, index: usize) -> Option<T> {
        if self.cells.is_empty() { self.constant } else { self.cells.get(index).copied() }
    }

    #[inline]
    pub(super) fn push(&mut self, cell: T) {
        if self.cells.is_empty() {
            self.push_many(cell, 1);
        } else {
            self.cells.push(cell);
            self.len += 1;
        }
    }

    /// The same cell `times` times.
    pub(super) fn push_many(&mut self, cell: T, times: usize) {
        if self.is_constant() && self.constant.is_none_or(|constant| constant.same(cell)) {
            self.constant = Some(cell);
        } else {
            self.spread();
            self.cells.resize(self.len + times, cell);
        }
        self.len += times;
    }

    /// Another column after this one, each cell changed.
    pub(super) fn append(&mut self, other: &Self, change: impl Fn(T) -> T) {
        if !other.is_constant() {
            self.spread();
            self.cells.extend(other.cells.iter().map(|cell| change(*cell)));
            self.len += other.len;
        } else if let Some(constant) = other.constant {
            self.push_many(change(constant), other.len);
        }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = T> + '_ {
        (0..self.len).filter_map(|index| self.get(index))
    }

    /// Whether every row is known to have the same cell.
    pub(super) fn is_constant(&self) -> bool {
        self.cells.is_empty()
    }

    /// Gives every row its own cell.
    fn spread(&mut self) {
        if let Some(constant) = self.constant.filter(|_| self.cells.is_empty()) {
            self.cells.resize(self.len, constant);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_reads_the_same_whether_or_not_it_is_constant() {
        let mut column = Packed::default();
        for cell in [1.0, 1.0, f64::NAN, 1.0] {
            column.push(cell);
        }
        let mut twice = column.clone();
        twice.append(&column, |cell| cell + 1.0);
        let bits: Vec<u64> = twice.iter().map(f64::to_bits).collect();
        let wanted = [1.0, 1.0, f64::NAN, 1.0, 2.0, 2.0, f64::NAN, 2.0].map(f64::to_bits);
        assert_eq!((twice.len(), bits), (8, wanted.to_vec()));
    }

    #[test]
    fn equal_cells_take_no_room() {
        let mut column = Packed::default();
        column.push_many(f64::NAN, 7);
        column.push(f64::NAN);
        assert!(column.is_constant());
        assert_eq!(column.iter().count(), 8);
    }
}
