//! Sets that gate by a standard deviation and adapt the number of high seconds.

use isocost_study_budget::anchors::HighPolicy;

use super::{Set, Sets, alloc, extreme, p, pairs};
use crate::P0Config;
use crate::config::SelectName;

pub(super) const SETS: Sets = &[
    ("ltl_adaptive_v1", v1),
    ("ltl_adaptive_keepadj_v1", keep_adjacent_v1),
    ("ltl_adaptive_keepadj_v2", keep_adjacent_v2),
    ("ltl_adaptive_v2", v2),
    ("ltl_adaptive_v3", v3),
    ("ltl_smooth_v1", smooth),
];

type Change = fn(&mut P0Config);

const STDS: [f64; 4] = [0.45, 0.5, 0.55, 0.6];

fn grid(set: &mut Set, prefix: &str, stds: &[f64]) {
    for ((threshold, shift), distance) in pairs(&pairs(stds, &[0, 1]), &[1, 2]) {
        set.add(format!("{prefix}{distance}_shift{shift}_std{}", p(threshold)), |c| {
            c.anchor_std_threshold = threshold;
            c.anchor_shift = shift;
            c.anchor_high_adjacent_dist = distance;
        });
    }
}

fn v1(set: &mut Set) {
    set.common(|c| c.anchor_high_policy = HighPolicy::AdaptiveV1);
    grid(set, "ltladj", &STDS);
}

fn keep_adjacent_v1(set: &mut Set) {
    set.common(|c| c.anchor_high_policy = HighPolicy::AdaptiveV3);
    grid(set, "ltlkeepadj_adj", &STDS);
}

fn keep_adjacent_v2(set: &mut Set) {
    set.common(|c| c.anchor_high_policy = HighPolicy::AdaptiveV3);
    grid(set, "ltlkeepadjv2_adj", &[0.25, 0.28, 0.3, 0.33]);
}

fn v2(set: &mut Set) {
    set.common(|c| c.anchor_high_policy = HighPolicy::AdaptiveV1);
    let near = [0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45].map(|threshold| (1, threshold));
    let far = [0.15, 0.2, 0.25, 0.3].map(|threshold| (2, threshold));
    for (distance, threshold) in near.into_iter().chain(far) {
        set.add(format!("ltladjv2_adj{distance}_shift0_std{}", p(threshold)), |c| {
            c.anchor_std_threshold = threshold;
            c.anchor_high_adjacent_dist = distance;
        });
    }
    let changes: [(&str, Change); 5] = [
        ("balancedAlloc", |c| alloc(c, "balanced")),
        ("mixedAlloc", |c| alloc(c, "mixed")),
        ("scoreAlloc", |c| alloc(c, "score")),
        ("nmsStrongR2G0p6", |c| c.anchor_select = SelectName::NmsStrong),
        ("window3", |c| c.anchor_select = SelectName::WindowTopK),
    ];
    for (threshold, (name, change)) in pairs(&[0.2, 0.25], &changes) {
        set.add(format!("ltladjv2_adj1_shift0_std{}_{name}", p(threshold)), |c| {
            c.anchor_std_threshold = threshold;
            change(c);
        });
    }
    for (threshold, distance) in pairs(&[0.15, 0.2, 0.25], &[1, 2]) {
        set.add(format!("ltlextadjv2_adj{distance}_shift0_std{}", p(threshold)), |c| {
            extreme(c);
            c.anchor_std_threshold = threshold;
            c.anchor_high_adjacent_dist = distance;
        });
    }
}

fn v3(set: &mut Set) {
    set.common(|c| c.anchor_high_policy = HighPolicy::AdaptiveV2);
    let levels = [(0.25, 0.45), (0.3, 0.45), (0.35, 0.45), (0.3, 0.5), (0.35, 0.5)];
    for ((threshold, high), distance) in pairs(&levels, &[1, 2]) {
        set.add(format!("ltladjv3_adj{distance}_shift0_std{}_hi{}", p(threshold), p(high)), |c| {
            c.anchor_std_threshold = threshold;
            c.anchor_high_conf_threshold = high;
            c.anchor_high_adjacent_dist = distance;
        });
    }
    set.common(|c| {
        c.anchor_high_policy = HighPolicy::AdaptiveV2;
        c.anchor_std_threshold = 0.3;
        c.anchor_high_conf_threshold = 0.45;
    });
    set.add("ltladjv3_adj1_shift0_std0p3_hi0p45_mixedAlloc", |c| alloc(c, "mixed"));
    set.add("ltladjv3_adj1_shift0_std0p3_hi0p45_scoreAlloc", |c| alloc(c, "score"));
    set.add("ltladjv3_adj1_shift0_std0p3_hi0p45_window3", |c| c.anchor_select = SelectName::WindowTopK);
}

fn smooth(set: &mut Set) {
    set.common(|c| c.anchor_high_policy = HighPolicy::AdaptiveV1);
    let places = pairs(&pairs(&[0.45, 0.5], &[0, 1]), &pairs(&[0, 3, 5], &[1, 2]));
    for ((threshold, shift), (window, distance)) in places {
        set.add(format!("ltlsmooth_shift{shift}_std{}_sw{window}_adj{distance}", p(threshold)), |c| {
            c.anchor_std_threshold = threshold;
            c.anchor_shift = shift;
            c.anchor_smooth_window = window;
            c.anchor_high_adjacent_dist = distance;
        });
    }
}
