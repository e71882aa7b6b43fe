//! From a table to lines.

use anstyle::Style;
use unicode_width::UnicodeWidthStr;

use super::paint::{Paint, painted, style_of};
use super::wrap::wrap;
use crate::escape;
use crate::table::{Align, Cell, Column, Inline, Table};

/// How wide a table may become.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Width {
    /// As wide as its cells: for pipes and files, where each row must stay one line.
    #[default]
    Unlimited,
    /// Columns of prose are wrapped to stay within so many terminal columns.
    Columns(usize),
}

/// How a table is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Layout {
    /// Its width.
    pub width: Width,
    /// Its colours.
    pub paint: Paint,
}

/// Spaces between columns.
const GAP: usize = 2;
/// No column of prose is made narrower than this.
const NARROWEST: usize = 20;

/// The table as lines; empty if it has no rows.
pub(crate) fn render(table: &Table, layout: Layout) -> String {
    if table.rows.is_empty() {
        return String::new();
    }
    let widths = column_widths(table, layout.width);
    let mut out = String::new();
    let bold = Style::new().bold();
    let head = |column: &Column| (vec![column.title.to_owned()], bold);
    write_row(&table.columns.iter().map(head).collect::<Vec<_>>(), &table.columns, &widths, layout, &mut out);
    for row in &table.rows {
        let cells: Vec<_> = row
            .iter()
            .zip(&widths)
            .map(|(cell, &width)| (wrap(&escape::terminal(&cell.plain()), width), cell_style(cell)))
            .collect();
        write_row(&cells, &table.columns, &widths, layout, &mut out);
    }
    out
}

/// A badge's style covers its cell.
fn cell_style(cell: &Cell) -> Style {
    match cell.0.first() {
        Some(Inline::Badge(tone, _)) => style_of(*tone),
        _ => Style::new(),
    }
}

fn column_widths(table: &Table, limit: Width) -> Vec<usize> {
    let natural = |index: usize, column: &Column| {
        let cells = table.rows.iter().filter_map(|row| row.get(index));
        let widest = cells.map(|cell| escape::terminal(&cell.plain()).width()).max().unwrap_or(0);
        widest.max(column.title.width())
    };
    let mut widths: Vec<usize> = table.columns.iter().enumerate().map(|(i, c)| natural(i, c)).collect();
    if let Width::Columns(limit) = limit {
        let gaps = GAP * widths.len().saturating_sub(1);
        shrink(&mut widths, &table.columns, limit.saturating_sub(gaps));
    }
    widths
}

/// Takes columns away from the widest column of prose until the row fits or none can give more.
fn shrink(widths: &mut [usize], columns: &[Column], limit: usize) {
    loop {
        let total: usize = widths.iter().sum();
        let Some(excess) = total.checked_sub(limit).filter(|&excess| excess > 0) else { return };
        let flexible =
            columns.iter().enumerate().filter(|(_, column)| column.flexible).map(|(index, _)| index);
        let mut order: Vec<(usize, usize)> =
            flexible.map(|index| (widths.get(index).copied().unwrap_or(0), index)).collect();
        order.sort_unstable_by(|a, b| b.cmp(a));
        let Some(&(widest, index)) = order.first() else { return };
        let floor = order.get(1).map_or(NARROWEST, |&(second, _)| second.max(NARROWEST));
        let target = if widest > floor { floor.max(widest.saturating_sub(excess)) } else { widest - 1 };
        if widest <= NARROWEST {
            return;
        }
        if let Some(width) = widths.get_mut(index) {
            *width = target.max(NARROWEST);
        }
    }
}

fn write_row(
    cells: &[(Vec<String>, Style)],
    columns: &[Column],
    widths: &[usize],
    layout: Layout,
    out: &mut String,
) {
    let height = cells.iter().map(|(lines, _)| lines.len()).max().unwrap_or(0);
    for line in 0..height {
        let mut pending = 0;
        for ((cell, column), &width) in cells.iter().zip(columns).zip(widths) {
            let text = cell.0.get(line).map_or("", String::as_str);
            let space = width.saturating_sub(text.width());
            let (before, after) = if column.align == Align::Right { (space, 0) } else { (0, space) };
            if !text.is_empty() {
                out.push_str(&" ".repeat(pending + before));
                out.push_str(&painted(text, cell.1, layout.paint));
                pending = 0;
            } else {
                pending += before;
            }
            pending += after + GAP;
        }
        out.push('\n');
    }
}
