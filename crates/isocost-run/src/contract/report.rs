//! What a check of a contract found.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What became of one part of a contract.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "verdict", rename_all = "snake_case", deny_unknown_fields)]
pub enum Check {
    /// It holds.
    Holds,
    /// It does not.
    Violated {
        /// Why, and by how much.
        why: String,
    },
    /// It does not, but it does not count at this stage: thresholds count at an experiment's last stage.
    Noted {
        /// Why.
        why: String,
    },
    /// It cannot be decided from what is there.
    Unknown {
        /// What is missing.
        why: String,
    },
    /// It is prose, or holds a placeholder: a person has to look.
    NotCheckable {
        /// Why.
        why: String,
    },
}

impl Check {
    /// Whether this makes the contract not hold.
    pub fn is_violated(&self) -> bool {
        matches!(self, Self::Violated { .. })
    }

    /// The reason, where there is one.
    pub fn why(&self) -> Option<&str> {
        match self {
            Self::Holds => None,
            Self::Violated { why }
            | Self::Noted { why }
            | Self::Unknown { why }
            | Self::NotCheckable { why } => Some(why),
        }
    }
}

/// One required artifact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ArtifactCheck {
    /// As the ledger has it.
    pub artifact: String,
    /// What was found.
    #[serde(flatten)]
    pub check: Check,
    /// The files that it is.
    pub files: Vec<String>,
}

/// One required metric or rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MetricCheck {
    /// The file, where the ledger names one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// The rule, as the ledger has it.
    pub rule: String,
    /// What was found.
    #[serde(flatten)]
    pub check: Check,
}

/// All of it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct ContractReport {
    /// Required artifacts in order.
    pub artifacts: Vec<ArtifactCheck>,
    /// Required metrics in order.
    pub metrics: Vec<MetricCheck>,
}

impl ContractReport {
    /// All checks in order.
    pub fn checks(&self) -> impl Iterator<Item = &Check> {
        self.artifacts.iter().map(|a| &a.check).chain(self.metrics.iter().map(|m| &m.check))
    }

    /// Whether nothing is violated. Parts that nobody could decide do not violate it.
    pub fn holds(&self) -> bool {
        !self.checks().any(Check::is_violated)
    }

    /// What is violated, in words.
    pub fn violations(&self) -> Vec<String> {
        let artifacts = self.artifacts.iter().map(|a| (&a.check, format!("artifact `{}`", a.artifact)));
        let metrics = self.metrics.iter().map(|m| {
            let file = m.file.as_deref().map(|file| format!("{file}: ")).unwrap_or_default();
            (&m.check, format!("`{file}{}`", m.rule))
        });
        let violated = artifacts.chain(metrics).filter(|(check, _)| check.is_violated());
        violated.map(|(check, what)| format!("{what}: {}", check.why().unwrap_or_default())).collect()
    }

    /// How many parts nobody could decide.
    pub fn undecided(&self) -> usize {
        let undecided = |check: &&Check| matches!(check, Check::Unknown { .. } | Check::NotCheckable { .. });
        self.checks().filter(undecided).count()
    }
}
