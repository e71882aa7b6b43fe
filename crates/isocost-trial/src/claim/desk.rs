//! Everything that one claim is decided on, and what it has looked at so far.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use isocost_stats::{Alpha, PValue};

use super::hypothesis::Region;
use super::planned::Turn;
use super::spec::ClaimSpec;
use crate::Correction;
use crate::compare::{Analysis, CompareError, Selection};
use crate::table::OutcomeTable;

/// Metric artifacts: JSON files that a rule reads by path.
pub trait Artifacts {
    /// The document of a file, named as in the rule (`metrics.json`, `E0801@full/metrics.json`); `None` asks for the only one. An error says
    /// in words what is not there.
    fn json(&self, file: Option<&str>) -> Result<Arc<serde_json::Value>, String>;
}

/// No artifacts at all.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoArtifacts;

impl Artifacts for NoArtifacts {
    fn json(&self, file: Option<&str>) -> Result<Arc<serde_json::Value>, String> {
        Err(match file {
            Some(file) => format!("there is no `{file}`"),
            None => "there is no file to read".to_owned(),
        })
    }
}

/// p-values of comparisons after correction, known only once all claims were tested.
#[derive(Debug, Clone, Default)]
pub(super) struct Corrected {
    /// Under every correction.
    pub(super) by: BTreeMap<Correction, BTreeMap<Selection, PValue>>,
    /// The one that decides.
    pub(super) used: Correction,
    /// Why it is not the declared one, if it is not.
    pub(super) note: Option<String>,
    pub(super) looks: usize,
}

impl Corrected {
    /// p of a comparison under a correction.
    pub(super) fn p(&self, correction: Correction, selection: &Selection) -> Option<PValue> {
        self.by.get(&correction)?.get(selection).copied()
    }

    /// p of a comparison under the correction that decides.
    pub(super) fn decisive(&self, selection: &Selection) -> Option<PValue> {
        self.p(self.used, selection)
    }
}

/// A statistic of single arms that the rule read.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Read {
    /// Where, with the arm on the left; the right arm is empty where there is none.
    pub(super) selection: Selection,
    /// What was read.
    pub(super) value: f64,
    /// Rows of the arm that have a value.
    pub(super) cells: usize,
}

type Cached = Rc<Result<Analysis, CompareError>>;

/// One claim with its evidence.
pub(super) struct Desk<'a> {
    pub(super) spec: &'a ClaimSpec,
    pub(super) table: Option<&'a OutcomeTable>,
    pub(super) artifacts: &'a dyn Artifacts,
    /// What the rule claims about each comparison as written, before any quantifier restricts it.
    pub(super) regions: BTreeMap<Selection, Vec<Region>>,
    pub(super) corrected: Option<Corrected>,
    /// Which of the planned looks this is.
    pub(super) turn: Option<Turn>,
    /// Intervals are at 1 − this: the declared alpha, or this look's part of it.
    pub(super) interval_alpha: Alpha,
    analyses: RefCell<BTreeMap<Selection, Cached>>,
    tested: RefCell<BTreeMap<Selection, Tested>>,
    reads: RefCell<BTreeMap<(String, Selection), Read>>,
}

/// A comparison that the rule tests.
#[derive(Debug, Clone)]
pub(super) struct Tested {
    pub(super) analysis: Cached,
    /// The claimed region with the largest p.
    pub(super) region: Region,
    /// The largest p of all that the rule tests on it; `None` where one is undefined.
    pub(super) p: Option<PValue>,
}

impl<'a> Desk<'a> {
    pub(super) fn new(
        spec: &'a ClaimSpec,
        table: Option<&'a OutcomeTable>,
        artifacts: &'a dyn Artifacts,
        regions: BTreeMap<Selection, Vec<Region>>,
    ) -> Self {
        Self {
            spec,
            table,
            artifacts,
            regions,
            corrected: None,
            turn: None,
            interval_alpha: spec.alpha,
            analyses: RefCell::default(),
            tested: RefCell::default(),
            reads: RefCell::default(),
        }
    }

    /// The paired analysis of a selection, made once.
    pub(super) fn analysis(&self, selection: &Selection) -> Result<Cached, String> {
        let table = self.table.ok_or("there is no outcome table yet")?;
        if let Some(found) = self.analyses.borrow().get(selection) {
            return Ok(Rc::clone(found));
        }
        let made = Rc::new(Analysis::new(table, selection, &self.spec.exclude, self.spec.plan()));
        self.analyses.borrow_mut().insert(selection.clone(), Rc::clone(&made));
        Ok(made)
    }

    /// Notes that a region was tested on a selection.
    pub(super) fn note_test(
        &self,
        selection: &Selection,
        analysis: &Cached,
        region: Region,
        p: Option<PValue>,
    ) {
        let mut tested = self.tested.borrow_mut();
        let entry = tested.entry(selection.clone()).or_insert_with(|| Tested {
            analysis: Rc::clone(analysis),
            region,
            p,
        });
        // The least certain of all regions decides; an undefined test is the least certain.
        if let Some(before) = entry.p
            && p.is_none_or(|p| p.get() > before.get())
        {
            (entry.region, entry.p) = (region, p);
        }
    }

    /// Notes that a statistic of single arms was read.
    pub(super) fn note_read(&self, name: &str, read: Read) {
        self.reads.borrow_mut().insert((name.to_owned(), read.selection.clone()), read);
    }

    /// All statistics of single arms read so far, by name and place.
    pub(super) fn reads(&self) -> Vec<(String, Read)> {
        self.reads.borrow().iter().map(|((name, _), read)| (name.clone(), read.clone())).collect()
    }

    /// All comparisons tested so far, in order.
    pub(super) fn tested(&self) -> BTreeMap<Selection, Tested> {
        self.tested.borrow().clone()
    }
}
