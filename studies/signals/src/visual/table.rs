//! A table of features, one row per second.

use crate::error::{SignalError, SignalResult, check_finite_f32, check_len};

/// Rows of equal width in single precision; every value is finite.
#[derive(Debug, Clone, PartialEq)]
pub struct FeatureTable {
    values: Vec<f32>,
    width: usize,
}

impl FeatureTable {
    /// Takes the values row by row. A width of 0, a rest that fills no row, NaN and infinity are errors.
    pub fn new(values: Vec<f32>, width: usize) -> SignalResult<Self> {
        if width == 0 || !values.len().is_multiple_of(width) {
            return Err(SignalError::Shape {
                what: "values of a feature table",
                found: values.len(),
                wanted: width,
            });
        }
        check_finite_f32("feature", &values)?;
        Ok(Self { values, width })
    }

    /// A table of one column.
    pub fn column(values: Vec<f32>) -> SignalResult<Self> {
        Self::new(values, 1)
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.values.len() / self.width
    }

    /// Values of a row.
    pub fn width(&self) -> usize {
        self.width
    }

    /// All values, row by row.
    pub fn values(&self) -> &[f32] {
        &self.values
    }

    /// The rows in order.
    pub fn iter(&self) -> std::slice::ChunksExact<'_, f32> {
        self.values.chunks_exact(self.width)
    }

    /// The rows of both side by side; they must have equally many.
    pub fn beside(&self, right: &Self) -> SignalResult<Self> {
        check_len("rows of the right-hand features", right.rows(), self.rows())?;
        let values = self.iter().zip(right.iter()).flat_map(|(a, b)| a.iter().chain(b)).copied().collect();
        Self::new(values, self.width + right.width)
    }

    /// Each row divided by its length + 1e-12.
    #[must_use]
    pub fn normalised(&self) -> Self {
        let values = self.iter().flat_map(|row| {
            let norm = super::clip_change::norm(row) + 1e-12;
            row.iter().map(move |value| value / norm)
        });
        Self { values: values.collect(), width: self.width }
    }
}

impl<'a> IntoIterator for &'a FeatureTable {
    type Item = &'a [f32];
    type IntoIter = std::slice::ChunksExact<'a, f32>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
