//! Sets that gate by the Gini coefficient.

use isocost_study_budget::anchors::{Confidence, HighPolicy};

use super::{Set, Sets, alloc, extreme, p, pairs};
use crate::config::{FallbackMode, SelectName};

pub(super) const SETS: Sets = &[
    ("ltl_gini_v1", v1),
    ("ltl_gini_v2", v2),
    ("ltl_gini_dropfar_v1", drop_far),
    ("ltl_gini_visfb_v1", visual_fallback),
    ("ltl_gini_keepadj_v1", keep_adjacent),
    ("ltl_gini_keepadj_basealloc_v1", base_alloc),
    ("ltl_gini_keepadj_hconf_v1", high_confidence),
];

fn v1(set: &mut Set) {
    set.common(|c| {
        c.anchor_conf_metric = Some(Confidence::Gini);
        c.anchor_conf_threshold = Some(0.2);
    });
    for ((name, threshold), shift) in pairs(&[("0p20", 0.2), ("0p30", 0.3)], &[0, 1]) {
        set.add(format!("ltl_gini{name}_shift{shift}"), |c| {
            c.anchor_conf_threshold = Some(threshold);
            c.anchor_shift = shift;
        });
    }
    set.add("ltl_gini0p20_nmsR2", |c| c.anchor_select = SelectName::Nms);
    set.add("ltl_gini0p20_window3", |c| c.anchor_select = SelectName::WindowTopK);
    set.add("ltl_gini0p20_maxHigh1", |c| c.max_high_anchors = Some(1));
    set.add("ltl_gini0p20_mixedAlloc", |c| alloc(c, "mixed"));
    set.add("ltl_gini0p20_scoreAlloc", |c| alloc(c, "score"));
    set.add("ltl_gini0p20_extreme_112_224_448_maxHigh1", |c| {
        extreme(c);
        c.max_high_anchors = Some(1);
    });
}

fn v2(set: &mut Set) {
    set.common(|c| c.anchor_conf_metric = Some(Confidence::Gini));
    for (threshold, shift) in pairs(&[0.35, 0.4, 0.45, 0.5], &[0, 1]) {
        set.add(format!("ltlgini2_gini{}_shift{shift}", p(threshold)), |c| {
            c.anchor_conf_threshold = Some(threshold);
            c.anchor_shift = shift;
        });
    }
}

fn drop_far(set: &mut Set) {
    set.common(|c| c.anchor_conf_metric = Some(Confidence::Gini));
    for ((threshold, shift), far) in pairs(&pairs(&[0.3, 0.35, 0.4, 0.45], &[0, 1]), &[0, 1]) {
        set.add(format!("ltlgini_df{far}_gini{}_shift{shift}", p(threshold)), |c| {
            c.anchor_conf_threshold = Some(threshold);
            c.anchor_shift = shift;
            c.anchor_drop_far_dist = far;
        });
    }
}

fn visual_fallback(set: &mut Set) {
    set.common(|c| {
        c.anchor_conf_metric = Some(Confidence::Gini);
        c.anchor_conf_threshold = Some(0.5);
    });
    let modes = [
        ("uniform", FallbackMode::Uniform),
        ("clipdiff", FallbackMode::CheapVisualClipdiff),
        ("framediff", FallbackMode::CheapVisualFramediff),
    ];
    for (shift, (name, mode)) in pairs(&[0, 1], &modes) {
        set.add(format!("ltlgini_visfb_{name}_shift{shift}"), |c| {
            c.anchor_shift = shift;
            c.anchor_fallback_mode = mode;
        });
    }
}

fn keep_adjacent(set: &mut Set) {
    set.common(|c| {
        c.anchor_conf_metric = Some(Confidence::Gini);
        c.anchor_high_policy = HighPolicy::AdaptiveV3;
    });
    for ((threshold, shift), far) in pairs(&pairs(&[0.4, 0.45, 0.5], &[0, 1]), &[0, 1]) {
        set.add(format!("ltlgini_keepadj_df{far}_gini{}_shift{shift}", p(threshold)), |c| {
            c.anchor_conf_threshold = Some(threshold);
            c.anchor_shift = shift;
            c.anchor_drop_far_dist = far;
        });
    }
}

fn base_alloc(set: &mut Set) {
    set.common(|c| {
        c.anchor_conf_metric = Some(Confidence::Gini);
        c.anchor_conf_threshold = Some(0.45);
        c.anchor_high_policy = HighPolicy::AdaptiveV3;
        c.anchor_drop_far_dist = 1;
    });
    for name in ["distance", "balanced", "mixed", "farthest", "score"] {
        set.add(format!("ltlgini_keepadj_thr0p45_df1_shift0_{name}"), |c| alloc(c, name));
    }
}

fn high_confidence(set: &mut Set) {
    set.common(|c| {
        c.anchor_conf_metric = Some(Confidence::Gini);
        c.anchor_high_policy = HighPolicy::AdaptiveV3;
        c.anchor_drop_far_dist = 1;
        c.anchor_high_conf_metric = Some(Confidence::Gini);
    });
    for (threshold, high) in pairs(&[0.4, 0.45], &[0.0, 0.5, 0.55]) {
        set.add(format!("ltlgini_keepadj_gini{}_hconf{}", p(threshold), p(high)), |c| {
            c.anchor_conf_threshold = Some(threshold);
            c.anchor_high_conf_threshold = high;
        });
    }
}
