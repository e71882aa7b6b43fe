//! Tables before they become HTML, Markdown, LaTeX or terminal text.

mod cell;

pub(crate) use cell::{Cell, Inline, Tone};

/// Where a column's cells stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Align {
    /// Words.
    Left,
    /// Numbers.
    Right,
}

/// A column's head and how its cells are laid out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Column {
    pub(crate) title: &'static str,
    pub(crate) align: Align,
    /// Whether its cells may be wrapped where space is short.
    pub(crate) flexible: bool,
}

impl Column {
    /// A column of short words.
    pub(crate) const fn words(title: &'static str) -> Self {
        Self { title, align: Align::Left, flexible: false }
    }

    /// A column of numbers.
    pub(crate) const fn numbers(title: &'static str) -> Self {
        Self { title, align: Align::Right, flexible: false }
    }

    /// A column of sentences.
    pub(crate) const fn prose(title: &'static str) -> Self {
        Self { title, align: Align::Left, flexible: true }
    }
}

/// A table: each row has as many cells as there are columns.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Table {
    pub(crate) columns: Vec<Column>,
    pub(crate) rows: Vec<Vec<Cell>>,
}

impl Table {
    /// A table from its columns and rows.
    pub(crate) fn new<const N: usize>(
        columns: [Column; N],
        rows: impl IntoIterator<Item = [Cell; N]>,
    ) -> Self {
        Self { columns: columns.into(), rows: rows.into_iter().map(Vec::from).collect() }
    }

    /// The table without the columns whose cells are all empty or missing.
    #[must_use]
    pub(crate) fn without_empty_columns(mut self) -> Self {
        let has_content =
            |column: usize| self.rows.iter().any(|row| row.get(column).is_some_and(|cell| !cell.is_blank()));
        let keep: Vec<bool> = (0..self.columns.len()).map(has_content).collect();
        let mut kept = keep.iter();
        self.columns.retain(|_| kept.next().copied().unwrap_or(true));
        for row in &mut self.rows {
            let mut kept = keep.iter();
            row.retain(|_| kept.next().copied().unwrap_or(true));
        }
        self
    }
}
