//! Sets around one gate, a lead of 0.6 and a shift of one second: selection, allocation, heads.

use isocost_study_budget::anchors::{Confidence, HighPolicy};

use super::{Set, Sets, alloc, p, pairs};
use crate::P0Config;
use crate::config::{BudgetMode, ResFeature, SelectName};

pub(super) const SETS: Sets = &[
    ("ltl_top1med_band_midres_v1", middle_resolutions),
    ("ltl_top1med_nmsstrong_v1", nms_strong),
    ("ltl_top1med_adjselect_v1", adjacent),
    ("ltl_top1med_keepadj_v1", keep_adjacent),
    ("ltl_top1med_keepadj_basealloc_v1", keep_adjacent_alloc),
    ("ltl_top1med_keepadj_basealloc_highonly_v1", keep_adjacent_alloc_high),
    ("ltl_top1med_basealloc_v1", base_alloc),
    ("ltl_top1med_bridgealloc_v1", bridge),
    ("ltl_top1med_scorealloc_v1", score),
    ("ltl_top1med_adaptivegap_v1", gap),
    ("ltl_top1med_adjdist_v1", adjacent_distance),
    ("ltl_top1med_headcap_v1", head),
    ("ltl_top1med_resfeat_v1", resolution_feature),
    ("ltl_top1med_highconf_v1", high_confidence),
];

const NAME: &str = "ltltop1med_thr0p6_shift1";

pub(super) fn common(c: &mut P0Config) {
    c.anchor_conf_metric = Some(Confidence::Top1Median);
    c.anchor_conf_threshold = Some(0.6);
    c.anchor_shift = 1;
    c.anchor_high_policy = HighPolicy::AdaptiveV1;
}

fn common_v3(c: &mut P0Config) {
    common(c);
    c.anchor_high_policy = HighPolicy::AdaptiveV3;
}

fn middle_resolutions(set: &mut Set) {
    set.common(common);
    set.add(format!("{NAME}_base_exact352"), |_| {});
    for (name, allocation) in [("dist", "distance"), ("bridge", "bridge"), ("mixed", "mixed")] {
        set.add(format!("{NAME}_midres320_band_{name}"), |c| {
            c.high_res = 320;
            c.budget_mode = BudgetMode::Band;
            c.budget_extra_resolutions = vec![192, 208];
            alloc(c, allocation);
        });
    }
}

fn nms_strong(set: &mut Set) {
    set.common(common);
    for (radius, gap) in pairs(&[1, 2], &[0.05, 0.1, 0.15, 0.2, 0.3]) {
        set.add(format!("{NAME}_ns_r{radius}_gap{}", p(gap)), |c| {
            c.anchor_select = SelectName::NmsStrong;
            c.anchor_nms_radius = radius;
            c.anchor_nms_strong_gap = gap;
        });
    }
}

fn adjacent(set: &mut Set) {
    set.common(common);
    for (radius, gap) in pairs(&[1, 2], &[0.1, 0.2, 0.3, 0.4]) {
        set.add(format!("ltltop1med_adjsel_r{radius}_gap{}", p(gap)), |c| {
            c.anchor_select = SelectName::AdjacentTop2;
            c.anchor_nms_radius = radius;
            c.anchor_nms_strong_gap = gap;
        });
    }
}

fn keep_adjacent(set: &mut Set) {
    set.common(common_v3);
    for (distance, gap) in pairs(&[1, 2], &[0.0, 0.1]) {
        set.add(format!("ltltop1med_keepadj_d{distance}_gap{}", p(gap)), |c| {
            c.anchor_high_adjacent_dist = distance;
            c.anchor_high_gap_threshold = gap;
        });
    }
}

const ALLOCATIONS: [&str; 5] = ["distance", "balanced", "mixed", "farthest", "score"];

fn keep_adjacent_alloc(set: &mut Set) {
    set.common(common_v3);
    for name in ALLOCATIONS {
        set.add(format!("ltltop1med_keepadj_{name}"), |c| alloc(c, name));
    }
}

fn keep_adjacent_alloc_high(set: &mut Set) {
    set.common(common_v3);
    for name in ALLOCATIONS {
        set.add(format!("ltltop1med_keepadj_{name}_high"), |c| alloc(c, &format!("{name}_high")));
    }
}

fn base_alloc(set: &mut Set) {
    set.common(common);
    for name in ["distance", "balanced", "mixed", "score"] {
        set.add(format!("ltltop1med_basealloc_{name}"), |c| alloc(c, name));
    }
}

fn bridge(set: &mut Set) {
    set.common(common);
    set.add(format!("{NAME}_base"), |_| {});
    set.add(format!("{NAME}_bridgeAlloc"), |c| alloc(c, "bridge"));
}

fn score(set: &mut Set) {
    set.common(common);
    set.add(format!("{NAME}_scoreAlloc"), |c| alloc(c, "score"));
}

fn gap(set: &mut Set) {
    set.common(common);
    for gap in [0.1, 0.15, 0.2, 0.25, 0.3] {
        set.add(format!("{NAME}_agap{}", p(gap)), |c| c.anchor_high_gap_threshold = gap);
    }
}

fn adjacent_distance(set: &mut Set) {
    set.common(common);
    for distance in 1..=5 {
        set.add(format!("{NAME}_adj{distance}"), |c| c.anchor_high_adjacent_dist = distance);
    }
}

fn head(set: &mut Set) {
    set.common(common);
    for (hidden, dropout) in pairs(&[128, 256, 512], &[0.0, 0.1]) {
        set.add(format!("{NAME}_hd{hidden}_dr{}", p(dropout)), |c| {
            c.head_hidden_dim = hidden;
            c.head_dropout = dropout;
        });
    }
}

fn resolution_feature(set: &mut Set) {
    set.common(common);
    set.add(format!("{NAME}_resnone"), |_| {});
    set.add(format!("{NAME}_resscalar"), |c| c.res_feature = ResFeature::Scalar);
}

fn high_confidence(set: &mut Set) {
    set.common(|c| {
        common(c);
        c.anchor_high_policy = HighPolicy::AdaptiveV2;
        c.anchor_high_conf_metric = Some(Confidence::Top1Median);
    });
    let allocations = [("dist", "distance"), ("score", "score")];
    for (confidence, (name, allocation)) in pairs(&[0.0, 0.8, 0.9, 1.0, 1.1], &allocations) {
        set.add(format!("{NAME}_hconf{}_{name}", p(confidence)), |c| {
            c.anchor_high_conf_threshold = confidence;
            alloc(c, allocation);
        });
    }
}
