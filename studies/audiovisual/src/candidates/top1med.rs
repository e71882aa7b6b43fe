//! Sets that gate by the lead of the best second over the median.

use isocost_study_budget::anchors::{Confidence, HighPolicy};

use super::{Set, Sets, alloc, extreme, p, pairs};
use crate::P0Config;
use crate::config::BudgetMode;

pub(super) const SETS: Sets = &[
    ("ltl_top1med_v1", plain),
    ("ltl_top1med_norm_v1", norm),
    ("ltl_top1medn_maxhigh1_v1", norm_one_high),
    ("ltl_top1med_maxhigh1_v1", one_high),
    ("ltl_top1med_k1_v1", one_anchor),
    ("ltl_top1med_k1_extreme_v1", one_anchor_extreme),
    ("ltl_top1med_extreme_v1", extremes),
    ("ltl_top1med_autoshift_v1", autoshift),
    ("ltl_top1med_moe_v1", either),
    ("ltl_top1med_band_v1", band),
    ("ltl_top1med_band_low112_v1", band_low),
];

const FIVE: [f64; 5] = [0.4, 0.5, 0.6, 0.7, 0.8];
const THREE: [f64; 3] = [0.5, 0.6, 0.7];

fn lead(c: &mut P0Config) {
    c.anchor_conf_metric = Some(Confidence::Top1Median);
}

fn adaptive(c: &mut P0Config) {
    lead(c);
    c.anchor_high_policy = HighPolicy::AdaptiveV1;
}

fn grid(set: &mut Set, prefix: &str, thresholds: &[f64]) {
    for (threshold, shift) in pairs(thresholds, &[0, 1]) {
        set.add(format!("{prefix}_thr{}_shift{shift}", p(threshold)), |c| {
            c.anchor_conf_threshold = Some(threshold);
            c.anchor_shift = shift;
        });
    }
}

fn alloc_grid(set: &mut Set, prefix: &str, thresholds: &[f64]) {
    for ((threshold, shift), name) in pairs(&pairs(thresholds, &[0, 1]), &["distance", "score"]) {
        set.add(format!("{prefix}_thr{}_shift{shift}_{name}", p(threshold)), |c| {
            c.anchor_conf_threshold = Some(threshold);
            c.anchor_shift = shift;
            alloc(c, name);
        });
    }
}

fn plain(set: &mut Set) {
    set.common(adaptive);
    grid(set, "ltltop1med", &FIVE);
}

fn norm(set: &mut Set) {
    set.common(|c| {
        c.anchor_conf_metric = Some(Confidence::Top1MedianNorm);
        c.anchor_high_policy = HighPolicy::AdaptiveV1;
    });
    grid(set, "ltltop1medn", &THREE);
}

fn norm_one_high(set: &mut Set) {
    set.common(|c| {
        c.anchor_conf_metric = Some(Confidence::Top1MedianNorm);
        c.max_high_anchors = Some(1);
    });
    grid(set, "ltltop1mednmax1", &THREE);
}

fn one_high(set: &mut Set) {
    set.common(|c| {
        lead(c);
        c.max_high_anchors = Some(1);
    });
    grid(set, "ltltop1medmax1", &FIVE);
}

fn one_anchor(set: &mut Set) {
    set.common(|c| {
        lead(c);
        c.k = 1;
    });
    grid(set, "ltltop1medk1", &FIVE);
}

fn one_anchor_extreme(set: &mut Set) {
    set.common(|c| {
        lead(c);
        extreme(c);
        c.k = 1;
    });
    alloc_grid(set, "ltltop1medk1ext", &[0.5, 0.6, 0.7, 0.8]);
}

fn extremes(set: &mut Set) {
    set.common(|c| {
        lead(c);
        extreme(c);
        c.max_high_anchors = Some(1);
    });
    alloc_grid(set, "ltltop1medext1", &[0.6, 0.7, 0.8]);
}

fn autoshift(set: &mut Set) {
    set.common(adaptive);
    for threshold in FIVE {
        set.add(format!("ltltop1med_as_thr{}_shift0", p(threshold)), |c| {
            c.anchor_conf_threshold = Some(threshold);
        });
    }
}

fn either(set: &mut Set) {
    set.common(adaptive);
    for ((deviation, threshold), shift) in pairs(&pairs(&[0.4, 0.6, 1.0], &FIVE), &[0, 1]) {
        set.add(format!("ltltop1medmoe_std{}_thr{}_shift{shift}", p(deviation), p(threshold)), |c| {
            c.anchor_std_threshold = deviation;
            c.anchor_conf_threshold = Some(threshold);
            c.anchor_shift = shift;
        });
    }
}

fn band(set: &mut Set) {
    set.common(|c| {
        adaptive(c);
        c.budget_mode = BudgetMode::Band;
        c.budget_extra_resolutions = vec![112];
    });
    grid(set, "ltltop1medband", &THREE);
}

fn band_low(set: &mut Set) {
    set.common(|c| {
        adaptive(c);
        c.low_res = 112;
        c.budget_mode = BudgetMode::Band;
        c.budget_extra_resolutions = vec![160];
    });
    grid(set, "ltltop1medband112", &THREE);
}
