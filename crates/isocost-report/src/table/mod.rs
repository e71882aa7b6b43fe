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

    /// The table with only the columns of these titles.
    #[must_use]
    pub(crate) fn only(self, titles: &[&str]) -> Self {
        let keep: Vec<bool> = self.columns.iter().map(|column| titles.contains(&column.title)).collect();
        self.keeping(&keep)
    }

    /// The table without the columns whose cells are all empty or missing.
    #[must_use]
    pub(crate) fn without_empty_columns(self) -> Self {
        let has_content =
            |column: usize| self.rows.iter().any(|row| row.get(column).is_some_and(|cell| !cell.is_blank()));
        let keep: Vec<bool> = (0..self.columns.len()).map(has_content).collect();
        self.keeping(&keep)
    }

    fn keeping(mut self, keep: &[bool]) -> Self {
        retain(&mut self.columns, keep);
        for row in &mut self.rows {
            retain(row, keep);
        }
        self
    }
}

fn retain<T>(items: &mut Vec<T>, keep: &[bool]) {
    let mut keep = keep.iter();
    items.retain(|_| keep.next().copied().unwrap_or(true));
}
