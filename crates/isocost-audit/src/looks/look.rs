use isocost_ledger::model::{Id, SplitName, Stamp};
use schemars::JsonSchema;
use serde::Serialize;

use crate::Location;

/// The kind of run that was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LookKind {
    /// All seeds.
    Full,
    /// At most three seeds, or called quick.
    Quick,
    /// A sweep over candidates. Counted once, although it looks at every candidate.
    Sweep,
}

/// Two arms that are compared.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
pub struct Arms {
    /// The arm that a positive difference favours.
    pub left: String,
    /// The baseline.
    pub right: String,
}

/// One evaluation on a protected split.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Look {
    /// The experiment that reports it: the one in the run directory's name, if there is one.
    pub entry: Id,
    /// The claim that the entry's text serves, where it names one.
    pub claim: Option<Id>,
    /// The kind of run.
    pub kind: LookKind,
    /// The split.
    pub split: SplitName,
    /// Its seeds, where they are stated.
    pub seeds: Option<Vec<i64>>,
    /// The arms compared, where they are named.
    pub arms: Option<Arms>,
    /// Δ as stated.
    pub delta: Option<f64>,
    /// p as stated.
    pub p: Option<f64>,
    /// The run directory's own name.
    pub run: Option<String>,
    /// When the run started.
    pub at: Option<Stamp>,
    /// The result file that is cited.
    pub file: Option<String>,
    /// The selected configuration.
    pub config: Option<String>,
    /// Whether the run directory's own name says which split it is of. Only such looks are counted.
    pub named: bool,
    /// Every place that reports it.
    pub reported: Vec<Location>,
}

/// How many looks of each kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, JsonSchema)]
pub struct LookCounts {
    /// Full runs.
    pub full: usize,
    /// Quick runs.
    pub quick: usize,
    /// Sweeps.
    pub sweeps: usize,
}

impl LookCounts {
    /// Counts looks.
    pub fn of<'a>(looks: impl IntoIterator<Item = &'a Look>) -> Self {
        let mut counts = Self::default();
        for look in looks {
            match look.kind {
                LookKind::Full => counts.full += 1,
                LookKind::Quick => counts.quick += 1,
                LookKind::Sweep => counts.sweeps += 1,
            }
        }
        counts
    }

    /// All of them.
    pub fn total(self) -> usize {
        self.full + self.quick + self.sweeps
    }
}
