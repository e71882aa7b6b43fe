//! A whole report.

use super::table;
use crate::document::{Block, Document};
use crate::escape;
use crate::model::Report;

/// The report as one Markdown document. Figures are left out; their tables carry the numbers.
pub fn page(report: &Report) -> String {
    let document = Document::of(report);
    let mut out =
        format!("# {}\n\n{}\n", escape::markdown(&document.title), escape::markdown(&document.lead));
    for section in &document.sections {
        out.extend(["\n## ", &escape::markdown(section.title), "\n"]);
        for block in &section.blocks {
            let text = block_text(block);
            if !text.is_empty() {
                out.push('\n');
                out += &text;
            }
        }
    }
    out
}

fn block_text(block: &Block) -> String {
    match block {
        Block::Paragraph(cell) => table::line(cell) + "\n",
        Block::Heading { title, .. } => format!("### {}\n", table::line(title)),
        Block::Table { content, .. } => table::table(content),
        Block::List(items) => list("- ", items.iter().map(table::line)),
        Block::Facts(facts) => list(
            "* ",
            facts.iter().map(|(name, value)| format!("{}: {}", escape::markdown(name), table::line(value))),
        ),
        Block::Figure { .. } => String::new(),
    }
}

/// A list. Lists with different marks that follow each other stay apart.
fn list(mark: &str, items: impl Iterator<Item = String>) -> String {
    let mut out = String::new();
    for item in items {
        out.extend([mark, &item, "\n"]);
    }
    out
}
