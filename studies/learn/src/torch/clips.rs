//! The rows that plans pick from a table of features.

use crate::LearnResult;
use crate::error::same;

/// Clips of equal length as rows of a shared table, one row a second, with further columns of their own.
///
/// Many plans share one table; a plan is only the numbers of its rows.
#[derive(Debug, Clone, Copy)]
pub struct PickedClips<'a> {
    table: &'a [f32],
    columns: usize,
    rows: &'a [u32],
    extra: &'a [f32],
    extra_columns: usize,
    seconds: usize,
}

impl<'a> PickedClips<'a> {
    /// Rows `rows` of a table of `columns` columns, clip after clip of `seconds` seconds. Errors for rows that the table lacks.
    pub fn new(table: &'a [f32], columns: usize, rows: &'a [u32], seconds: usize) -> LearnResult<Self> {
        let known = table.len().checked_div(columns).unwrap_or(0);
        let last = rows.iter().max().map_or(0, |row| *row as usize + 1);
        if last > known {
            return Err(crate::LearnError::Shape {
                what: "row below the rows of the table",
                expected: known,
                got: last,
            });
        }
        same("rows of the last clip", 0, rows.len().checked_rem(seconds).unwrap_or(1))?;
        Ok(Self { table, columns, rows, extra: &[], extra_columns: 0, seconds })
    }

    /// With further columns, row by row in the order of the picked rows.
    pub fn with_extra(mut self, extra: &'a [f32], columns: usize) -> LearnResult<Self> {
        same("values of the further columns", self.rows.len() * columns, extra.len())?;
        (self.extra, self.extra_columns) = (extra, columns);
        Ok(self)
    }

    /// Number of clips.
    pub fn clips(&self) -> usize {
        self.rows.len() / self.seconds.max(1)
    }

    /// Seconds of each clip.
    pub const fn seconds(&self) -> usize {
        self.seconds
    }

    /// Width of a row with its further columns.
    pub const fn inputs(&self) -> usize {
        self.columns + self.extra_columns
    }

    /// Writes the rows of these clips one after another.
    pub(super) fn gather(&self, clips: &[usize], out: &mut Vec<f32>) {
        out.clear();
        for clip in clips {
            let start = clip * self.seconds;
            for (at, row) in self.rows.iter().enumerate().skip(start).take(self.seconds) {
                let from = *row as usize * self.columns;
                out.extend_from_slice(self.table.get(from..from + self.columns).unwrap_or_default());
                let extra = at * self.extra_columns;
                out.extend_from_slice(self.extra.get(extra..extra + self.extra_columns).unwrap_or_default());
            }
        }
    }
}
