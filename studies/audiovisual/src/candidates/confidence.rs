//! Sets that gate by a gap or a standard deviation, with a fixed number of high seconds.

use isocost_study_budget::anchors::{Confidence, HighPolicy};

use super::{Set, Sets, alloc, extreme, p, pairs};
use crate::config::SelectName;

pub(super) const SETS: Sets = &[
    ("ltl_gap_v1", gap),
    ("ltl_std_v1", std_v1),
    ("ltl_std_v2", std_v2),
    ("ltl_maxhigh1_v1", one_high),
    ("ltl_sep3_v1", separation),
    ("ltl_extreme_v1", extremes),
];

const STDS: [f64; 4] = [0.45, 0.5, 0.55, 0.6];

fn gap(set: &mut Set) {
    set.common(|c| c.anchor_conf_metric = Some(Confidence::Top12Gap));
    for (threshold, shift) in pairs(&[0.2, 0.3, 0.4, 0.5], &[0, 1]) {
        set.add(format!("ltlgap1_gap{}_shift{shift}", p(threshold)), |c| {
            c.anchor_conf_threshold = Some(threshold);
            c.anchor_shift = shift;
        });
    }
}

fn std_v1(set: &mut Set) {
    for (threshold, shift) in pairs(&STDS, &[1, 0]) {
        set.add(format!("ltlstd_shift{shift}_std{}", p(threshold)), |c| {
            c.anchor_std_threshold = threshold;
            c.anchor_shift = shift;
        });
    }
}

fn std_v2(set: &mut Set) {
    for (threshold, shift) in pairs(&STDS, &[0, 1]) {
        set.add(format!("ltlstd2_shift{shift}_std{}", p(threshold)), |c| {
            c.anchor_std_threshold = threshold;
            c.anchor_shift = shift;
        });
    }
    set.common(|c| c.anchor_std_threshold = 0.5);
    set.add("ltlstd2_shift0_std0p5_nmsR2", |c| c.anchor_select = SelectName::Nms);
    set.add("ltlstd2_shift0_std0p5_window3", |c| c.anchor_select = SelectName::WindowTopK);
    set.add("ltlstd2_shift0_std0p5_mixedAlloc", |c| alloc(c, "mixed"));
    set.add("ltlstd2_shift0_std0p5_scoreAlloc", |c| alloc(c, "score"));
    set.add("ltlstd2_shift0_std0p5_maxHigh1", |c| c.max_high_anchors = Some(1));
    set.add("ltlstd2_extreme_112_224_448_maxHigh1_shift0_std0p5", |c| {
        extreme(c);
        c.max_high_anchors = Some(1);
    });
    set.common(|c| c.anchor_std_threshold = 0.45);
    set.add("ltlstd2_shift0_std0p45_scoreAlloc", |c| alloc(c, "score"));
    set.add("ltlstd2_shift0_std0p45_maxHigh1", |c| c.max_high_anchors = Some(1));
}

fn one_high(set: &mut Set) {
    set.common(|c| c.max_high_anchors = Some(1));
    let selects = [("topk", SelectName::TopK), ("window3", SelectName::WindowTopK)];
    let rules = pairs(&[0.3, 0.35, 0.4, 0.45], &["distance", "balanced", "mixed"]);
    for ((threshold, name), (select_name, select)) in pairs(&rules, &selects) {
        set.add(format!("ltlmax1_thr{}_{name}_{select_name}", p(threshold)), |c| {
            c.anchor_std_threshold = threshold;
            alloc(c, name);
            c.anchor_select = select;
        });
    }
}

fn separation(set: &mut Set) {
    set.common(|c| {
        c.anchor_conf_metric = Some(Confidence::Top3Bottom3GapNorm);
        c.anchor_high_policy = HighPolicy::AdaptiveV1;
    });
    for (threshold, shift) in pairs(&[0.6, 0.64, 0.66, 0.68, 0.7], &[0, 1]) {
        set.add(format!("ltlsep3_thr{}_shift{shift}", p(threshold)), |c| {
            c.anchor_conf_threshold = Some(threshold);
            c.anchor_shift = shift;
        });
    }
}

fn extremes(set: &mut Set) {
    set.common(|c| {
        extreme(c);
        c.max_high_anchors = Some(1);
    });
    for (threshold, shift) in pairs(&[0.5, 0.6, 0.7], &[0, 1]) {
        set.add(format!("ltlextreme1_shift{shift}_std{}", p(threshold)), |c| {
            c.anchor_std_threshold = threshold;
            c.anchor_shift = shift;
        });
    }
}
