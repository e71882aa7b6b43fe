//! Rows of numbers.

use crate::LearnResult;
use crate::error::{LearnError, same};

/// A dense matrix, row by row. Has at least one column; may have no row.
#[derive(Debug, Clone, PartialEq)]
pub struct Matrix {
    columns: usize,
    values: Vec<f64>,
}

impl Matrix {
    /// All zero. Errors for no column.
    pub fn zeros(rows: usize, columns: usize) -> LearnResult<Self> {
        Self::from_values(columns, vec![0.0; rows.saturating_mul(columns)])
    }

    /// From values row by row. Errors for no column, or a last row that is not full.
    pub fn from_values(columns: usize, values: Vec<f64>) -> LearnResult<Self> {
        if columns == 0 {
            return Err(LearnError::Empty { what: "the number of columns" });
        }
        same("values of the last row", 0, values.len() % columns)?;
        Ok(Self { columns, values })
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.values.len() / self.columns
    }

    /// Number of columns, at least 1.
    pub const fn columns(&self) -> usize {
        self.columns
    }

    /// The values, row by row.
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// The values, row by row, to change.
    pub fn values_mut(&mut self) -> &mut [f64] {
        &mut self.values
    }

    /// Row `index`, if there is one.
    pub fn row(&self, index: usize) -> Option<&[f64]> {
        let start = index.checked_mul(self.columns)?;
        self.values.get(start..start.checked_add(self.columns)?)
    }

    /// The rows in order.
    pub fn iter(&self) -> std::slice::ChunksExact<'_, f64> {
        self.values.chunks_exact(self.columns)
    }

    /// The rows in order, to change.
    pub fn iter_mut(&mut self) -> std::slice::ChunksExactMut<'_, f64> {
        self.values.chunks_exact_mut(self.columns)
    }

    /// The rows with these indices, in their order. Errors for an index that has no row.
    pub fn select(&self, indices: &[usize]) -> LearnResult<Self> {
        let mut values = Vec::with_capacity(indices.len() * self.columns);
        for &index in indices {
            let row = self.row(index).ok_or(LearnError::Shape {
                what: "row index below the number of rows",
                expected: self.rows(),
                got: index,
            })?;
            values.extend_from_slice(row);
        }
        Ok(Self { columns: self.columns, values })
    }
}

impl<'a> IntoIterator for &'a Matrix {
    type Item = &'a [f64];
    type IntoIter = std::slice::ChunksExact<'a, f64>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<'a> IntoIterator for &'a mut Matrix {
    type Item = &'a mut [f64];
    type IntoIter = std::slice::ChunksExactMut<'a, f64>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter_mut()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ragged_or_columnless_matrix_is_refused() {
        assert!(Matrix::from_values(0, vec![]).is_err());
        assert!(Matrix::from_values(2, vec![1.0, 2.0, 3.0]).is_err());
    }

    #[test]
    fn rows_are_selected_in_the_order_asked_for() {
        let matrix = Matrix::from_values(2, vec![1.0, 2.0, 3.0, 4.0, 5.0, 6.0]).unwrap();
        assert_eq!(matrix.select(&[2, 0, 2]).unwrap().values(), [5.0, 6.0, 1.0, 2.0, 5.0, 6.0]);
        assert!(matrix.select(&[3]).is_err());
        assert_eq!(matrix.row(usize::MAX), None);
    }
}
