//! One pass over the lines of a document: every line goes to exactly one block.

use std::collections::BTreeSet;

use super::checklist::{self, Head};
use super::lex::ids::{self, Letters};
use super::line::{Line, LineKind};
use super::table::{Table, gfm_cells, own_cells, table_at};
use super::{
    archive, items, narrative, one_table, plan, preamble, queue, results_log, results_table, sections,
};
use crate::model::{
    AmbiguousRow, Block, BlockKind, Claim, Dialect, Entry, IdMention, Ledger, OrderedPlan, PlanItem, Rule,
    RunRow, Section, SectionRole,
};
use crate::text::{Piece, Text};

/// The parts of a ledger while it is read.
pub(super) struct Document<'a> {
    whole: Piece<'a>,
    lines: Vec<Line<'a>>,
    dialect: Dialect,
    /// Section of the line being read.
    section: usize,
    pub(super) sections: Vec<Section>,
    heading_lines: Vec<usize>,
    pub(super) entries: Vec<Entry>,
    pub(super) claims: Vec<Claim>,
    pub(super) plan_items: Vec<PlanItem>,
    pub(super) runs: Vec<RunRow>,
    pub(super) plans: Vec<OrderedPlan>,
    pub(super) rules: Vec<Rule>,
    pub(super) notes: Vec<Text>,
    ambiguous_rows: Vec<AmbiguousRow>,
    blocks: Vec<Block>,
}

impl<'a> Document<'a> {
    /// Reads all lines.
    pub(super) fn read(whole: Piece<'a>, lines: Vec<Line<'a>>, dialect: Dialect) -> Self {
        let (sections, heading_lines) = sections::sections(&lines, dialect);
        let mut document = Self {
            whole,
            lines,
            dialect,
            section: 0,
            sections,
            heading_lines,
            entries: Vec::new(),
            claims: Vec::new(),
            plan_items: Vec::new(),
            runs: Vec::new(),
            plans: Vec::new(),
            rules: Vec::new(),
            notes: Vec::new(),
            ambiguous_rows: Vec::new(),
            blocks: Vec::new(),
        };
        let mut at = 0;
        while at < document.lines.len() {
            at = document.read_at(at).max(at + 1);
        }
        document
    }

    /// The finished ledger, without its source.
    pub(super) fn into_ledger(mut self, letters: Letters) -> Ledger {
        let mentions = match self.dialect {
            Dialect::Narrative => self.section_mentions(),
            _ => ids::mentions(self.whole, letters),
        };
        for (order, entry) in self.entries.iter_mut().enumerate() {
            entry.order = order;
            entry.mentions = ids::within(&mentions, entry.span).to_vec();
        }
        let environment = preamble::environment(&self.lines, &self.sections);
        let title =
            self.sections.iter().find(|section| section.level == 1).map(|section| section.heading.clone());
        Ledger {
            source: crate::text::Source::default(),
            dialect: self.dialect,
            title,
            environment,
            rules: self.rules,
            sections: self.sections,
            entries: self.entries,
            claims: self.claims,
            plan_items: self.plan_items,
            runs: self.runs,
            plans: self.plans,
            notes: self.notes,
            mentions,
            ambiguous_rows: self.ambiguous_rows,
            blocks: self.blocks,
        }
    }

    /// Section ids of this document in its prose; what stands in fences is code.
    fn section_mentions(&self) -> Vec<IdMention> {
        let known: BTreeSet<&str> = self.entries.iter().map(|entry| entry.id.as_ref()).collect();
        let code = [LineKind::FenceOpen, LineKind::FenceBody, LineKind::FenceClose];
        let prose = self.lines.iter().filter(|line| !code.contains(&line.kind));
        prose.flat_map(|line| ids::section_mentions(line.body, &known)).collect()
    }

    /// Reads what begins at line `at`; returns the first line after it.
    fn read_at(&mut self, at: usize) -> usize {
        let Some(line) = self.lines.get(at).copied() else { return at + 1 };
        match line.kind {
            LineKind::Heading(_) => self.heading(at, &line),
            LineKind::Bullet => match checklist::head(&line) {
                Some(head) => self.item(at, &head),
                None => self.note_or_prose(at, &line),
            },
            LineKind::Row => match table_at(&self.lines, at) {
                Some(table) => self.table(at, &table),
                None => self.block(at, at + 1, BlockKind::Prose),
            },
            LineKind::Blank => self.block(at, at + 1, BlockKind::Blank),
            _ => self.block(at, at + 1, BlockKind::Prose),
        }
    }

    /// Gives the lines `from..to` to a block; joins blank and prose lines with those before.
    fn block(&mut self, from: usize, to: usize, kind: BlockKind) -> usize {
        let span = items::block(&self.lines, from, to).span();
        match self.blocks.last_mut() {
            Some(last) if last.kind == kind && matches!(kind, BlockKind::Blank | BlockKind::Prose) => {
                last.span.end = span.end;
            }
            _ => self.blocks.push(Block { span, kind }),
        }
        to
    }

    fn heading(&mut self, at: usize, line: &Line<'a>) -> usize {
        self.section = self.heading_lines.partition_point(|&heading| heading <= at);
        if let Some((_, table)) = archive::table(&self.lines, at) {
            let end = self.content_end(at, self.next_heading(at));
            if let Some(entry) = archive::entry(&self.lines, at, end, &table, self.section) {
                self.note_ambiguous(table.first, table.end);
                return self.entry(at, end, entry);
            }
        }
        if self.dialect == Dialect::Narrative {
            let end = self.content_end(at, self.next_heading(at));
            let role = self.sections.get(self.section).map(|section| section.role);
            match role {
                Some(SectionRole::Entry) => {
                    if let Some(entry) = narrative::entry(&self.lines, at, end, self.section) {
                        return self.entry(at, end, entry);
                    }
                }
                Some(SectionRole::Rules) => self.rules.extend(narrative::rules(&self.lines, at + 1, end)),
                Some(SectionRole::Plan) => {
                    self.plans.push(narrative::plan(archive::heading_text(line), &self.lines, at + 1, end));
                }
                _ => {}
            }
        }
        self.block(at, at + 1, BlockKind::Heading)
    }

    /// The first heading line after line `at`.
    fn next_heading(&self, at: usize) -> usize {
        let next = self.heading_lines.partition_point(|&heading| heading <= at);
        self.heading_lines.get(next).copied().unwrap_or(self.lines.len())
    }

    /// One past the last line before `end` that is neither blank nor a thematic break.
    fn content_end(&self, at: usize, end: usize) -> usize {
        let lines = self.lines.get(at + 1..end).unwrap_or_default();
        let last = lines.iter().rposition(|line| !matches!(line.kind, LineKind::Blank | LineKind::Break));
        at + 1 + last.map_or(0, |last| last + 1)
    }

    fn entry(&mut self, from: usize, to: usize, entry: Entry) -> usize {
        let kind = BlockKind::Entry(self.entries.len());
        self.entries.push(entry);
        self.block(from, to, kind)
    }

    fn item(&mut self, at: usize, head: &Head<'a>) -> usize {
        let end = items::item_end(&self.lines, at, self.lines.len());
        let span = items::block(&self.lines, at, end).span();
        let nested = items::nested(&self.lines, at + 1, end);
        match head.id.as_str().as_bytes().first() {
            Some(b'C') => {
                let claim = plan::claim(self.whole, head, nested.fields, span);
                let kind = BlockKind::Claim(self.claims.len());
                self.claims.push(claim);
                self.block(at, end, kind)
            }
            Some(letter @ (b'P' | b'V' | b'M')) => {
                let item = plan::item(self.whole, head, *letter, nested.fields, span);
                let kind = BlockKind::PlanItem(self.plan_items.len());
                self.plan_items.push(item);
                self.block(at, end, kind)
            }
            _ => {
                let mut entry = queue::entry(self.whole, head, nested.fields, self.section, span);
                entry.trailing = nested.other;
                self.entry(at, end, entry)
            }
        }
    }

    fn note_or_prose(&mut self, at: usize, line: &Line<'a>) -> usize {
        let role = self.sections.get(self.section).map(|section| section.role);
        if role == Some(SectionRole::Notes) {
            let end = items::item_end(&self.lines, at, self.lines.len());
            let note = line.item().unwrap_or(line.body);
            let last = items::block(&self.lines, at, end).trim_end();
            self.notes.push(note.joined(last).to_text());
            return self.block(at, end, BlockKind::Prose);
        }
        self.block(at, at + 1, BlockKind::Prose)
    }

    fn table(&mut self, at: usize, table: &Table<'a>) -> usize {
        self.block(at, table.first, BlockKind::Prose);
        self.note_ambiguous(table.first, table.end);
        for row in table.first..table.end {
            self.row(row, table);
        }
        table.end
    }

    fn row(&mut self, at: usize, table: &Table<'a>) {
        let Some(line) = self.lines.get(at).copied() else { return };
        let entry = if results_table::is_results(table) {
            results_table::entry(table, &line, self.section)
        } else if results_log::is_log(table) {
            if let Some(run) = results_log::run(table, &line) {
                let kind = BlockKind::Run(self.runs.len());
                self.runs.push(run);
                self.block(at, at + 1, kind);
                return;
            }
            None
        } else if one_table::is_ledger(table) {
            one_table::entry(table, &line, self.section)
        } else {
            None
        };
        match entry {
            Some(entry) => self.entry(at, at + 1, entry),
            None => self.block(at, at + 1, BlockKind::Prose),
        };
    }

    fn note_ambiguous(&mut self, from: usize, to: usize) {
        for line in self.lines.get(from..to).unwrap_or_default() {
            if memchr::memchr(b'`', line.body.as_str().as_bytes()).is_none() {
                continue;
            }
            let (own, gfm_cells) = (own_cells(line.body), gfm_cells(line.body));
            if own != gfm_cells {
                self.ambiguous_rows.push(AmbiguousRow { span: line.full.span(), cells: own, gfm_cells });
            }
        }
    }
}
