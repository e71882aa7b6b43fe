//! Tables for papers, in the `booktabs` style.

use crate::escape;
use crate::model::{ClaimView, ComparisonView};
use crate::table::{Align, Cell, Inline, Table};
use crate::tables;

/// A table of claims and verdicts. Needs `\usepackage{booktabs}`, UTF-8 input and T1 fonts.
pub fn claims(claims: &[ClaimView]) -> String {
    tabular(&tables::claims(claims), "Claims and verdicts.", "tab:isocost-claims")
}

/// What of a comparison fits on a page.
const COLUMNS: [&str; 8] = ["Claim", "Comparison", "Split", "Budget", "Δ", "Interval", "Threshold", "p"];

/// A table of comparisons. Needs the same packages.
pub fn comparisons(comparisons: &[ComparisonView]) -> String {
    let table = tables::comparisons(comparisons).only(&COLUMNS);
    tabular(&table, "Paired comparisons.", "tab:isocost-comparisons")
}

fn tabular(table: &Table, caption: &str, label: &str) -> String {
    let layout: String = table
        .columns
        .iter()
        .map(|column| match (column.flexible, column.align) {
            (true, _) => "p{0.28\\textwidth}",
            (false, Align::Left) => "l",
            (false, Align::Right) => "r",
        })
        .collect();
    let head = row(table.columns.iter().map(|column| escape::latex(column.title)));
    let body: String = table.rows.iter().map(|cells| row(cells.iter().map(line))).collect();
    format!(
        "\\begin{{table}}[tb]\n\\centering\n\\caption{{{}}}\n\\label{{{label}}}\n\\begin{{tabular}}{{{layout}}}\n\
         \\toprule\n{head}\\midrule\n{body}\\bottomrule\n\\end{{tabular}}\n\\end{{table}}\n",
        escape::latex(caption)
    )
}

/// A row. A cell that starts with `[` or `*` would be read as an argument of the `\\` before it, hence the braces.
fn row(cells: impl Iterator<Item = String>) -> String {
    let cells: Vec<String> =
        cells.map(|cell| if cell.starts_with(['[', '*']) { format!("{{}}{cell}") } else { cell }).collect();
    cells.join(" & ") + " \\\\\n"
}

fn line(cell: &Cell) -> String {
    let piece = |piece: &Inline| match piece {
        Inline::Code(text) => format!("\\texttt{{{}}}", escape::latex(text)),
        Inline::Badge(_, text) => escape::latex(text.trim_start_matches(['✓', '✗', '?', '!', '·', ' '])),
        other => escape::latex(other.plain()),
    };
    cell.0.iter().map(piece).collect()
}
