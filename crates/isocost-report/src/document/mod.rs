//! A report before it becomes HTML or Markdown: the same sections, in the same order, with the same words.

mod blind;
mod claims;
mod evidence;
mod overview;

use crate::model::Report;
use crate::svg::Figure;
use crate::table::{Cell, Table};

/// A whole document.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Document {
    pub(crate) title: String,
    /// One sentence under the title.
    pub(crate) lead: String,
    pub(crate) sections: Vec<Section>,
}

/// A part with a heading.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Section {
    pub(crate) anchor: &'static str,
    pub(crate) title: &'static str,
    pub(crate) blocks: Vec<Block>,
}

/// What a section holds.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Block {
    Paragraph(Cell),
    Heading {
        anchor: String,
        title: Cell,
    },
    List(Vec<Cell>),
    /// Names and values.
    Facts(Vec<(String, Cell)>),
    Table {
        caption: &'static str,
        content: Table,
    },
    Figure {
        caption: &'static str,
        figure: Figure,
    },
}

impl Block {
    pub(crate) fn words(text: &str) -> Self {
        Self::Paragraph(Cell::prose(text))
    }
}

impl Document {
    /// Lays a report out.
    pub(crate) fn of(report: &Report) -> Self {
        let sections = [
            Some(overview::section(report)),
            claims::section(&report.claims),
            evidence::comparisons(&report.comparisons),
            evidence::looks(report),
            evidence::cost(&report.pareto),
            evidence::runs(&report.runs),
            evidence::findings(&report.findings),
            Some(blind::section(&report.blind_spots)),
        ];
        Self {
            title: report.title.clone(),
            lead: overview::lead(report),
            sections: sections.into_iter().flatten().collect(),
        }
    }
}
