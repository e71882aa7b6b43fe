//! Sets around the same gate: far anchors, tiers, vetoes, learned gates, visual fallbacks.

use super::top1med_rules::common;
use super::{Set, Sets, p, pairs};
use crate::P0Config;
use crate::config::{FallbackMode, GateMethod, TriadPolicy, VetoMethod};

pub(super) const SETS: Sets = &[
    ("ltl_top1med_dropfar_v1", drop_far),
    ("ltl_top1med_farfb_v1", far_fallback),
    ("ltl_top1med_tiered_v1", tiered),
    ("ltl_top1med_anchor2veto_v1", veto),
    ("ltl_top1med_gate_lr_v1", gate),
    ("ltl_top1med_gate_all_v1", gate_all),
    ("ltl_top1med_visfb_v1", visual_fallback),
    ("ltl_top1med_visfb_gated_v1", visual_fallback_gated),
];

fn far(set: &mut Set, short: &str, change: fn(&mut P0Config, usize)) {
    set.common(common);
    for (threshold, distance) in pairs(&[0.5, 0.6, 0.7], &[0, 1]) {
        set.add(format!("ltltop1med_thr{}_shift1_{short}{distance}", p(threshold)), |c| {
            c.anchor_conf_threshold = Some(threshold);
            change(c, distance);
        });
    }
}

fn drop_far(set: &mut Set) {
    far(set, "df", |c, distance| c.anchor_drop_far_dist = distance);
}

fn far_fallback(set: &mut Set) {
    far(set, "ff", |c, distance| c.anchor_fallback_far_dist = distance);
}

fn tiered(set: &mut Set) {
    set.common(common);
    set.add("ltltop1med_thr0p6_shift1_base", |_| {});
    for threshold in [0.8, 1.0, 1.2, 1.5] {
        set.add(format!("ltltop1med_thr0p6_shift1_tier{}", p(threshold)), |c| {
            c.triad_policy = TriadPolicy::Tiered;
            c.triad_alt_conf_threshold = threshold;
        });
    }
}

fn veto(set: &mut Set) {
    set.common(common);
    set.add("ltltop1med_a2veto_none", |_| {});
    let lead = [0.05, 0.1, 0.15].map(|threshold| ("top2med", VetoMethod::Top2Median, threshold));
    let model = [0.35, 0.5, 0.65].map(|threshold| ("lr", VetoMethod::Regression, threshold));
    for (name, method, threshold) in lead.into_iter().chain(model) {
        set.add(format!("ltltop1med_a2veto_{name}{}", p(threshold)), |c| {
            c.anchor2_veto_method = method;
            c.anchor2_veto_threshold = threshold;
        });
    }
}

fn gates(set: &mut Set, prefix: &str, method: GateMethod, thresholds: &[f64]) {
    set.common(common);
    for (threshold, shift) in pairs(thresholds, &[0, 1]) {
        set.add(format!("{prefix}{}_shift{shift}", p(threshold)), |c| {
            c.anchor_gate_method = method;
            c.anchor_gate_threshold = threshold;
            c.anchor_shift = shift;
        });
    }
}

fn gate(set: &mut Set) {
    gates(set, "ltltop1med_gate", GateMethod::Rescue, &[0.6, 0.7, 0.8]);
}

fn gate_all(set: &mut Set) {
    gates(set, "ltltop1med_gateall", GateMethod::Veto, &[0.2, 0.3, 0.4, 0.5]);
}

const PICTURES: [(&str, FallbackMode); 2] =
    [("clipdiff", FallbackMode::CheapVisualClipdiff), ("framediff", FallbackMode::CheapVisualFramediff)];

fn visual_fallback(set: &mut Set) {
    set.common(common);
    set.add("ltltop1med_uniformfb_shift1", |_| {});
    for (name, mode) in PICTURES {
        set.add(format!("ltltop1med_{name}fb_shift1"), |c| c.anchor_fallback_mode = mode);
    }
}

fn visual_fallback_gated(set: &mut Set) {
    set.common(common);
    set.add("ltltop1med_uniformfb_shift1", |_| {});
    for ((name, mode), threshold) in pairs(&PICTURES, &[0.1, 0.2, 0.3, 0.4]) {
        set.add(format!("ltltop1med_{name}fb_vc{}_shift1", p(threshold)), |c| {
            c.anchor_fallback_mode = mode;
            c.anchor_fallback_visual_conf_threshold = threshold;
        });
    }
}
