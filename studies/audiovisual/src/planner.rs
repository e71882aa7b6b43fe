//! Resolution plans of each method.
//!
//! Source: `listen_core` sections 9.3, 9.4 and 10.2.

use isocost_stats::generators::cpython::Random;
use isocost_study_budget::anchors::{Confidence, HighPolicy, minmax_01};
use isocost_study_budget::plan::{Band, BaseRule, ExactPlanner, Pixels, Plan, PlanResult, Request, Triad};

use crate::config::{BudgetMode, TriadPolicy};
use crate::data::{LabelMap, Scores};
use crate::policy::{Selection, Selections};
use crate::{AvError, AvResult, Mode, P0Config};

/// The plan of an anchored clip.
#[derive(Debug, Clone, PartialEq)]
pub struct AnchoredPlan {
    /// The plan.
    pub plan: Plan,
    /// Most high seconds after the high policy.
    pub max_high: Option<usize>,
    /// Most high seconds after the triad policy.
    pub max_high_used: Option<usize>,
    /// The resolutions it was made of.
    pub triad: Triad,
    /// Whether these are the alternative ones.
    pub alternative: bool,
}

/// Plans clips under one configuration.
#[derive(Debug, Clone, Copy)]
pub struct Planner<'a> {
    /// The settings.
    pub config: &'a P0Config,
    /// Whether the reference's defects are kept.
    pub mode: Mode,
    /// Labels, and with them the seconds of each clip.
    pub labels: &'a LabelMap,
}

impl Planner<'_> {
    /// The same resolution everywhere.
    pub fn flat(&self, ids: &[String], side: u32) -> AvResult<Vec<Plan>> {
        let plan = Plan::uniform(self.labels.seconds(), Pixels::new(side), self.config.patch_size);
        let plan = plan.map_err(|source| AvError::Plan { clip: "every clip".to_owned(), source })?;
        Ok(vec![plan; ids.len()])
    }

    /// Anchors at random: drawn for the training clips and then for the evaluated ones, from one generator.
    pub fn random(
        &self,
        (train, eval): (&[String], &[String]),
        seed: u64,
    ) -> AvResult<(Vec<Plan>, Vec<Plan>)> {
        let mut generator = Random::from_magnitude(u128::from(seed));
        let seconds = self.labels.seconds();
        let mut draw = |ids: &[String]| -> AvResult<Vec<Plan>> {
            let plan = |id: &String| {
                let anchors = generator.sample(seconds, self.config.k.min(seconds))?;
                self.unscored(id, &anchors)
            };
            ids.iter().map(plan).collect()
        };
        let train = draw(train)?;
        Ok((train, draw(eval)?))
    }

    /// Anchors at the first seconds with an event.
    pub fn first_events(&self, ids: &[String]) -> AvResult<Vec<Plan>> {
        let plan = |id: &String| {
            let events = self.labels.get(id)?.iter().enumerate().filter(|(_, label)| **label != 0);
            let anchors: Vec<usize> = events.map(|(second, _)| second).take(self.config.k).collect();
            self.unscored(id, &anchors)
        };
        ids.iter().map(plan).collect()
    }

    /// Every way to choose at most two anchors, the uniform plan first: one list of plans for each way. More than two anchors are not tried.
    pub fn every_choice(&self, ids: &[String]) -> AvResult<Vec<Vec<Plan>>> {
        let seconds = self.labels.seconds();
        let mut sets = vec![vec![]];
        if self.config.k > 0 {
            sets.extend((0..seconds).map(|a| vec![a]));
        }
        if self.config.k > 1 {
            sets.extend((0..seconds).flat_map(|a| (a + 1..seconds).map(move |b| vec![a, b])));
        }
        let plans = sets.iter().map(|anchors| self.unscored("every clip", anchors));
        plans.map(|plan| Ok(vec![plan?; ids.len()])).collect()
    }

    fn unscored(&self, id: &str, anchors: &[usize]) -> AvResult<Plan> {
        let rule = self.config.base_rule_without_scores()?;
        let plan = self.plan(self.config.triad(), rule, anchors, None, self.config.max_high_anchors);
        plan.map_err(|source| AvError::Plan { clip: id.to_owned(), source })
    }

    /// The plans of anchored clips.
    pub fn anchored(
        &self,
        ids: &[String],
        selections: &Selections,
        scores: &Scores,
    ) -> AvResult<Vec<AnchoredPlan>> {
        let plan = |id: &String| {
            let missing = || AvError::clip(id, "it has no scores");
            self.anchored_one(
                id,
                selections.get(id).ok_or_else(missing)?,
                scores.get(id).ok_or_else(missing)?,
            )
        };
        ids.iter().map(plan).collect()
    }

    fn anchored_one(&self, id: &str, selection: &Selection, scores: &[f64]) -> AvResult<AnchoredPlan> {
        let scores = scores.get(..self.labels.seconds()).unwrap_or(scores);
        let anchors = selection.anchors.get(..self.config.k).unwrap_or(&selection.anchors);
        let max_high = self.max_high(id, selection, anchors, scores)?;
        let alternative = self.is_alternative(id, scores)?;
        let (triad, cap) = if alternative {
            (self.config.alternative_triad(), self.config.triad_alt_max_high_anchors)
        } else {
            (self.config.triad(), None)
        };
        let max_high_used = [max_high, cap].into_iter().flatten().min();
        let plan = self.plan(triad, self.config.base_rule()?, anchors, Some(scores), max_high_used);
        let plan = plan.map_err(|source| AvError::Plan { clip: id.to_owned(), source })?;
        Ok(AnchoredPlan { plan, max_high, max_high_used, triad, alternative })
    }

    /// In sound mode the gap is that of the anchors themselves, and `std_norm` is accepted (`listen_core` section 15, D12 and D13).
    fn max_high(
        &self,
        id: &str,
        selection: &Selection,
        anchors: &[usize],
        scores: &[f64],
    ) -> AvResult<Option<usize>> {
        let mut rule = self.config.high_rule();
        let named = |source| AvError::Anchors { clip: id.to_owned(), source };
        if self.mode == Mode::Compat {
            return rule.max_high(anchors, scores).map_err(named);
        }
        let gap = std::mem::replace(&mut rule.gap, 0.0);
        let scaled;
        let mut measured = scores;
        if rule.confidence == Confidence::StdNorm {
            rule.confidence = Confidence::Std;
            scaled = minmax_01(scores);
            measured = &scaled;
        }
        let allowed = rule.max_high(anchors, measured).map_err(named)?;
        let leads = gap > 0.0 && own_gap(selection, anchors, scores).is_some_and(|own| own >= gap);
        Ok(if leads && rule.policy != HighPolicy::Fixed { Some(1) } else { allowed })
    }

    fn is_alternative(&self, id: &str, scores: &[f64]) -> AvResult<bool> {
        let threshold = self.config.triad_alt_conf_threshold;
        if self.config.triad_policy == TriadPolicy::Fixed || threshold <= 0.0 {
            return Ok(false);
        }
        let confidence = self.config.conf_metric().of(scores);
        let confidence = confidence.map_err(|source| AvError::Anchors { clip: id.to_owned(), source })?;
        Ok(confidence >= threshold)
    }

    fn plan(
        &self,
        triad: Triad,
        rule: BaseRule,
        anchors: &[usize],
        scores: Option<&[f64]>,
        max_high: Option<usize>,
    ) -> PlanResult<Plan> {
        let anchors: Vec<i64> = anchors.iter().filter_map(|anchor| i64::try_from(*anchor).ok()).collect();
        let request = Request { seconds: self.labels.seconds(), anchors: &anchors, scores, max_high };
        match self.config.budget_mode {
            BudgetMode::Exact => ExactPlanner::new(triad, rule)?.plan(&request),
            BudgetMode::Band => {
                let extra = self.config.budget_extra_resolutions.iter().copied().map(Pixels::new).collect();
                Band { triad, extra, tolerance: self.config.budget_epsilon_frac, rule }.plan(&request)
            }
        }
    }
}

/// By how much the first anchor leads the second in the scores that they were picked from; unknown for anchors of the visual fallback.
fn own_gap(selection: &Selection, anchors: &[usize], scores: &[f64]) -> Option<f64> {
    let [first, second, ..] = anchors else { return None };
    if selection.visual.as_ref().is_some_and(|visual| visual.anchors.is_some()) {
        return None;
    }
    let score = |anchor: usize| {
        let second = i64::try_from(anchor).ok()?.checked_sub(selection.shift)?;
        scores.get(usize::try_from(second).ok()?).copied()
    };
    Some(score(*first)? - score(*second)?)
}
