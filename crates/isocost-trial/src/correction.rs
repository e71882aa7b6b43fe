//! How the p-values of a family are corrected for its size.

use isocost_ledger::rule::nearest;
use isocost_stats::PValue;
use isocost_stats::multiplicity;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How a family is corrected.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Correction {
    /// Holm's step-down: no false claim in the family, under any dependence.
    #[default]
    Holm,
    /// p times the size of the family: the same, and less powerful.
    Bonferroni,
    /// Hochberg's step-up: the same for independent or positively dependent tests.
    Hochberg,
    /// Benjamini and Hochberg: the expected share of false ones among the claims supported.
    Bh,
    /// Benjamini and Yekutieli: the same under any dependence.
    By,
    /// The largest of all statistics under joint sign flips (Westfall and Young): no false claim, with the power that dependence allows.
    MaxT,
}

impl Correction {
    /// All corrections, the default first.
    pub const ALL: [Self; 6] = [Self::Holm, Self::Bonferroni, Self::Hochberg, Self::Bh, Self::By, Self::MaxT];

    /// Its name in a ledger and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Holm => "holm",
            Self::Bonferroni => "bonferroni",
            Self::Hochberg => "hochberg",
            Self::Bh => "bh",
            Self::By => "by",
            Self::MaxT => "max-t",
        }
    }

    /// What alpha bounds under it, in words.
    pub fn controls(self) -> &'static str {
        match self {
            Self::Holm | Self::Bonferroni => "the chance of any false claim in the family",
            Self::Hochberg => {
                "the chance of any false claim in the family, if the tests do not depend on each other negatively"
            }
            Self::Bh => {
                "the expected share of false claims among those supported, if the tests do not depend on each other negatively"
            }
            Self::By => "the expected share of false claims among those supported",
            Self::MaxT => "the chance of any false claim in the family, if differences are symmetric",
        }
    }

    /// The adjusted p-values, in the order given. [`Self::MaxT`] needs the data and not p-values alone; it is answered by Holm here.
    pub fn adjust(self, family: &[PValue]) -> Vec<PValue> {
        match self {
            Self::Holm | Self::MaxT => multiplicity::holm(family),
            Self::Bonferroni => multiplicity::bonferroni(family),
            Self::Hochberg => multiplicity::hochberg(family),
            Self::Bh => multiplicity::benjamini_hochberg(family),
            Self::By => multiplicity::benjamini_yekutieli(family),
        }
    }
}

impl std::fmt::Display for Correction {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.name())
    }
}

impl std::str::FromStr for Correction {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let names = Self::ALL.map(Self::name);
        let lower = text.to_ascii_lowercase();
        if let Some(found) = Self::ALL.into_iter().find(|correction| correction.name() == lower) {
            return Ok(found);
        }
        let near = nearest(text, names).map_or_else(String::new, |near| format!("did you mean `{near}`? "));
        Err(format!("`{text}` is no correction; {near}write one of {}", names.join(", ")))
    }
}
