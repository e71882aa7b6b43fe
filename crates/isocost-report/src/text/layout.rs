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

/// Below this a last column of prose goes under its row instead of beside it.
const BESIDE: usize = 40;

/// The table as lines; empty if it has no rows.
pub(crate) fn render(table: &Table, layout: Layout) -> String {
    if table.rows.is_empty() {
        return String::new();
    }
    let texts: Vec<Vec<String>> = table.rows.iter().map(|row| row.iter().map(shown).collect()).collect();
    let natural = natural_widths(&table.columns, &texts);
    let (widths, under) = fitted(&natural, &table.columns, layout.width);
    let columns = table.columns.get(..widths.len()).unwrap_or_default();
    let mut out = String::new();
    let bold = Style::new().bold();
    let head: Vec<_> = columns.iter().map(|column| (vec![column.title.to_owned()], bold)).collect();
    write_row(&head, columns, &widths, layout, &mut out);
    for (row, texts) in table.rows.iter().zip(&texts) {
        let cells = row.iter().zip(texts).zip(&widths);
        let cells: Vec<_> =
            cells.map(|((cell, text), &width)| (wrap(text, width), cell_style(cell))).collect();
        write_row(&cells, columns, &widths, layout, &mut out);
        let is_said = row.last().is_some_and(|cell| !cell.is_blank());
        if let (Some(under), Some(text)) = (under, texts.last().filter(|_| is_said)) {
            for line in wrap(text, under.width) {
                out.extend([" ".repeat(under.indent).as_str(), &line, "\n"]);
            }
        }
    }
    out
}

/// Where the last cell of a row goes if it does not fit beside the others.
#[derive(Debug, Clone, Copy)]
struct Under {
    indent: usize,
    width: usize,
}

fn fitted(natural: &[usize], columns: &[Column], limit: Width) -> (Vec<usize>, Option<Under>) {
    let mut widths = natural.to_vec();
    let Width::Columns(limit) = limit else { return (widths, None) };
    let room = |count: usize| limit.saturating_sub(GAP * count.saturating_sub(1));
    let is_prose = columns.last().is_some_and(|column| column.flexible);
    let (last, rest) = (natural.last().copied().unwrap_or(0), natural.iter().rev().skip(1).sum::<usize>());
    let beside = room(natural.len()).saturating_sub(rest);
    if is_prose && widths.len() > 1 && last > beside && beside < BESIDE {
        widths.pop();
        let indent = widths.first().copied().unwrap_or(0) + GAP;
        shrink(&mut widths, columns, room(natural.len() - 1));
        return (widths, Some(Under { indent, width: limit.saturating_sub(indent).max(NARROWEST) }));
    }
    shrink(&mut widths, columns, room(natural.len()));
    (widths, None)
}

/// A badge's style covers its cell.
fn cell_style(cell: &Cell) -> Style {
    match cell.0.first() {
        Some(Inline::Badge(tone, _)) => style_of(*tone),
        _ => Style::new(),
    }
}

/// The width of the widest cell of each column.
fn natural_widths(columns: &[Column], texts: &[Vec<String>]) -> Vec<usize> {
    let natural = |(index, column): (usize, &Column)| {
        let cells = texts.iter().filter_map(|row| row.get(index));
        cells.map(|text| text.width()).max().unwrap_or(0).max(column.title.width())
    };
    columns.iter().enumerate().map(natural).collect()
}

/// What a terminal shows of a cell.
fn shown(cell: &Cell) -> String {
    escape::terminal(&cell.plain())
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
        if widest <= NARROWEST {
            return;
        }
        let second = order.get(1).map_or(0, |&(second, _)| second);
        let floor = second.min(widest - 1).max(NARROWEST);
        if let Some(width) = widths.get_mut(index) {
            *width = widest.saturating_sub(excess).max(floor);
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
            pending += before;
            if !text.is_empty() {
                out.extend(std::iter::repeat_n(' ', pending));
                out.push_str(&painted(text, cell.1, layout.paint));
                pending = 0;
            }
            pending += after + GAP;
        }
        out.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn space_is_taken_from_the_widest_columns_of_prose_first() {
        let columns = [Column::words("a"), Column::prose("b"), Column::prose("c")];
        let shrunk = |mut widths: [usize; 3], limit| {
            shrink(&mut widths, &columns, limit);
            widths
        };
        assert_eq!(shrunk([30, 60, 40], 100), [30, 35, 35]);
        assert_eq!(shrunk([30, 60, 40], 120), [30, 50, 40]);
        assert_eq!(shrunk([30, 25, 5], 10), [30, 20, 5]);
        assert_eq!(shrunk([30, 25, 25], 0), [30, 20, 20]);
    }
}
