//! What the report cannot see. It is part of every report.

use super::{Block, Section};
use crate::table::Cell;

/// What holds for every ledger.
const ALWAYS: [&str; 4] = [
    "Test labels read outside isocost: an evaluation in a notebook or by hand leaves no trace in the ledger.",
    "Runs that were never entered, or were deleted before the ledger was read.",
    "Choices made after results were seen: which arms, metrics, subsets or stopping times to report.",
    "Whether a command computes what its entry says: isocost checks what it left behind, not how.",
];

/// The section; never left out.
pub(crate) fn section(more: &[String]) -> Section {
    let items = ALWAYS.into_iter().map(Cell::text).chain(more.iter().map(|text| Cell::prose(text))).collect();
    Section {
        anchor: "blind-spots",
        title: "What this report cannot see",
        blocks: vec![
            Block::words("Verdicts rest on what the ledger and its runs record. This lies outside of it:"),
            Block::List(items),
        ],
    }
}
