//! The names of the tests, and what each says.

use isocost_ledger::rule::nearest;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The test of a comparison.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum TestKind {
    /// Items and seeds at once. p is the larger of two: the bootstrap that resamples both (Owen 2007), which sees skew, and the two-way t-test of
    /// Cochran and Cox (1950), which knows how little few seeds say. The interval spans both intervals. With one seed, or seeds that change
    /// nothing, it is the bootstrap over items. Its p is never below 2^−n for n items (twice that two-sided): a few items that happen to agree
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
    /// Wilcoxon's signed-rank test over items; its interval is Hodges and Lehmann's.
    Wilcoxon,
    /// `McNemar`'s exact test of binary outcomes, one seed; its interval is the bootstrap's over items.
    #[serde(rename = "mcnemar")]
    McNemar,
    /// Basic ("reflected") bootstrap over items.
    Basic,
    /// Bias-corrected and accelerated bootstrap over items.
    Bca,
    /// Studentised bootstrap over items.
    BootstrapT,
    /// Whole clusters of items, such as all frames of a video: the larger p of their bootstrap and of a t-test over clusters, which knows how little few
    /// clusters say. The interval spans both.
    Cluster,
    /// Two one-sided t-tests over items against a band of ± the margin.
    Equivalence,
    /// Betting over items in a fixed order: p holds however often and whenever it is looked at.
    AlwaysValid,
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
    /// New clusters of items.
    Clusters,
}

impl UnitOfTest {
    /// In words, after "the unit is".
    pub fn words(self) -> &'static str {
        match self {
            Self::ItemsAndSeeds => "items and seeds",
            Self::Items => "the item",
            Self::Seeds => "the seed",
            Self::Clusters => "the cluster",
        }
    }
}

impl TestKind {
    /// All tests, the default first.
    pub const ALL: [Self; 12] = [
        Self::Crossed,
        Self::Items,
        Self::Seeds,
        Self::SignFlip,
        Self::Wilcoxon,
        Self::McNemar,
        Self::Basic,
        Self::Bca,
        Self::BootstrapT,
        Self::Cluster,
        Self::Equivalence,
        Self::AlwaysValid,
    ];

    /// Its name in a ledger.
    pub fn name(self) -> &'static str {
        match self {
            Self::Crossed => "crossed",
            Self::Items => "items",
            Self::Seeds => "seeds",
            Self::SignFlip => "signflip",
            Self::Wilcoxon => "wilcoxon",
            Self::McNemar => "mcnemar",
            Self::Basic => "basic",
            Self::Bca => "bca",
            Self::BootstrapT => "bootstrap-t",
            Self::Cluster => "cluster",
            Self::Equivalence => "equivalence",
            Self::AlwaysValid => "always-valid",
        }
    }

    /// What it generalises over.
    pub fn unit(self) -> UnitOfTest {
        match self {
            Self::Crossed => UnitOfTest::ItemsAndSeeds,
            Self::Seeds => UnitOfTest::Seeds,
            Self::Cluster => UnitOfTest::Clusters,
            Self::Items
            | Self::SignFlip
            | Self::Wilcoxon
            | Self::McNemar
            | Self::Basic
            | Self::Bca
            | Self::BootstrapT
            | Self::Equivalence
            | Self::AlwaysValid => UnitOfTest::Items,
        }
    }

    /// What a small p of it says, in one sentence.
    pub fn says(self) -> &'static str {
        match self {
            Self::Crossed => "the mean difference would show again on new items and new seeds",
            Self::Seeds => {
                "the mean difference would show again with new seeds on these very items; nothing is said about new items"
            }
            Self::SignFlip => {
                "so one-sided a difference is rare if, item by item, either sign were as likely"
            }
            Self::Wilcoxon => {
                "the typical (pseudo-median) difference would show again on new items; the mean may differ from it"
            }
            Self::McNemar => "more of the items on which the arms disagree are won than a coin would give",
            Self::Items | Self::Basic | Self::Bca | Self::BootstrapT => {
                "the mean difference would show again on new items with these seeds"
            }
            Self::Cluster => "the mean difference would show again on new clusters with these seeds",
            Self::Equivalence => {
                "the mean difference would stay inside the band on new items with these seeds"
            }
            Self::AlwaysValid => {
                "the mean difference would show again on new items, however often the claim was looked at"
            }
        }
    }
}

impl std::fmt::Display for TestKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.name())
    }
}

impl std::str::FromStr for TestKind {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let names = Self::ALL.map(Self::name);
        let alias = match text {
            "tost" => "equivalence",
            "paired-t" => "items",
            "sign-flip" => "signflip",
            other => other,
        };
        if let Some(kind) = Self::ALL.into_iter().find(|kind| kind.name() == alias) {
            return Ok(kind);
        }
        let near = nearest(text, names).map_or_else(String::new, |near| format!("did you mean `{near}`? "));
        Err(format!("`{text}` is no test; {near}write one of {}", names.join(", ")))
    }
}
