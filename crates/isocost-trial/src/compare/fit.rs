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
    /// Bootstrap over items and seeds at once.
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
}

impl Fitted {
    pub(super) fn new(grid: &Grid, plan: TestPlan) -> Result<Self, CompareError> {
        let units = match plan.kind {
            TestKind::Crossed => Vec::new(),
            TestKind::Items | TestKind::SignFlip => grid.item_means(),
            TestKind::Seeds => grid.seed_means(),
        };
        Ok(Self { plan, replicates: bootstrap::crossed(grid, plan.resampling)?, units })
    }

    /// The interval of the effect; `None` where the test has too few units for one.
    pub(super) fn interval(&self, alpha: Alpha) -> Result<Option<Interval>, CompareError> {
        match self.plan.kind {
            TestKind::Crossed | TestKind::SignFlip => Ok(Some(self.replicates.interval(alpha))),
            TestKind::Items | TestKind::Seeds => match ttest::paired(&self.units, 0.0, Tail::TwoSided, alpha)
            {
                Ok(test) => Ok(Some(test.interval)),
                Err(StatsError::TooFew { .. }) => Ok(None),
                Err(error) => Err(error.into()),
            },
        }
    }

    /// p against a margin; `None` where the test is undefined (one unit, or units that do not differ).
    pub(super) fn p(&self, margin: f64, tail: Tail) -> Result<Option<PValue>, CompareError> {
        match self.plan.kind {
            TestKind::Crossed => self.bootstrap_p(margin, tail).map(Some),
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

    pub(super) fn bootstrap_p(&self, margin: f64, tail: Tail) -> Result<PValue, CompareError> {
        Ok(self.replicates.p_against(margin, tail)?)
    }
}
