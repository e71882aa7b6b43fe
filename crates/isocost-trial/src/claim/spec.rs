//! What a claim declares before its first look.

use std::collections::BTreeSet;

use isocost_ledger::rule::Rule;
use isocost_stats::Alpha;
use isocost_stats::bootstrap::Resampling;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::hypothesis::only_pair;
use crate::compare::{Bounds, CostTerms, CostTolerance, Selection, TestKind, TestPlan};
use crate::{Arm, Budget, ClaimId, Correction, CostUnit, Family, ItemId, Metric, Split};

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
    /// The accepted relative difference of cost in every single cell; `None` asks only for equal means.
    pub cost_cells: Option<CostTolerance>,
    /// What cost must be counted in; `None`: whatever unit both arms share.
    pub cost_unit: Option<CostUnit>,
    /// Whether costs must be equal.
    pub cost: CostRule,
    /// How the family is corrected.
    pub correction: Correction,
    /// The free column that names each item's cluster, for the test of that name.
    pub cluster: Option<String>,
    /// The free column that orders items in time, for the always-valid test.
    pub order: Option<String>,
    /// What the metric can be, for the always-valid test.
    pub bounds: Bounds,
    /// How often the claim was planned to be looked at as evidence grows; alpha is then spent over these looks.
    pub looks: Option<PlannedLooks>,
    /// Items excluded by name.
    pub exclude: BTreeSet<ItemId>,
    /// Replicates and seed of the bootstrap.
    pub resampling: Resampling,
    /// The fields that were written; all others are defaults.
    pub written: BTreeSet<String>,
}

/// A number of looks that was planned before the first: 2 to 100.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlannedLooks(u32);

impl PlannedLooks {
    /// Refuses one look, which needs no plan, and more than a hundred.
    pub fn new(looks: u32) -> Result<Self, String> {
        if (2..=100).contains(&looks) {
            Ok(Self(looks))
        } else {
            Err(format!("{looks} looks cannot be planned; write 2 to 100"))
        }
    }

    /// The number.
    pub fn get(self) -> u32 {
        self.0
    }
}

impl ClaimSpec {
    /// A claim with defaults: crossed test, alpha 0.05, Holm, equal cost within 1 %.
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
            cost_cells: None,
            cost_unit: None,
            cost: CostRule::default(),
            correction: Correction::default(),
            cluster: None,
            order: None,
            bounds: Bounds::default(),
            looks: None,
            exclude: BTreeSet::new(),
            resampling: Resampling::default(),
            written: BTreeSet::new(),
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
            // What follows is left out at its default, so that the terms of older looks stay what they were.
            ("cost_cells", self.cost_cells.map(|tolerance| tolerance.get().to_string())),
            ("cost_unit", self.cost_unit.as_ref().map(ToString::to_string)),
            ("correction", not_default(self.correction).map(|correction| correction.name().to_owned())),
            ("cluster", self.cluster.clone()),
            ("order", self.order.clone()),
            ("bounds", not_default(self.bounds).map(|bounds| bounds.to_string())),
            ("looks", self.looks.map(|looks| looks.get().to_string())),
        ];
        let stated =
            named.into_iter().filter_map(|(name, value)| value.map(|value| format!("{name}={value}")));
        stated.collect::<Vec<_>>().join(" ")
    }

    pub(super) fn plan(&self) -> TestPlan {
        TestPlan {
            kind: self.test,
            alpha: self.alpha,
            resampling: self.resampling,
            cluster: self.cluster.clone(),
            order: self.order.clone(),
            bounds: self.bounds,
        }
    }

    pub(super) fn cost_terms(&self) -> CostTerms {
        CostTerms { tolerance: self.cost_tolerance, cells: self.cost_cells, unit: self.cost_unit.clone() }
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

fn not_default<T: Default + PartialEq>(value: T) -> Option<T> {
    (value != T::default()).then_some(value)
}
