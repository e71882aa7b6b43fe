//! The result of a comparison.

use std::collections::BTreeSet;

use isocost_stats::bootstrap::Grid;
use isocost_stats::{Alpha, Interval, PValue, Tail, mean};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::cost::{self, BudgetReport, CostCells, CostCheck, CostSummary, CostTerms};
use super::pair::Side;
use super::test::{Fitted, TestKind, TestPlan, UnitOfTest};
use super::{CompareError, Pairing, Replication, Selection, Undefined, Unpaired};
use crate::table::OutcomeTable;
use crate::{Arm, Budget, ItemId};

/// One arm over the paired cells.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ArmSummary {
    /// The arm.
    pub arm: Arm,
    /// The budget its rows have; empty if none.
    pub budget: Budget,
    /// Mean value over the paired cells.
    pub mean: f64,
    /// What it spent; `None` unless measured in every cell, in one unit.
    pub cost: Option<CostSummary>,
}

/// Something a reader of the numbers must know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Note {
    /// The unit of the test is the seed.
    NothingSaidAboutNewItems,
    /// Only one seed: nothing is said about new seeds.
    OneSeed,
    /// Two to four seeds: little is known of how others would scatter.
    FewSeeds,
    /// Seeds changed nothing in either arm.
    NotAReplicate,
    /// Some seeds repeat an earlier one value for value.
    RepeatedSeeds,
    /// Some items or seeds have no partner.
    Unpaired,
    /// Fewer than thirty items.
    FewItems,
    /// All differences are the same.
    ConstantDifferences,
}

impl Note {
    /// The note as a sentence.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::NothingSaidAboutNewItems => {
                "the test runs over seeds: it says how other seeds would do on these very items, and nothing about new items"
            }
            Self::OneSeed => "there is one seed: the interval says nothing about other seeds",
            Self::FewSeeds => {
                "there are fewer than five seeds: little is known of how others would scatter, and the default test allows for it with a wider interval"
            }
            Self::NotAReplicate => {
                "the seeds change nothing in either arm: they are not replicates, and count as one"
            }
            Self::RepeatedSeeds => {
                "some seeds repeat an earlier seed value for value: they may not be replicates"
            }
            Self::Unpaired => "some items or seeds have no partner and were left out",
            Self::FewItems => "there are fewer than thirty items: intervals over items are rough",
            Self::ConstantDifferences => {
                "all items have the same difference: there is no scatter to test against, and often a defect behind it"
            }
        }
    }
}

/// Two arms compared.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Comparison {
    /// What was compared, metric and split filled in.
    pub selection: Selection,
    /// The left arm.
    pub left: ArmSummary,
    /// The right arm.
    pub right: ArmSummary,
    /// Mean of left − right over the paired cells.
    pub delta: f64,
    /// Interval of delta; `None` where the test has too few units.
    pub interval: Option<Interval>,
    /// The test.
    pub test: TestKind,
    /// The margin that `p` is against; for equivalence the half width of the band, with a two-sided tail.
    pub margin: f64,
    /// The side that `p` is about.
    pub tail: Tail,
    /// p against the margin; `None` where the test is undefined.
    pub p: Option<PValue>,
    /// Why p or the interval is undefined.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undefined: Option<String>,
    /// What the test generalises over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitOfTest>,
    /// The least p that this test could have given on so many units; `None` where there is no bound but 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attainable_p: Option<PValue>,
    /// Paired items.
    pub n_items: usize,
    /// Paired seeds that are replicates: 1 if the seeds change nothing.
    pub n_seeds: usize,
    /// Paired seeds.
    pub seeds_paired: usize,
    /// Share of items with a positive mean difference, ties counted half.
    pub win_rate: f64,
    /// What seeds changed.
    pub replication: Replication,
    /// What was left out.
    pub unpaired: Unpaired,
    /// Whether costs are equal.
    pub cost: CostCheck,
    /// How costs differ cell by cell; `None` unless measured everywhere in one unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost_cells: Option<CostCells>,
    /// Where costs are unequal: who overspends, and what would match. Filled in by who has the table.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub budget_report: Option<BudgetReport>,
    /// What a reader must know.
    pub notes: Vec<Note>,
}

/// Paired data with a fitted test, to be asked about any margin.
#[derive(Debug, Clone)]
pub struct Analysis {
    pairing: Pairing,
    grid: Grid,
    fitted: Fitted,
    replication: Replication,
    plan: TestPlan,
}

impl Analysis {
    /// Pairs two arms and fits the test.
    pub fn new(
        table: &OutcomeTable,
        selection: &Selection,
        excluded: &BTreeSet<ItemId>,
        plan: TestPlan,
    ) -> Result<Self, CompareError> {
        Self::of(table, Pairing::new(table, selection, excluded)?, plan)
    }

    /// Fits the test to arms that are paired already. The table is asked for the plan's free columns only.
    pub fn of(table: &OutcomeTable, pairing: Pairing, plan: TestPlan) -> Result<Self, CompareError> {
        let grid = pairing.differences()?;
        let replication = Replication::of(&pairing);
        let replicates = if replication.is_none() { one_column(&grid)? } else { grid.clone() };
        let fitted = Fitted::new(table, &pairing, replicates, plan.clone())?;
        Ok(Self { pairing, grid, fitted, replication, plan })
    }

    /// The paired cells.
    pub fn pairing(&self) -> &Pairing {
        &self.pairing
    }

    /// left − right for each item and seed.
    pub fn differences(&self) -> &Grid {
        &self.grid
    }

    /// What the declared test generalises over.
    pub fn unit(&self) -> UnitOfTest {
        self.plan.kind.unit()
    }

    /// Mean difference.
    pub fn delta(&self) -> f64 {
        self.grid.mean()
    }

    /// Interval of the mean difference at 1 − alpha; `None` where the test has too few units.
    pub fn interval(&self, alpha: Alpha) -> Result<Option<Interval>, CompareError> {
        Ok(self.fitted.interval(alpha)?.ok())
    }

    /// p against a margin by the declared test; `None` where it is undefined.
    pub fn p(&self, margin: f64, tail: Tail) -> Result<Option<PValue>, CompareError> {
        Ok(self.fitted.p(margin, tail)?.ok())
    }

    /// Why there is no p against a margin, or no interval; `None` where there are both.
    pub fn undefined(&self, margin: f64, tail: Tail) -> Result<Option<Undefined>, CompareError> {
        let of_p = self.fitted.p(margin, tail)?.err();
        Ok(match of_p {
            Some(why) => Some(why),
            None => self.fitted.interval(self.plan.alpha)?.err(),
        })
    }

    /// The least p that the test could give on so many units; `None` where there is no bound but 0.
    pub fn attainable_p(&self, tail: Tail) -> Result<Option<PValue>, CompareError> {
        self.fitted.attainable(tail)
    }

    /// p against a margin by the crossed bootstrap, whatever the declared test; `None` for one item.
    pub fn bootstrap_p(&self, margin: f64, tail: Tail) -> Result<Option<PValue>, CompareError> {
        Ok(self.fitted.bootstrap_p(margin, tail)?.ok())
    }

    /// Seeds that count as replicates.
    pub fn n_seeds(&self) -> usize {
        if self.replication.is_none() { 1 } else { self.grid.seeds() }
    }

    /// Mean cost of the left arm over that of the right over the paired cells; `None` unless measured everywhere in one unit, and for 0 / 0.
    pub fn cost_ratio(&self) -> Option<f64> {
        let (left, right) = (cost::summary(&self.pairing.left)?, cost::summary(&self.pairing.right)?);
        (left.unit == right.unit).then_some(left.mean / right.mean).filter(|ratio| !ratio.is_nan())
    }

    /// Mean difference over the standard deviation of item means; `None` where items do not differ.
    pub fn effect_size(&self) -> Option<f64> {
        let deviation = isocost_stats::sample_variance(&self.grid.item_means())?.sqrt();
        (deviation > 0.0).then(|| self.delta() / deviation)
    }

    /// The smallest effect that the paired t-test over items would show with power 0.8 on as many items that scatter like these; `None` for
    /// fewer than two items and where items do not differ.
    pub fn minimum_detectable_effect(&self) -> Option<f64> {
        let deviation = isocost_stats::sample_variance(&self.grid.item_means())?.sqrt();
        (deviation > 0.0).then_some(())?;
        None
    }

    /// Share of items with a positive mean difference, ties counted half.
    pub fn win_rate(&self) -> f64 {
        let points = self.grid.item_means().into_iter().map(|difference| match difference {
            d if d > 0.0 => 1.0,
            d if d < 0.0 => 0.0,
            _ => 0.5,
        });
        mean(&points.collect::<Vec<f64>>()).unwrap_or_default()
    }

    /// The whole result, with p against one margin.
    pub fn comparison(
        &self,
        margin: f64,
        tail: Tail,
        cost: impl Into<CostTerms>,
    ) -> Result<Comparison, CompareError> {
        let cost = cost.into();
        Ok(Comparison {
            selection: self.pairing.selection.clone(),
            left: arm_summary(&self.pairing.left),
            right: arm_summary(&self.pairing.right),
            delta: self.delta(),
            interval: self.interval(self.plan.alpha)?,
            test: self.plan.kind,
            margin,
            tail,
            p: self.p(margin, tail)?,
            undefined: self.undefined(margin, tail)?.map(|why| why.0),
            unit: Some(self.plan.kind.unit()),
            attainable_p: self.attainable_p(tail)?,
            n_items: self.grid.items(),
            n_seeds: self.n_seeds(),
            seeds_paired: self.grid.seeds(),
            win_rate: self.win_rate(),
            replication: self.replication.clone(),
            unpaired: self.pairing.unpaired.clone(),
            cost_cells: CostCells::of(&self.pairing, cost.cells.unwrap_or(cost.tolerance)),
            cost: CostCheck::of(&self.pairing, cost),
            budget_report: None,
            notes: self.notes(),
        })
    }

    fn is_constant(&self) -> bool {
        let mut values = self.grid.values().iter();
        let first = values.next().copied().unwrap_or_default();
        values.all(|value| value.to_bits() == first.to_bits())
    }

    fn notes(&self) -> Vec<Note> {
        let seeds = self.n_seeds();
        let over_items = self.plan.kind != TestKind::Seeds;
        let rules = [
            (!over_items, Note::NothingSaidAboutNewItems),
            (self.grid.seeds() == 1, Note::OneSeed),
            ((2..5).contains(&seeds), Note::FewSeeds),
            (self.replication.is_none(), Note::NotAReplicate),
            (!self.replication.is_none() && !self.replication.repeats.is_empty(), Note::RepeatedSeeds),
            (!self.pairing.unpaired.sentences().is_empty(), Note::Unpaired),
            (over_items && self.grid.items() < 30, Note::FewItems),
            (self.grid.items() > 1 && self.is_constant(), Note::ConstantDifferences),
        ];
        rules.into_iter().filter_map(|(holds, note)| holds.then_some(note)).collect()
    }
}

/// Seeds that change nothing count as one.
fn one_column(grid: &Grid) -> Result<Grid, CompareError> {
    let first = grid.rows().filter_map(|row| row.first().copied()).collect();
    Ok(Grid::new(grid.items(), 1, first)?)
}

fn arm_summary(side: &Side) -> ArmSummary {
    ArmSummary {
        arm: side.arm.clone(),
        budget: side.budget.clone(),
        mean: mean(&side.values).unwrap_or_default(),
        cost: cost::summary(side),
    }
}
