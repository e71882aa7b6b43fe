//! What a trial asks, and how.

use std::collections::BTreeSet;

use crate::claim::{CostRule, Region};
use crate::compare::{CostTerms, TestKind, TestPlan};
use crate::table::{OutcomeTable, RowView};
use crate::{Arm, Correction, ItemId, Metric, Split, TrialError};

/// What a trial asks, and how.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TrialPlan {
    /// The arm that all others are compared with; `None`: the one named `baseline`, `control` or `uniform`.
    pub baseline: Option<Arm>,
    /// Only these metrics; empty for all.
    pub metrics: Vec<Metric>,
    /// Only these splits; empty for all.
    pub splits: Vec<Split>,
    /// The free column whose values are the strata; `None` for no strata.
    pub by: Option<String>,
    /// How all comparisons are corrected together.
    pub correction: Correction,
    /// The test and its settings.
    pub test: TestPlan,
    /// What an arm must be better by; for the equivalence test the half width of the band. 0 asks for any difference.
    pub margin: f64,
    /// What is asked of costs.
    pub cost: CostTerms,
    /// Whether costs must be equal at all.
    pub cost_rule: CostRule,
    /// Items left out by name.
    pub exclude: BTreeSet<ItemId>,
}

impl TrialPlan {
    /// What each comparison claims: a difference, an advantage of at least the margin, or equivalence within it.
    pub(super) fn region(&self) -> Result<Region, TrialError> {
        let margin = self.margin;
        let wrong = |why: &str| Err(TrialError::Method(why.to_owned()));
        if !margin.is_finite() || margin < 0.0 {
            return wrong("the margin must be a finite number of at least 0");
        }
        match (self.test.kind, margin > 0.0) {
            (TestKind::Equivalence, true) => Ok(Region::Within(margin)),
            (TestKind::Equivalence, false) => {
                wrong("the equivalence test needs a positive margin: half the width of the band")
            }
            (TestKind::Cluster, _) if self.test.cluster.is_none() => {
                wrong("the cluster test needs the column that names clusters")
            }
            (_, true) => Ok(Region::AtLeast(margin)),
            (_, false) => Ok(Region::Not(0.0)),
        }
    }

    /// The baseline and the arms that are compared with it.
    pub(super) fn arms(&self, table: &OutcomeTable) -> Result<(Arm, Vec<Arm>), TrialError> {
        let all: Vec<Arm> = table.distinct(|_| true, RowView::arm).into_iter().map(Arm::from).collect();
        let usual = ["baseline", "control", "uniform"];
        let baseline = match &self.baseline {
            Some(arm) if all.contains(arm) => arm.clone(),
            Some(arm) => return Err(TrialError::NoSuchArm { arm: arm.clone(), found: all }),
            None => {
                let found = usual.into_iter().find_map(|name| all.iter().find(|arm| arm.as_str() == name));
                found.cloned().ok_or_else(|| TrialError::NoBaseline(all.clone()))?
            }
        };
        let others: Vec<Arm> = all.into_iter().filter(|arm| *arm != baseline).collect();
        if others.is_empty() { Err(TrialError::OneArm(baseline)) } else { Ok((baseline, others)) }
    }
}
