//! Tables and the pieces of their cells.

use crate::escape;
use crate::markup::Element;
use crate::table::{Align, Cell, Inline, Table, Tone};

/// A table that scrolls by itself if it is too wide for the page.
pub(crate) fn table(caption: &str, table: &Table) -> Element {
    let head = table.columns.iter().map(|column| {
        let cell = Element::new("th").with("scope", "col").text(column.title);
        if column.align == Align::Right { cell.with("class", "number") } else { cell }
    });
    let rows = table.rows.iter().map(|row| {
        let cells = row.iter().zip(&table.columns).enumerate().map(|(index, (cell, column))| {
            let element =
                if index == 0 { Element::new("th").with("scope", "row") } else { Element::new("td") };
            let class = match (column.align, column.flexible) {
                (Align::Right, _) => "number",
                (Align::Left, true) => "prose",
                (Align::Left, false) => "word",
            };
            pieces(element.with("class", class), cell)
        });
        Element::new("tr").children(cells)
    });
    let content = Element::new("table")
        .child(Element::new("caption").text(caption))
        .child(Element::new("thead").child(Element::new("tr").children(head)))
        .child(Element::new("tbody").children(rows));
    Element::new("div")
        .with("class", "scroll")
        .with("role", "region")
        .with("aria-label", caption)
        .with("tabindex", "0")
        .child(content)
}

/// Adds the pieces of a cell to an element.
pub(crate) fn pieces(element: Element, cell: &Cell) -> Element {
    cell.0.iter().fold(element, |element, piece| match piece {
        Inline::Text(text) => element.text(text),
        Inline::Code(text) => element.child(Element::new("code").text(text)),
        Inline::Badge(tone, text) => {
            element.child(Element::new("span").with("class", format!("badge {}", class(*tone))).text(text))
        }
        Inline::Link { text, path } => {
            element.child(Element::new("a").with("href", escape::uri(path)).text(text))
        }
        Inline::Jump { text, anchor } => {
            element.child(Element::new("a").with("href", format!("#{anchor}")).text(text))
        }
    })
}

fn class(tone: Tone) -> &'static str {
    match tone {
        Tone::Good => "good",
        Tone::Bad => "bad",
        Tone::Warn => "warn",
        Tone::Busy => "busy",
        Tone::Muted => "muted",
    }
}
