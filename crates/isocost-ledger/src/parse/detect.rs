//! Which dialect a document is written in, and which letters its ids have.

use super::lex::ids::Letters;
use super::line::{Line, LineKind};
use super::table::{Table, table_at};
use super::{archive, checklist, narrative, one_table, results_log, results_table, script};
use crate::model::Dialect;

/// What was found in one pass over the lines.
#[derive(Debug, Clone, Copy, Default)]
struct Signs {
    queue: usize,
    table: usize,
    narrative: usize,
    plan: usize,
    log: usize,
}

/// The dialect and the letters of ids.
pub(super) fn detect(lines: &[Line<'_>]) -> (Dialect, Letters) {
    let mut letters = Letters::known();
    if script::is_script(lines) {
        return (Dialect::Script, letters);
    }
    let mut signs = Signs::default();
    for (at, line) in lines.iter().enumerate() {
        match line.kind {
            LineKind::Bullet => {
                if let Some(head) = checklist::head(line) {
                    let letter = head.id.as_str().bytes().next().unwrap_or(b'E');
                    letters.add(letter);
                    let item = matches!(letter, b'C' | b'P' | b'V' | b'M');
                    *(if item { &mut signs.plan } else { &mut signs.queue }) += 1;
                }
            }
            LineKind::Heading(_) => {
                let text = archive::heading_text(line);
                if let Some((id, _)) = archive::heading(text).filter(|_| archive::table(lines, at).is_some())
                {
                    letters.add(id.as_str().bytes().next().unwrap_or(b'E'));
                    signs.queue += 1;
                }
                signs.narrative += usize::from(narrative::heading(text).is_some());
            }
            LineKind::Row => table_signs(&mut signs, table_at(lines, at).as_ref()),
            _ => {}
        }
    }
    (signs.dialect(), letters)
}

fn table_signs(signs: &mut Signs, table: Option<&Table<'_>>) {
    let Some(table) = table else { return };
    let rows = table.end - table.first + 1;
    if results_table::is_results(table) {
        signs.queue += rows;
    } else if results_log::is_log(table) {
        signs.log += rows;
    } else if one_table::is_ledger(table) {
        signs.table += rows;
    }
}

impl Signs {
    fn dialect(self) -> Dialect {
        if self.queue > 0 {
            Dialect::Queue
        } else if self.table > 0 {
            Dialect::Table
        } else if self.narrative > 0 && self.plan == 0 {
            Dialect::Narrative
        } else if self.plan > 0 {
            Dialect::Plan
        } else if self.log > 0 {
            Dialect::Log
        } else {
            Dialect::Unknown
        }
    }
}
