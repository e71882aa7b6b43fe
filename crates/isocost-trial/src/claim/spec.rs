//! What a claim declares before its first look.

use std::collections::BTreeSet;

use isocost_ledger::rule::Rule;
use isocost_stats::Alpha;
use isocost_stats::bootstrap::Resampling;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::hypothesis::only_pair;
use crate::compare::{CostTolerance, Selection, TestKind, TestPlan};
use crate::{Arm, Budget, ClaimId, Family, ItemId, Metric, Split};

/// Whether the arms of a claim must cost the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CostRule {
    /// Every comparison must be at equal cost.
    #[default]
    EqualRequired,
    /// The claim is about arms of different cost, and says so.
    NotRequired,
}

/// A claim as declared.
#[derive(Debug, Clone, PartialEq)]
pub struct ClaimSpec {
    /// Its id.
    pub id: ClaimId,
    /// The statement in words.
    pub statement: String,
    /// The rule that decides it.
    pub rule: Rule,
    /// The arms that `delta`, `p` and the like mean when they stand alone: left, right. `None`: the only pair that the rule names.
    pub compare: Option<(Arm, Arm)>,
    /// The metric; `None`: the only one of the table.
    pub metric: Option<Metric>,
    /// The split; `None`: the only one of the table.
    pub split: Option<Split>,
    /// The budget; `None`: each arm has only one.
    pub budget: Option<Budget>,
    /// The test.
    pub test: TestKind,
    /// The comparisons that are corrected together; `None`: the family `main`.
    pub family: Option<Family>,
    /// A positive margin makes every claim of an advantage at least as strict: `delta > 0` is then tested against the margin. A rule
    /// that bounds p alone is tested against the margin, which may be negative (non-inferiority).
    pub margin: Option<f64>,
    /// The accepted rate of false alarms of the family.
    pub alpha: Alpha,
    /// The accepted relative difference of mean costs.
    pub cost_tolerance: CostTolerance,
    /// Whether costs must be equal.
    pub cost: CostRule,
    /// Items excluded by name.
    pub exclude: BTreeSet<ItemId>,
    /// Replicates and seed of the bootstrap.
    pub resampling: Resampling,
}

impl ClaimSpec {
    /// A claim with defaults: crossed test, alpha 0.05, equal cost within 1 %.
    pub fn new(id: impl Into<ClaimId>, statement: impl Into<String>, rule: Rule) -> Self {
        Self {
            id: id.into(),
            statement: statement.into(),
            rule,
            compare: None,
            metric: None,
            split: None,
            budget: None,
            test: TestKind::default(),
            family: None,
            margin: None,
            alpha: Alpha::default(),
            cost_tolerance: CostTolerance::default(),
            cost: CostRule::default(),
            exclude: BTreeSet::new(),
            resampling: Resampling::default(),
        }
    }

    /// The family by name.
    pub fn family_name(&self) -> Family {
        self.family.clone().unwrap_or_else(|| "main".into())
    }

    /// BLAKE3 of the statement, its white space made single: a line break moved by an editor is no change of wording.
    pub fn statement_hash(&self) -> String {
        let words: Vec<&str> = self.statement.split_whitespace().collect();
        blake3::hash(words.join(" ").as_bytes()).to_hex().to_string()
    }

    /// Everything but statement and rule that fixes the claim, in one line.
    pub fn terms(&self) -> String {
        let arms = self.compare.as_ref().map(|(left, right)| format!("{left},{right}"));
        let named = [
            ("compare", arms),
            ("metric", self.metric.as_ref().map(ToString::to_string)),
            ("split", self.split.as_ref().map(ToString::to_string)),
            ("budget", self.budget.as_ref().map(ToString::to_string)),
            ("test", Some(self.test.name().to_owned())),
            ("family", Some(self.family_name().to_string())),
            ("margin", self.margin.map(|margin| margin.to_string())),
            ("alpha", Some(self.alpha.get().to_string())),
            ("cost", (self.cost == CostRule::NotRequired).then(|| "not-required".to_owned())),
            ("cost_tolerance", Some(self.cost_tolerance.get().to_string())),
        ];
        let stated =
            named.into_iter().filter_map(|(name, value)| value.map(|value| format!("{name}={value}")));
        stated.collect::<Vec<_>>().join(" ")
    }

    pub(super) fn plan(&self) -> TestPlan {
        TestPlan { kind: self.test, alpha: self.alpha, resampling: self.resampling }
    }

    /// The declared comparison, if arms are declared.
    pub(super) fn selection(&self) -> Option<Selection> {
        let (left, right) = self.compare.clone().or_else(|| only_pair(&self.rule.expr))?;
        Some(Selection {
            left,
            right,
            budget: self.budget.clone(),
            metric: self.metric.clone(),
            split: self.split.clone(),
            seed: None,
        })
    }
}
