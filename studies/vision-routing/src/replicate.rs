//! One seed: every arm at every budget.

use isocost_study_budget::{Cascade, CostError, CostResult, Tokens};

use crate::arm::Spending;
use crate::learner::{Lineage, Seen};
use crate::policy::{escalate_most_uncertain, escalate_where_it_helps, look_at_random};
use crate::{Arm, BudgetShare, Path, Seed, StudyError, StudyResult};

/// One arm at one budget under one seed: what it looked at, image by image, and whether it was right.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ArmRun {
    pub(crate) arm: Arm,
    pub(crate) budget: BudgetShare,
    pub(crate) seed: Seed,
    pub(crate) paths: Vec<Path>,
    pub(crate) right: Vec<bool>,
    /// The least uncertainty that was escalated, where uncertainty decides and anything was.
    pub(crate) threshold: Option<f64>,
}

impl ArmRun {
    /// What all looks cost.
    pub(crate) fn total(&self, prices: Cascade) -> CostResult<Tokens> {
        Tokens::total(self.paths.iter().map(|path| path.tokens(prices)).collect::<CostResult<Vec<_>>>()?)
    }

    /// Share of right answers, 0 to 1; 0 where there is no image.
    pub(crate) fn accuracy(&self) -> f64 {
        let hits = self.right.iter().filter(|right| **right).count();
        hits as f64 / self.right.len().max(1) as f64
    }
}

/// Both trainings of one seed.
#[derive(Debug, Clone)]
pub(crate) struct Replicate {
    pub(crate) seed: Seed,
    pub(crate) first: Seen,
    pub(crate) again: Seen,
}

impl Replicate {
    /// One arm at one budget.
    pub(crate) fn run(&self, arm: Arm, budget: BudgetShare, prices: Cascade) -> StudyResult<ArmRun> {
        let (seen, lineage) = match arm {
            Arm::RandomMatchedAgain | Arm::UncertaintyThresholdAgain => (&self.again, Lineage::Again),
            _ => (&self.first, Lineage::First),
        };
        let items = seen.coarse.len();
        let escalated = match arm.spending() {
            Spending::Fixed => 0,
            Spending::Budgeted => escalations(items, budget, prices)?,
        };
        let paths = match arm {
            Arm::NoVision => vec![Path::Blind; items],
            Arm::AlwaysCoarse => vec![Path::Coarse; items],
            Arm::AlwaysFull => vec![Path::Full; items],
            Arm::UncertaintyThreshold | Arm::UncertaintyThresholdAgain => {
                escalate_most_uncertain(&seen.uncertainty, escalated)
            }
            Arm::RandomMatched | Arm::RandomMatchedAgain => {
                let mix = prices.mix_that_spends(items, prices.total(items, escalated)?)?;
                look_at_random(
                    items,
                    mix,
                    lineage.stream(self.seed).child("random").child(&budget.to_string()),
                )
            }
            Arm::Oracle => escalate_where_it_helps(&seen.coarse, &seen.full, escalated),
        };
        let threshold = match arm {
            Arm::UncertaintyThreshold | Arm::UncertaintyThresholdAgain => {
                least_escalated(&seen.uncertainty, &paths)
            }
            _ => None,
        };
        Ok(ArmRun { arm, budget, seed: self.seed, right: seen.right(&paths), paths, threshold })
    }

    /// What a policy would do that meets the images one by one: it escalates above the threshold that would have met
    /// the budget on the tuning images. Its cost is near the budget, not at it.
    pub(crate) fn run_online(&self, budget: BudgetShare, prices: Cascade) -> StudyResult<ArmRun> {
        let seen = &self.first;
        let tuning = &seen.tuning_uncertainty;
        let chosen = escalate_most_uncertain(tuning, escalations(tuning.len(), budget, prices)?);
        let threshold = least_escalated(tuning, &chosen);
        let above = |uncertainty: &f64| threshold.is_some_and(|threshold| *uncertainty >= threshold);
        let look = |uncertainty| if above(uncertainty) { Path::Both } else { Path::Coarse };
        let paths: Vec<Path> = seen.uncertainty.iter().map(look).collect();
        let right = seen.right(&paths);
        Ok(ArmRun { arm: Arm::UncertaintyThreshold, budget, seed: self.seed, paths, right, threshold })
    }
}

impl Seen {
    fn right(&self, paths: &[Path]) -> Vec<bool> {
        let answers = self.blind.iter().zip(&self.coarse).zip(&self.full);
        let answer = |(path, ((blind, coarse), full)): (&Path, ((&bool, &bool), &bool))| match path {
            Path::Blind => *blind,
            Path::Coarse => *coarse,
            Path::Full | Path::Both => *full,
        };
        paths.iter().zip(answers).map(answer).collect()
    }
}

/// How many images the budget lets a policy escalate.
fn escalations(items: usize, budget: BudgetShare, prices: Cascade) -> StudyResult<usize> {
    let count =
        || -> Result<usize, CostError> { prices.escalations_within(items, budget.cap(items, prices.full)?) };
    count().map_err(|source| StudyError::Budget { budget: budget.to_string(), source })
}

fn least_escalated(uncertainty: &[f64], paths: &[Path]) -> Option<f64> {
    let escalated = uncertainty.iter().zip(paths).filter(|(_, path)| **path == Path::Both);
    escalated.map(|(value, _)| *value).min_by(f64::total_cmp)
}
