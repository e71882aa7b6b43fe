//! Text to model (spec: ledger dialects). Never fails, never panics, takes linear time.
//!
//! One pass gives every line to exactly one block; small readers per dialect turn blocks into entries, claims, plan
//! items and runs. The dialect is detected. Constructs are recognised wherever they stand, so a document may mix them.

mod archive;
mod artifact;
mod checklist;
mod command;
mod decision;
mod detect;
mod document;
mod engine;
mod entry;
mod fence;
mod inherit;
mod items;
mod label;
mod lex;
mod line;
mod narrative;
mod one_table;
mod plan;
mod preamble;
mod python;
mod queue;
mod results_log;
mod results_table;
mod script;
mod sections;
mod statement;
mod table;
mod title;

use crate::model::{Dialect, Ledger};
use crate::text::{Piece, Source};

/// Reads a document. What is not recognised stays as prose blocks; printing the ledger gives the source back.
pub fn parse(source: Source) -> Ledger {
    let mut ledger = {
        let whole = Piece::new(source.text());
        let lines = line::lines(&source);
        let (dialect, letters) = detect::detect(&lines);
        if dialect == Dialect::Script {
            script::ledger(whole)
        } else {
            document::Document::read(whole, lines, dialect).into_ledger(letters)
        }
    };
    engine::analyse_all(&mut ledger);
    inherit::contexts(&mut ledger);
    ledger.source = source;
    ledger
}

/// Where a document's Results table is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ResultsTable {
    /// Names of its columns.
    pub(crate) columns: Vec<String>,
    /// Start of its header.
    pub(crate) start: u32,
    /// After its last row, line end included.
    pub(crate) end: u32,
}

/// The first Results table of a document.
pub(crate) fn results_table(source: &Source) -> Option<ResultsTable> {
    let lines = line::lines(source);
    (0..lines.len()).find_map(|at| {
        let table = table::table_at(&lines, at).filter(results_table::is_results)?;
        let span = items::block(&lines, at, table.end).span();
        let columns = table.header.iter().map(|name| name.as_str().to_owned()).collect();
        Some(ResultsTable { columns, start: span.start, end: span.end })
    })
}

/// Byte ranges of the code spans of a text, back-quotes included.
pub(crate) fn code_ranges(text: &str) -> Vec<std::ops::Range<usize>> {
    lex::code::code_spans(Piece::new(text)).map(|span| span.outer.start()..span.outer.end()).collect()
}
