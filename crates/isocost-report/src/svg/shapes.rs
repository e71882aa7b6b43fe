//! Lines, words and marks.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::figure::coordinate;
use crate::markup::Element;

/// Colours that keep their contrast on white and on near-black.
pub(crate) const PALETTE: [&str; 8] =
    ["#3a7bd5", "#d9772b", "#2a9d6f", "#c2528b", "#8a63d2", "#a68a00", "#2f9fb0", "#8a8f98"];

/// Where a text is anchored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Anchor {
    Start,
    Middle,
    End,
}

/// A straight line.
pub(crate) fn line(from: (f64, f64), to: (f64, f64)) -> Element {
    Element::new("line")
        .with("x1", coordinate(from.0))
        .with("y1", coordinate(from.1))
        .with("x2", coordinate(to.0))
        .with("y2", coordinate(to.1))
        .with("stroke", "currentColor")
}

/// A broken line through points.
pub(crate) fn polyline(points: &[(f64, f64)]) -> Element {
    let points: Vec<String> =
        points.iter().map(|(x, y)| format!("{},{}", coordinate(*x), coordinate(*y))).collect();
    Element::new("polyline").with("points", points.join(" ")).with("fill", "none")
}

/// Words.
pub(crate) fn text(at: (f64, f64), anchor: Anchor, words: impl Into<String>) -> Element {
    let element = Element::new("text").with("x", coordinate(at.0)).with("y", coordinate(at.1));
    let element = match anchor {
        Anchor::Start => element,
        Anchor::Middle => element.with("text-anchor", "middle"),
        Anchor::End => element.with("text-anchor", "end"),
    };
    element.text(words)
}

/// A mark of the given kind (they repeat after five) and radius.
pub(crate) fn mark(kind: usize, (x, y): (f64, f64), r: f64) -> Element {
    let path = |points: &[(f64, f64)]| {
        let points: Vec<String> = points
            .iter()
            .map(|(dx, dy)| format!("{},{}", coordinate(x + dx * r), coordinate(y + dy * r)))
            .collect();
        Element::new("polygon").with("points", points.join(" "))
    };
    match kind % 5 {
        0 => Element::new("circle")
            .with("cx", coordinate(x))
            .with("cy", coordinate(y))
            .with("r", coordinate(r)),
        1 => path(&[(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)]),
        2 => path(&[(0.0, -1.2), (1.1, 0.9), (-1.1, 0.9)]),
        3 => path(&[(0.0, -1.3), (1.3, 0.0), (0.0, 1.3), (-1.3, 0.0)]),
        _ => path(&[(0.0, 1.2), (1.1, -0.9), (-1.1, -0.9)]),
    }
}

/// The colour of the series with this index.
pub(crate) fn colour(index: usize) -> &'static str {
    PALETTE.get(index % PALETTE.len()).copied().unwrap_or("currentColor")
}

/// About how many pixels a text takes at twelve pixels a line.
pub(crate) fn text_width(words: &str) -> f64 {
    words.width() as f64 * 6.6
}

/// The text, cut with an ellipsis to `columns` columns.
pub(crate) fn clipped(words: &str, columns: usize) -> String {
    if words.width() <= columns {
        return words.to_owned();
    }
    let mut out = String::new();
    let mut used = 1;
    for c in words.chars() {
        used += c.width().unwrap_or(0);
        if used > columns {
            break;
        }
        out.push(c);
    }
    out + "…"
}
