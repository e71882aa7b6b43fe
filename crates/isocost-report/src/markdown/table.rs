//! Tables and lines of Markdown.

use crate::escape;
use crate::table::{Align, Cell, Inline, Table};

/// A GFM table.
pub(crate) fn table(table: &Table) -> String {
    let mut out = row(table.columns.iter().map(|column| escape::markdown(column.title)));
    out += &row(table.columns.iter().map(|column| match column.align {
        Align::Left => "---".to_owned(),
        Align::Right => "---:".to_owned(),
    }));
    for cells in &table.rows {
        out += &row(cells.iter().map(line));
    }
    out
}

fn row(cells: impl Iterator<Item = String>) -> String {
    let mut out = String::from("|");
    for cell in cells {
        out.push(' ');
        out.push_str(&cell);
        out.push_str(" |");
    }
    out.push('\n');
    out
}

/// The pieces of a cell on one line.
pub(crate) fn line(cell: &Cell) -> String {
    cell.0.iter().map(piece).collect()
}

fn piece(piece: &Inline) -> String {
    match piece {
        // Spaces at the ends separate this piece from the next; escaping would drop them.
        Inline::Text(text) => {
            let (before, after) = (text.starts_with(' '), text.len() > 1 && text.ends_with(' '));
            let space = |wanted| if wanted { " " } else { "" };
            format!("{}{}{}", space(before), escape::markdown(text), space(after))
        }
        Inline::Code(text) => escape::markdown_code(text),
        Inline::Badge(_, text) => format!("**{}**", escape::markdown(text)),
        Inline::Link { text, path } => format!("[{}]({})", escape::markdown(text), target(path)),
        Inline::Jump { text, .. } => escape::markdown(text),
    }
}

/// A link's target; parentheses and bars would end it or its cell.
fn target(path: &str) -> String {
    escape::uri(path).replace('(', "%28").replace(')', "%29")
}
