//! The story of each evaluated clip in a metric file.

use std::collections::BTreeMap;

use crate::planner::AnchoredPlan;
use crate::policy::{Reason, Selection};
use crate::trial::{Ground, Prepared};
use crate::{Json, P0Config};

/// One object per evaluated clip; a clip that is listed twice has one.
pub(super) fn stories(ground: &Ground<'_>, prepared: &Prepared) -> Json {
    let mut clips = BTreeMap::new();
    for (id, planned) in ground.ids.eval.iter().zip(&prepared.anchored) {
        let scores = ground.signal.and_then(|signal| signal.scores.get(id)).cloned().unwrap_or_default();
        if let Some(selection) = prepared.selections.get(id) {
            let mut fields = story(&prepared.request.config, selection, planned);
            fields.insert("scores".to_owned(), Json::list(scores));
            fields.insert("eventness_autoshift".to_owned(), Json::Null);
            clips.insert(id.clone(), Json::Map(fields));
        }
    }
    Json::Map(clips)
}

fn story(config: &P0Config, selection: &Selection, planned: &AnchoredPlan) -> BTreeMap<String, Json> {
    let visual = selection.visual.as_ref();
    let name_of = |value: Option<String>| Json::from(value);
    let pairs = [
        ("anchors", Json::list(selection.anchors.iter().copied())),
        ("fallback_used", selection.fallback.is_some().into()),
        ("fallback_reason", selection.fallback.map(Reason::name).into()),
        ("fallback_mode", setting(config.anchor_fallback_mode)),
        ("fallback_visual_mode_used", visual.map_or(Json::Null, |visual| setting(visual.mode))),
        ("fallback_visual_anchors", visual.and_then(|visual| visual.anchors.clone()).into()),
        ("fallback_visual_conf_metric", name_of(visual.map(|visual| visual.metric.name().to_owned()))),
        ("fallback_visual_conf_threshold", visual.map(|visual| visual.threshold).into()),
        ("fallback_visual_conf_value", visual.map(|visual| visual.confidence).into()),
        ("conf_metric", config.conf_metric().name().into()),
        ("conf_value", selection.confidence.into()),
        ("conf_threshold", config.conf_threshold().into()),
        ("gate_method", setting(config.anchor_gate_method)),
        ("gate_threshold", config.anchor_gate_threshold.into()),
        ("gate_prob", selection.gate.probability.into()),
        ("gate_rescued", selection.gate.rescued.into()),
        ("gate_vetoed", selection.gate.vetoed.into()),
        ("anchor_shift_used", selection.shift.into()),
        ("anchor2_veto_method", setting(config.anchor2_veto_method)),
        ("anchor2_veto_threshold", config.anchor2_veto_threshold.into()),
        ("anchor2_veto_applied", selection.veto.applied.into()),
        ("anchor2_veto_dropped", selection.veto.dropped.into()),
        ("anchor2_keep_prob", selection.veto.keep_probability.into()),
        ("anchor2_veto_score", selection.veto.score.into()),
        ("drop_far_dist_threshold", config.anchor_drop_far_dist.into()),
        ("drop_far_applied", selection.drop_far.into()),
        ("drop_far_actual_dist", selection.drop_far_distance.into()),
        ("fallback_far_dist_threshold", config.anchor_fallback_far_dist.into()),
        ("fallback_far_applied", selection.far_fallback.into()),
        ("fallback_far_actual_dist", selection.far_fallback_distance.into()),
        ("max_high_anchors", planned.max_high.into()),
        ("max_high_anchors_used", planned.max_high_used.into()),
        ("triad_policy", setting(config.triad_policy)),
        ("triad_alt_conf_threshold", config.triad_alt_conf_threshold.into()),
        ("triad_alt_low_res", config.triad_alt_low_res.into()),
        ("triad_alt_high_res", config.triad_alt_high_res.into()),
        ("triad_alt_max_high_anchors", config.triad_alt_max_high_anchors.into()),
        ("triad_alt_used", planned.alternative.into()),
        ("triad_low_res_used", planned.triad.low.get().into()),
        ("triad_high_res_used", planned.triad.high.get().into()),
        ("plan_resolutions", Json::list(planned.plan.resolutions.iter().map(|side| side.get()))),
    ];
    pairs.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
}

/// The name that a setting has in files.
fn setting<T: serde::Serialize>(value: T) -> Json {
    Json::from(serde_json::to_value(value).unwrap_or_default())
}
