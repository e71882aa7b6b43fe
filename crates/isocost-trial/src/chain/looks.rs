//! Looks: evaluations whose result on a split was read.

use std::collections::BTreeSet;
use std::path::Path;

use isocost_stats::{Interval, PValue};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Record;
use super::file::{Chain, ChainError, Stored, read_chain};
use super::line::NOTHING;
use crate::table::TableSource;
use crate::{Arm, Budget, ClaimId, Family, Metric, Seed, Split};

/// What a look compared.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LookComparison {
    /// The left arm.
    pub left: Arm,
    /// The right arm; empty where the rule read a statistic of the left one alone.
    pub right: Arm,
    /// The budget, if one was named.
    pub budget: Option<Budget>,
    /// The metric.
    pub metric: Metric,
    /// The seed, if only one was looked at.
    pub seed: Option<Seed>,
}

/// A look before it is recorded.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LookDraft {
    /// The claim that was decided.
    pub claim: ClaimId,
    /// BLAKE3 of the claim's statement, its white space made single.
    pub claim_text_hash: String,
    /// The rule as written.
    pub rule: String,
    /// Everything else that fixes the claim: arms, metric, split, budget, test, margin, alpha, cost.
    pub terms: String,
    /// The family that its p is corrected in.
    pub family: Family,
    /// The tables that were read.
    pub tables: Vec<TableSource>,
    /// The split that was looked at.
    pub split: Split,
    /// What was compared.
    pub comparison: LookComparison,
    /// Mean difference that was seen; where no arms were compared, the statistic.
    pub delta: f64,
    /// p that was seen, against the claim's own threshold; none where the test is undefined.
    pub p: Option<PValue>,
    /// Interval that was seen.
    pub interval: Option<Interval>,
    /// Paired items; where no arms were compared, the cells of the statistic.
    pub n_items: usize,
    /// Paired seeds that are replicates.
    pub n_seeds: usize,
    /// Items excluded by name.
    pub n_excluded: usize,
}

/// A recorded look.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Look {
    /// `isocost/look/1`.
    pub schema: String,
    /// Its number, from 1.
    pub n: u64,
    /// When it was recorded, RFC 3339.
    pub time: String,
    /// What was seen.
    #[serde(flatten)]
    pub seen: LookDraft,
}

impl Record for Look {
    const SCHEMA: &'static str = "isocost/look/1";
}

impl LookDraft {
    /// Whether this look reveals nothing that the other did not: same claim, rule, comparison, split, and tables by content.
    pub fn repeats(&self, other: &Self) -> bool {
        self.claim == other.claim
            && self.rule == other.rule
            && self.comparison == other.comparison
            && self.split == other.split
            && self.n_excluded == other.n_excluded
            && hashes(self) == hashes(other)
    }

    /// Whether this look asks of other evidence what the other asked: same claim, rule, terms, comparison and split.
    pub fn continues(&self, other: &Self) -> bool {
        self.claim == other.claim
            && self.rule == other.rule
            && self.terms == other.terms
            && self.comparison == other.comparison
            && self.split == other.split
    }
}

fn hashes(look: &LookDraft) -> BTreeSet<&str> {
    look.tables.iter().map(|table| table.blake3.as_str()).collect()
}

/// What became of a look that was to be recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recorded {
    /// It is look number n.
    New(u64),
    /// It repeats look number n, and was not recorded again.
    Repeat(u64),
}

/// All looks of a project.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LookBook {
    looks: Vec<Look>,
    head: Option<String>,
}

impl LookBook {
    /// Reads and checks the file; one that does not exist holds no look.
    pub fn read(path: &Path) -> Result<Self, ChainError> {
        Ok(Self::from_stored(read_chain(path)?))
    }

    fn from_stored(stored: Vec<Stored<Look>>) -> Self {
        let head = stored.last().map(|stored| stored.hash.clone());
        Self { looks: stored.into_iter().map(|stored| stored.record).collect(), head }
    }

    /// Records the looks of one evaluation, in order. A look at the same evidence for the same rule and comparison as an earlier one reveals
    /// nothing new: it is not recorded again and does not count. `time` is RFC 3339; `holder` names this process to others.
    pub fn record(
        path: &Path,
        drafts: &[LookDraft],
        time: &str,
        holder: &str,
    ) -> Result<(Self, Vec<Recorded>), ChainError> {
        let (mut chain, stored) = Chain::<Look>::open(path, holder)?;
        let mut book = Self::from_stored(stored);
        let mut recorded = Vec::with_capacity(drafts.len());
        for draft in drafts {
            if let Some(earlier) = book.looks.iter().find(|look| draft.repeats(&look.seen)) {
                recorded.push(Recorded::Repeat(earlier.n));
                continue;
            }
            let n = book.looks.last().map_or(0, |look| look.n).saturating_add(1);
            let look =
                Look { schema: Look::SCHEMA.to_owned(), n, time: time.to_owned(), seen: draft.clone() };
            book.head = Some(chain.append(&look)?);
            book.looks.push(look);
            recorded.push(Recorded::New(n));
        }
        Ok((book, recorded))
    }

    /// The book as it would be with these looks added; nothing is written. For a dry run, and for counting before recording.
    #[must_use]
    pub fn with(&self, drafts: &[LookDraft]) -> Self {
        let mut book = self.clone();
        for draft in drafts {
            if !book.looks.iter().any(|look| draft.repeats(&look.seen)) {
                let n = book.looks.last().map_or(0, |look| look.n).saturating_add(1);
                let schema = Look::SCHEMA.to_owned();
                book.looks.push(Look { schema, n, time: String::new(), seen: draft.clone() });
            }
        }
        book
    }

    /// All looks in order.
    pub fn looks(&self) -> &[Look] {
        &self.looks
    }

    /// Hash of the last recorded look; 64 zeros if there is none.
    pub fn head(&self) -> &str {
        self.head.as_deref().unwrap_or(NOTHING)
    }

    /// How many looks were taken at a split.
    pub fn count_at(&self, split: &Split) -> usize {
        self.looks.iter().filter(|look| look.seen.split == *split).count()
    }

    /// How many looks a claim took.
    pub fn count_of(&self, claim: &ClaimId) -> usize {
        self.of(claim).count()
    }

    /// The looks of a claim in order.
    pub fn of<'b>(&'b self, claim: &'b ClaimId) -> impl Iterator<Item = &'b Look> {
        self.looks.iter().filter(move |look| look.seen.claim == *claim)
    }
}
