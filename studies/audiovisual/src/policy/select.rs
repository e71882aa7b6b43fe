//! The policies in the order in which they run.

use isocost_study_budget::anchors::{AnchorError, Picked};

use super::gate::{Gate, is_wanted};
use super::selection::{GateReport, Reason, Selection, Selections, VetoReport, VisualReport};
use super::veto::Veto;
use crate::config::FallbackMode;
use crate::data::{LabelMap, Scores};
use crate::{AvError, AvResult, Mode, P0Config};

/// Where the visual fallback finds scores of a clip, scaled to 0..1.
pub trait VisualScores: Sync {
    /// The scores, or why there are none.
    fn scores(&self, id: &str, mode: FallbackMode) -> AvResult<Vec<f64>>;
}

/// What is known when anchors are picked.
#[derive(Clone, Copy)]
pub struct Listening<'a> {
    /// The settings.
    pub config: &'a P0Config,
    /// Whether the reference's defects are kept.
    pub mode: Mode,
    /// Scores per second.
    pub scores: &'a Scores,
    /// Labels; the learned policies read those of training clips.
    pub labels: &'a LabelMap,
    /// The training clips in their order.
    pub train: &'a [String],
    /// The visual fallback's source of scores.
    pub visual: Option<&'a dyn VisualScores>,
    /// Seconds that anchors are shifted by: 0 for signals that are shifted already.
    pub shift: i64,
}

impl std::fmt::Debug for Listening<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Listening")
            .field("config", &self.config)
            .field("mode", &self.mode)
            .finish_non_exhaustive()
    }
}

/// Names the clip in an error.
pub(super) fn anchors_error(id: &str) -> impl FnOnce(AnchorError) -> AvError {
    move |source| AvError::Anchors { clip: id.to_owned(), source }
}

impl<'a> Listening<'a> {
    /// The scores of a clip, at most one per second.
    pub(super) fn scores_of(&self, id: &str) -> AvResult<&'a [f64]> {
        let scores = self.scores.get(id).ok_or_else(|| AvError::clip(id, "it has no scores"))?;
        let seconds = self.labels.seconds();
        if scores.len() < seconds && self.mode == Mode::Sound {
            let what = format!("it has {} scores for {seconds} seconds", scores.len());
            return Err(AvError::clip(id, what));
        }
        Ok(scores.get(..seconds).unwrap_or(scores))
    }

    fn pick(&self, id: &str, scores: &[f64], threshold: f64, shift: i64) -> AvResult<Picked> {
        let mut rule = self.config.anchor_rule(self.labels.seconds());
        (rule.threshold, rule.shift) = (threshold, shift);
        rule.pick(scores).map_err(anchors_error(id))
    }

    fn base(&self, id: &str) -> AvResult<Picked> {
        self.pick(id, self.scores_of(id)?, self.config.conf_threshold(), self.shift)
    }

    fn raw(&self, id: &str) -> AvResult<Picked> {
        self.pick(id, self.scores_of(id)?, 0.0, self.shift)
    }
}

/// Picks the anchors of clips; `ids` must hold the training clips. Also says what could not be done.
pub fn select_anchors(listening: &Listening<'_>, ids: &[String]) -> AvResult<(Selections, Vec<String>)> {
    let mut notes = Vec::new();
    let gate = if is_wanted(listening) {
        let gate = Gate::train(listening, |id| listening.base(id), |id| listening.raw(id))?;
        if gate.is_none() {
            notes.push("the clip gate has too few training clips and is off".to_owned());
        }
        gate
    } else {
        None
    };
    let mut selections = Selections::new();
    for id in ids {
        let mut selection = first_selection(listening, gate.as_ref(), id)?;
        look_instead(listening, id, &mut selection, &mut notes)?;
        selections.insert(id.clone(), selection);
    }
    let veto = Veto::prepare(listening, &selections)?;
    if veto.is_none() && listening.config.anchor2_veto_method != crate::config::VetoMethod::None {
        notes.push("the veto on second anchors has too few training clips and is off".to_owned());
    }
    for (id, selection) in &mut selections {
        if let Some(veto) = &veto {
            veto.apply(listening, id, selection)?;
        }
        far_rules(listening.config, selection);
    }
    Ok((selections, notes))
}

fn first_selection(listening: &Listening<'_>, gate: Option<&Gate>, id: &str) -> AvResult<Selection> {
    let base = listening.base(id)?;
    let confidence = base.confidence;
    let (anchors, fallback, report) = match gate {
        Some(gate) => gate.judge(listening, id, base, listening.raw(id)?)?,
        None => (base.anchors, base.fallback.map(Reason::from), GateReport::default()),
    };
    let lost =
        listening.mode == Mode::Sound && anchors.is_empty() && fallback.is_none() && listening.config.k > 0;
    Ok(Selection {
        anchors,
        confidence,
        fallback: if lost { Some(Reason::ShiftedOut) } else { fallback },
        shift: listening.shift,
        gate: report,
        veto: VetoReport::default(),
        visual: None,
        far_fallback_distance: None,
        far_fallback: false,
        drop_far_distance: None,
        drop_far: false,
    })
}

/// The visual fallback of a clip that fell back. In compat mode a clip whose pictures cannot be read stays uniform, as in the reference.
fn look_instead(
    listening: &Listening<'_>,
    id: &str,
    selection: &mut Selection,
    notes: &mut Vec<String>,
) -> AvResult<()> {
    let config = listening.config;
    let mode = config.anchor_fallback_mode;
    if selection.fallback.is_none() || mode == FallbackMode::Uniform {
        return Ok(());
    }
    let source = listening.visual.ok_or_else(|| {
        AvError::options(
            "the visual fallback has no pictures to look at",
            "give the folder of caches or of processed clips",
        )
    });
    let scores = source.and_then(|source| source.scores(id, mode));
    let scores = match (scores, listening.mode) {
        (Ok(scores), _) => scores,
        (Err(error), Mode::Sound) => return Err(error),
        (Err(error), Mode::Compat) => {
            notes.push(format!("visual fallback: {error}"));
            return Ok(());
        }
    };
    let metric = config.anchor_fallback_visual_conf_metric;
    let threshold = config.anchor_fallback_visual_conf_threshold;
    let confidence = metric.of(&scores).map_err(anchors_error(id))?;
    let sure = threshold <= 0.0 || confidence >= threshold;
    if sure {
        selection.anchors = listening.pick(id, &scores, 0.0, 0)?.anchors;
    }
    let anchors = sure.then(|| selection.anchors.clone());
    selection.visual = Some(VisualReport { mode, anchors, metric, threshold, confidence });
    Ok(())
}

/// The two rules on a second anchor that is far from the first.
fn far_rules(config: &P0Config, selection: &mut Selection) {
    let limit = config.anchor_fallback_far_dist;
    if let ([first, second, ..], true) = (&selection.anchors[..], limit > 0) {
        let distance = first.abs_diff(*second);
        selection.far_fallback_distance = Some(distance);
        if distance > limit {
            selection.far_fallback = true;
            selection.fallback = Some(Reason::FarAnchorDist);
            selection.anchors.clear();
        }
    }
    let limit = config.anchor_drop_far_dist;
    if let ([first, second, ..], true) = (&selection.anchors[..], limit > 0) {
        let distance = first.abs_diff(*second);
        selection.drop_far_distance = Some(distance);
        if distance > limit {
            selection.drop_far = true;
            selection.anchors.truncate(1);
        }
    }
}
