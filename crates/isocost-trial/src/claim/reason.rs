//! Why a verdict is what it is.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What kind of reason it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ReasonKind {
    /// Invalid: the arms do not cost the same.
    UnequalCost,
    /// Invalid: equal cost is required, and cost was not measured.
    CostNotMeasured,
    /// Invalid: costs are counted in different units.
    CostUnitMismatch,
    /// Invalid: items stand in several splits.
    Leak,
    /// Invalid: an item stands under several labels.
    LabelConflict,
    /// Invalid: wording, rule or terms changed after the first look.
    ChangedAfterLook,
    /// Invalid: the run broke its contract, or records were tampered with. Given by the caller.
    ContractViolated,
    /// Unproven: there is no evidence yet.
    NoEvidence,
    /// Unproven: the arms cannot be compared.
    NotComparable,
    /// Unproven: something the rule reads is not there.
    ValueMissing,
    /// The interval excludes what is claimed.
    RegionExcluded,
    /// The numbers contradict the rule.
    RuleFails,
    /// A part of the rule does not hold, which alone refutes nothing.
    RuleNotMet,
    /// The p-value is not small enough.
    NotSignificant,
    /// The test is undefined on these data.
    TestUndefined,
    /// A large p was taken for evidence of no effect.
    LargePIsNoEvidence,
    /// The rule negates a tested part, which no test answers.
    NegatedTest,
    /// The rule states numbers without any test.
    NoTest,
    /// What was claimed was shown.
    Shown,
    /// Items excluded by name.
    ItemsExcluded,
    /// Who overspends, and what would match.
    BudgetMatch,
    /// A declared method that could not be used as declared, and what was done instead.
    MethodChanged,
    /// Earlier looks that count.
    EarlierLooks,
    /// A note on a comparison.
    Note,
}

impl ReasonKind {
    /// Whether such a reason makes a verdict invalid.
    pub fn invalidates(self) -> bool {
        matches!(
            self,
            Self::UnequalCost
                | Self::CostNotMeasured
                | Self::CostUnitMismatch
                | Self::Leak
                | Self::LabelConflict
                | Self::ChangedAfterLook
                | Self::ContractViolated
        )
    }
}

/// A reason and its sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Reason {
    /// What kind of reason it is.
    pub kind: ReasonKind,
    /// The reason in words, with its numbers.
    pub sentence: String,
}

impl Reason {
    /// A reason in words.
    pub fn new(kind: ReasonKind, sentence: impl Into<String>) -> Self {
        Self { kind, sentence: sentence.into() }
    }
}
