//! The whole document.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Claim, Command, Entry, Field, Id, IdMention, PlanItem};
use crate::text::{Source, Span, Text};

/// The way a document is written (spec §2–§6). Detected, never asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Dialect {
    /// One table of experiments with Smoke and Full boxes.
    Table,
    /// Checklist run queues, a Results table, an archive. The canonical ledger is of this kind.
    Queue,
    /// Numbered narrative sections with bold labels and shell fences.
    Narrative,
    /// A script that is its own ledger.
    Script,
    /// A plan: claims, plan items, verification items.
    Plan,
    /// A results log: one row per run.
    Log,
    /// None of these: no entry, claim or run was recognised.
    Unknown,
}

/// A heading and what it stands for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Section {
    /// Heading text without hashes.
    pub heading: Text,
    /// 1 for `#`; 0 for the part before the first heading.
    pub level: u8,
    /// What it holds.
    pub role: SectionRole,
    /// Index of the enclosing section.
    pub parent: Option<usize>,
    /// `Must Do`, `Bonus`, `Optional`; inherited by what is inside.
    pub priority: Option<Text>,
    /// The words of a run queue's name: `Oral-Competitive C0003 push`, `extended`, `sequential`.
    pub flags: Vec<Text>,
    /// From the heading to the next heading of the same or a higher level.
    pub span: Span,
}

/// What a section holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SectionRole {
    /// Overview, reproducibility: facts on the whole.
    Preamble,
    /// Rules that hold for every entry.
    Rules,
    /// A run queue.
    Queue,
    /// The Results table.
    Results,
    /// The archive.
    Archive,
    /// A chapter of a narrative ledger.
    Chapter,
    /// One entry.
    Entry,
    /// Claims.
    Claims,
    /// An ordered plan over entries.
    Plan,
    /// Notes.
    Notes,
    /// Anything else.
    Other,
}

/// What a block of the source is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum BlockKind {
    /// A heading line.
    Heading,
    /// An entry: index into [`Ledger::entries`].
    Entry(usize),
    /// A claim: index into [`Ledger::claims`].
    Claim(usize),
    /// A plan item: index into [`Ledger::plan_items`].
    PlanItem(usize),
    /// A run of a results log: index into [`Ledger::runs`].
    Run(usize),
    /// Blank lines.
    Blank,
    /// Anything else.
    Prose,
}

/// One piece of the partition of the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Block {
    /// Where.
    pub span: Span,
    /// What.
    pub kind: BlockKind,
}

/// A rule that holds for every entry (chapter 0 of a narrative ledger, notes of a table).
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Rule {
    /// Its bold label.
    pub label: Text,
    /// Its text.
    pub text: Text,
    /// Commands in its fences.
    pub commands: Vec<Command>,
}

/// One row of a results log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct RunRow {
    /// The experiment.
    pub id: Id,
    /// The cells by column name.
    pub fields: Vec<Field>,
    /// All of it.
    pub span: Span,
}

/// An ordered plan over entries.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct OrderedPlan {
    /// Its heading.
    pub title: Text,
    /// Its steps.
    pub steps: Vec<PlanStep>,
}

/// One step of an ordered plan.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct PlanStep {
    /// Its text.
    pub text: Text,
    /// The entries it names, ranges filled in.
    pub entries: Vec<Id>,
    /// Commands in its fences.
    pub commands: Vec<Command>,
}

/// A table row that GitHub's rule splits elsewhere than its author meant: a `|` stands inside a code span.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct AmbiguousRow {
    /// The row.
    pub span: Span,
    /// Cells as read here.
    pub cells: usize,
    /// Cells as GitHub shows them; surplus ones are dropped there.
    pub gfm_cells: usize,
}

/// A parsed document.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Ledger {
    /// The text it was read from.
    #[serde(skip)]
    pub source: Source,
    /// How it is written.
    pub dialect: Dialect,
    /// The first level-1 heading.
    pub title: Option<Text>,
    /// Overview and reproducibility bullets.
    pub environment: Vec<Field>,
    /// Rules that hold for every entry.
    pub rules: Vec<Rule>,
    /// Sections in order.
    pub sections: Vec<Section>,
    /// Entries in order.
    pub entries: Vec<Entry>,
    /// Claims in order.
    pub claims: Vec<Claim>,
    /// Plan items in order.
    pub plan_items: Vec<PlanItem>,
    /// Rows of a results log.
    pub runs: Vec<RunRow>,
    /// Ordered plans.
    pub plans: Vec<OrderedPlan>,
    /// Notes of the whole.
    pub notes: Vec<Text>,
    /// Every id token of the document, in order.
    pub mentions: Vec<IdMention>,
    /// Table rows that renderers show otherwise than they were meant.
    pub ambiguous_rows: Vec<AmbiguousRow>,
    /// The partition of the source.
    pub blocks: Vec<Block>,
}

impl Ledger {
    /// The document as text: the blocks' texts in order. Equals the source byte for byte.
    pub fn print(&self) -> String {
        self.blocks.iter().map(|block| self.source.slice(block.span)).collect()
    }

    /// Entries of one experiment, in order of place.
    pub fn entries_of<'a>(&'a self, id: &'a Id) -> impl Iterator<Item = &'a Entry> + 'a {
        self.entries.iter().filter(move |entry| entry.id == *id)
    }
}
