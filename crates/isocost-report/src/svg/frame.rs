//! Axes with grid lines.

use super::scale::{PScale, Scale};
use super::shapes::{Anchor, line, text};
use crate::markup::Element;

/// The pixels of a plot's inside.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Area {
    pub(crate) left: f64,
    pub(crate) right: f64,
    pub(crate) top: f64,
    pub(crate) bottom: f64,
}

impl Area {
    /// Ticks, grid and title of the horizontal axis.
    pub(crate) fn x_axis(&self, scale: &Scale, title: &str) -> Vec<Element> {
        let mut out =
            vec![line((self.left, self.bottom), (self.right, self.bottom)).with("stroke-opacity", "0.6")];
        for (value, label) in scale.ticks() {
            let x = scale.at(value);
            out.push(line((x, self.top), (x, self.bottom)).with("stroke-opacity", "0.1"));
            out.push(
                text((x, self.bottom + 16.0), Anchor::Middle, label)
                    .with("font-size", "11")
                    .with("opacity", "0.75"),
            );
        }
        let middle = f64::midpoint(self.left, self.right);
        out.push(text((middle, self.bottom + 34.0), Anchor::Middle, title));
        out
    }

    /// Ticks, grid and title of the vertical axis.
    pub(crate) fn y_axis(&self, scale: &Scale, title: &str) -> Vec<Element> {
        self.vertical(scale.ticks().into_iter().map(|(value, label)| (scale.at(value), label)), title)
    }

    /// The same for p-values.
    pub(crate) fn p_axis(&self, scale: &PScale, title: &str) -> Vec<Element> {
        self.vertical(scale.ticks().into_iter().map(|(value, label)| (scale.at(value), label)), title)
    }

    fn vertical(&self, ticks: impl Iterator<Item = (f64, String)>, title: &str) -> Vec<Element> {
        let mut out = Vec::new();
        for (y, label) in ticks {
            out.push(line((self.left, y), (self.right, y)).with("stroke-opacity", "0.1"));
            out.push(
                text((self.left - 8.0, y + 4.0), Anchor::End, label)
                    .with("font-size", "11")
                    .with("opacity", "0.75"),
            );
        }
        out.push(text((self.left, self.top - 10.0), Anchor::Start, title));
        out
    }
}
