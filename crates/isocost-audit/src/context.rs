//! All ledgers of one audit, with the indexes that detectors share.

use std::collections::BTreeMap;

use isocost_ledger::model::{Entry, Id, Ledger, Role, Section, SectionRole, Verb};
use isocost_ledger::text::Span;

use crate::evaluation::{self, Evaluation};
use crate::run_dir::{RunDir, run_dirs};

/// One entry and the ledger that it stands in.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Record<'a> {
    /// The ledger.
    pub ledger: &'a Ledger,
    /// Index of the ledger.
    pub ledger_index: usize,
    /// The entry.
    pub entry: &'a Entry,
}

impl<'a> Record<'a> {
    /// The section it stands in.
    pub(crate) fn section(&self) -> Option<&'a Section> {
        self.ledger.sections.get(self.entry.section)
    }

    /// The text of a span of its ledger.
    pub(crate) fn slice(&self, span: Span) -> &'a str {
        self.ledger.source.slice(span)
    }

    /// The entry's own text.
    pub(crate) fn text(&self) -> &'a str {
        self.slice(self.entry.span)
    }

    /// Whether anything says that the entry was not run.
    pub(crate) fn is_skipped(&self) -> bool {
        let entry = self.entry;
        entry.statuses.skipped.is_some()
            || entry.title_facts.skip_mark
            || entry
                .decisions
                .iter()
                .any(|d| matches!(d.verb, Verb::Skipped | Verb::NotRun) && d.claim.is_none())
    }
}

/// A place where a run directory is named.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Named<'a> {
    /// The ledger.
    pub ledger: &'a Ledger,
    /// Where the name stands.
    pub span: Span,
}

/// The ledgers and their indexes.
pub(crate) struct Context<'a> {
    /// The ledgers.
    pub ledgers: &'a [Ledger],
    /// All entries, in order of ledger and place.
    pub records: Vec<Record<'a>>,
    /// All evaluations that results report.
    pub evaluations: Vec<Evaluation<'a>>,
    /// Every time-stamped directory by name, with the first place that names it.
    pub run_dirs: BTreeMap<&'a str, Named<'a>>,
    by_id: BTreeMap<&'a Id, Vec<usize>>,
}

impl<'a> Context<'a> {
    /// Reads the indexes off the ledgers.
    pub(crate) fn new(ledgers: &'a [Ledger]) -> Self {
        let mut records = Vec::new();
        for (ledger_index, ledger) in ledgers.iter().enumerate() {
            records.extend(ledger.entries.iter().map(|entry| Record { ledger, ledger_index, entry }));
        }
        let mut by_id: BTreeMap<&Id, Vec<usize>> = BTreeMap::new();
        for (index, record) in records.iter().enumerate() {
            by_id.entry(&record.entry.id).or_default().push(index);
        }
        let run_dirs = named_run_dirs(ledgers);
        let evaluations = evaluation::read(&records);
        Self { ledgers, records, evaluations, run_dirs, by_id }
    }

    /// The records of an id in one ledger, in order.
    pub(crate) fn of(&self, ledger: usize, id: &Id) -> impl Iterator<Item = &Record<'a>> + '_ {
        self.by_id
            .get(id)
            .into_iter()
            .flatten()
            .filter_map(|&index| self.records.get(index))
            .filter(move |r| r.ledger_index == ledger)
    }

    /// The record of an id in a role.
    pub(crate) fn of_role(&self, ledger: usize, id: &Id, role: Role) -> Option<&Record<'a>> {
        self.of(ledger, id).find(|record| record.entry.role == role)
    }

    /// Whether an entry defines the id, or the id that it is a sub-run of.
    pub(crate) fn defines(&self, id: &Id) -> bool {
        self.by_id.contains_key(id) || self.by_id.contains_key(&id.parent())
    }

    /// Whether a ledger keeps a Results table.
    pub(crate) fn has_results_table(&self, ledger_index: usize) -> bool {
        self.ledgers
            .get(ledger_index)
            .is_some_and(|ledger| ledger.sections.iter().any(|s| s.role == SectionRole::Results))
    }
}

fn named_run_dirs(ledgers: &[Ledger]) -> BTreeMap<&str, Named<'_>> {
    let mut named = BTreeMap::new();
    for ledger in ledgers {
        let literal = |dir: &RunDir<'_>| !dir.is_pattern() && !dir.is_elided();
        for dir in run_dirs(ledger.source.text()).filter(literal) {
            let span = Span::new(dir.range.start, dir.range.end);
            named.entry(dir.name).or_insert(Named { ledger, span });
        }
    }
    named
}
