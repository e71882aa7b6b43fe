use serde::{Deserialize, Serialize};

/// What became of a rule.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(tag = "outcome", content = "why", rename_all = "snake_case")]
pub enum Outcome {
    /// It holds.
    Holds,
    /// It does not, and these parts of it are why.
    Fails(Vec<Failure>),
    /// It cannot be decided, and this is what is not known.
    Unknown(Vec<String>),
}

/// A part of a rule that does not hold, and by how much.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Failure {
    /// The part, in the rule language.
    pub rule: String,
    /// What was found instead, in words.
    pub found: String,
    /// How far the number is from where the part would hold. At least zero; absent where distance means nothing.
    pub gap: Option<f64>,
}

impl Outcome {
    pub(super) fn unknown(reason: impl Into<String>) -> Self {
        Self::Unknown(vec![reason.into()])
    }

    pub(super) fn fails(rule: impl Into<String>, found: impl Into<String>, gap: Option<f64>) -> Self {
        Self::Fails(vec![Failure { rule: rule.into(), found: found.into(), gap }])
    }

    /// Kleene conjunction. One failure decides; all failures are kept. Empty input holds.
    pub fn all(outcomes: impl IntoIterator<Item = Self>) -> Self {
        let (_, failures, unknown) = Self::split(outcomes);
        if !failures.is_empty() {
            Self::Fails(failures)
        } else if !unknown.is_empty() {
            Self::Unknown(unknown)
        } else {
            Self::Holds
        }
    }

    /// Kleene disjunction. One part that holds decides. Empty input fails.
    pub fn any(outcomes: impl IntoIterator<Item = Self>) -> Self {
        let (holding, failures, unknown) = Self::split(outcomes);
        if holding > 0 {
            Self::Holds
        } else if !unknown.is_empty() {
            Self::Unknown(unknown)
        } else {
            Self::Fails(failures)
        }
    }

    pub(super) fn split(outcomes: impl IntoIterator<Item = Self>) -> (usize, Vec<Failure>, Vec<String>) {
        let (mut holding, mut failures, mut unknown) = (0, Vec::new(), Vec::new());
        for outcome in outcomes {
            match outcome {
                Self::Holds => holding += 1,
                Self::Fails(more) => failures.extend(more),
                Self::Unknown(more) => {
                    for reason in more {
                        if !unknown.contains(&reason) {
                            unknown.push(reason);
                        }
                    }
                }
            }
        }
        (holding, failures, unknown)
    }
}
