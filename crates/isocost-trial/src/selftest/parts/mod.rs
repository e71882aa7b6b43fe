//! The parts of the self-test.

mod default;
mod equivalence;
mod families;
mod looks;
mod naive;
mod selection;
mod tests;

use isocost_stats::StatsResult;

use super::lab::Lab;
use super::row::SelftestRow;

/// A part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// The default test, with few and many seeds.
    Default,
    /// Each other test, in the world that it is for.
    Tests,
    /// Looking again as evidence arrives.
    Looks,
    /// Choosing the best of many first.
    Selection,
    /// Many claims together.
    Families,
    /// Claims of no difference.
    Equivalence,
    /// What the audio-visual ledger did.
    Naive,
}

impl Part {
    pub(super) const ALL: [Self; 7] = [
        Self::Default,
        Self::Tests,
        Self::Looks,
        Self::Selection,
        Self::Families,
        Self::Equivalence,
        Self::Naive,
    ];

    pub(super) fn rows(self, lab: &Lab) -> StatsResult<Vec<SelftestRow>> {
        match self {
            Self::Default => default::rows(lab),
            Self::Tests => tests::rows(lab),
            Self::Looks => looks::rows(lab),
            Self::Selection => selection::rows(lab),
            Self::Families => families::rows(lab),
            Self::Equivalence => equivalence::rows(lab),
            Self::Naive => naive::rows(lab),
        }
    }
}
