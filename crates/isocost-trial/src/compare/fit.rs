//! The test that a comparison declares.

use isocost_stats::bootstrap::{self, Grid, Replicates, Resampling};
use isocost_stats::{Alpha, Interval, PValue, StatsError, Tail, signflip, ttest};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::CompareError;

/// The test of a comparison.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum TestKind {
    /// Bootstrap over items and seeds at once. Its p is never below 2^−n for n items (twice that two-sided): a few items that happen to agree
    /// would otherwise look like certainty, because no resample of them disagrees. Where 2·2^−n is above alpha there is no interval either.
    #[default]
    Crossed,
    /// Paired t-test over items, each averaged over seeds.
    Items,
    /// Paired t-test over seeds, each averaged over items. Says nothing about new items.
    Seeds,
    /// Sign-flip permutation test over items, each averaged over seeds; its interval is the crossed bootstrap's.
    #[serde(rename = "signflip")]
    SignFlip,
}

/// What a test generalises over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum UnitOfTest {
    /// New items and new seeds.
    ItemsAndSeeds,
    /// New items.
    Items,
    /// New seeds on these very items.
    Seeds,
}

impl TestKind {
    /// Its name in a ledger.
    pub fn name(self) -> &'static str {
        match self {
            Self::Crossed => "crossed",
            Self::Items => "items",
            Self::Seeds => "seeds",
            Self::SignFlip => "signflip",
        }
    }

    /// What it generalises over.
    pub fn unit(self) -> UnitOfTest {
        match self {
            Self::Crossed => UnitOfTest::ItemsAndSeeds,
            Self::Items | Self::SignFlip => UnitOfTest::Items,
            Self::Seeds => UnitOfTest::Seeds,
        }
    }
}

impl std::str::FromStr for TestKind {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        [Self::Crossed, Self::Items, Self::Seeds, Self::SignFlip]
            .into_iter()
            .find(|kind| kind.name() == text)
            .ok_or_else(|| format!("`{text}` is no test; write crossed, items, seeds or signflip"))
    }
}

/// A test and its settings.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct TestPlan {
    /// The test.
    pub kind: TestKind,
    /// The level of intervals is 1 − alpha.
    pub alpha: Alpha,
    /// Replicates and seed of the bootstrap and of sampled sign flips.
    pub resampling: Resampling,
}

/// A test with its data, ready to be asked about margins.
#[derive(Debug, Clone)]
pub(super) struct Fitted {
    plan: TestPlan,
    /// Bootstrap of items and seeds; also for tests that have another p.
    replicates: Replicates,
    /// The values that the test itself looks at.
    units: Vec<f64>,
    items: usize,
}

impl Fitted {
    pub(super) fn new(grid: &Grid, plan: TestPlan) -> Result<Self, CompareError> {
        let units = match plan.kind {
            TestKind::Crossed => Vec::new(),
            TestKind::Items | TestKind::SignFlip => grid.item_means(),
            TestKind::Seeds => grid.seed_means(),
        };
        Ok(Self { plan, replicates: bootstrap::crossed(grid, plan.resampling)?, units, items: grid.items() })
    }

    /// The interval of the effect; `None` where the test has too few units for one, or units that do not differ.
    pub(super) fn interval(&self, alpha: Alpha) -> Result<Option<Interval>, CompareError> {
        match self.plan.kind {
            TestKind::Crossed | TestKind::SignFlip => {
                Ok((self.floor(Tail::TwoSided) <= alpha.get()).then(|| self.replicates.interval(alpha)))
            }
            TestKind::Items | TestKind::Seeds => match ttest::paired(&self.units, 0.0, Tail::TwoSided, alpha)
            {
                // Units that do not differ give an interval without width, which would exclude everything.
                Ok(test) => Ok(test.t.map(|_| test.interval)),
                Err(StatsError::TooFew { .. }) => Ok(None),
                Err(error) => Err(error.into()),
            },
        }
    }

    /// p against a margin; `None` where the test is undefined (one unit, or units that do not differ).
    pub(super) fn p(&self, margin: f64, tail: Tail) -> Result<Option<PValue>, CompareError> {
        match self.plan.kind {
            TestKind::Crossed => self.bootstrap_p(margin, tail),
            TestKind::SignFlip => {
                Ok(Some(signflip::test(&self.units, margin, tail, self.plan.resampling.seed)?.p))
            }
            TestKind::Items | TestKind::Seeds => {
                match ttest::paired(&self.units, margin, tail, self.plan.alpha) {
                    Ok(test) => Ok(test.p),
                    Err(StatsError::TooFew { .. }) => Ok(None),
                    Err(error) => Err(error.into()),
                }
            }
        }
    }

    /// p of the crossed bootstrap with its floor; `None` for one item.
    pub(super) fn bootstrap_p(&self, margin: f64, tail: Tail) -> Result<Option<PValue>, CompareError> {
        if self.items < 2 {
            return Ok(None);
        }
        let p = self.replicates.p_against(margin, tail)?.get();
        Ok(Some(PValue::new(p.max(self.floor(tail)))?))
    }

    /// The least p that any test of symmetry could give for this many items.
    fn floor(&self, tail: Tail) -> f64 {
        let sides = if tail == Tail::TwoSided { 2.0 } else { 1.0 };
        (sides * 0.5_f64.powi(i32::try_from(self.items).unwrap_or(i32::MAX))).min(1.0)
    }
}
