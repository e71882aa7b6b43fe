//! Sets for loudness and for a tagging network.

use isocost_study_budget::anchors::{Confidence, HighPolicy};

use super::{Set, Sets, alloc, extreme};
use crate::config::SelectName;

pub(super) const SETS: Sets = &[("energy_v1", v1), ("energy_v2", v2), ("energy_v3", v3), ("ast_v1", ast)];

fn v1(set: &mut Set) {
    set.common(|c| {
        c.anchor_shift = 1;
        c.anchor_std_threshold = 1.0;
    });
    let base = "base_160_224_352";
    set.add(format!("{base}_topk"), |_| {});
    set.add(format!("{base}_nmsR2"), |c| c.anchor_select = SelectName::Nms);
    set.add(format!("{base}_window3"), |c| c.anchor_select = SelectName::WindowTopK);
    set.add(format!("{base}_window5"), |c| {
        c.anchor_select = SelectName::WindowTopK;
        c.anchor_window = 5;
    });
    set.add(format!("{base}_scoreAlloc"), |c| alloc(c, "score"));
    set.add(format!("{base}_mixedAlloc"), |c| alloc(c, "mixed"));
    set.add(format!("{base}_k5"), |c| c.temporal_kernel_size = 5);
    set.add(format!("{base}_k5_std0p9"), |c| {
        c.temporal_kernel_size = 5;
        c.anchor_std_threshold = 0.9;
    });
    set.add("extreme_112_224_448_window3", |c| {
        extreme(c);
        c.anchor_select = SelectName::WindowTopK;
    });
    set.add(format!("{base}_gapGate0.6"), |c| {
        c.anchor_conf_metric = Some(Confidence::Top12Gap);
        c.anchor_conf_threshold = Some(0.6);
    });
}

fn v2(set: &mut Set) {
    set.common(|c| c.anchor_shift = 1);
    set.add("energy_ref_k2_topk_std1p0", |c| c.anchor_std_threshold = 1.0);
    set.add("energy_k2_topk_std0p0", |_| {});
    set.add("energy_k2_nmsR2_std0p0", |c| c.anchor_select = SelectName::Nms);
    set.add("energy_k2_window3_std0p0", |c| c.anchor_select = SelectName::WindowTopK);
    set.add("energy_k2_window5_std0p0", |c| {
        c.anchor_select = SelectName::WindowTopK;
        c.anchor_window = 5;
    });
    for distance in [1, 2] {
        set.add(format!("energy_k2_topk_std0p0_adaptiveAdj{distance}"), |c| {
            c.anchor_high_policy = HighPolicy::AdaptiveV1;
            c.anchor_high_adjacent_dist = distance;
        });
    }
    set.add("energy_k5_nmsR2_std0p0", |c| {
        c.k = 5;
        c.anchor_select = SelectName::Nms;
    });
    set.add("energy_k5_nmsR2_std0p0_adaptiveAdj2", |c| {
        c.k = 5;
        c.anchor_select = SelectName::Nms;
        c.anchor_high_policy = HighPolicy::AdaptiveV1;
        c.anchor_high_adjacent_dist = 2;
    });
    set.add("energy_extreme_112_224_448_nmsR2_std0p0", |c| {
        extreme(c);
        c.anchor_select = SelectName::Nms;
    });
}

fn v3(set: &mut Set) {
    let plain = [
        ("ref_shift1_std1p0", 1, 1.0),
        ("shift0_std1p0", 0, 1.0),
        ("shift0_std0p6", 0, 0.6),
        ("shift0_std0p4", 0, 0.4),
        ("shift1_std0p6", 1, 0.6),
        ("shift1_std0p4", 1, 0.4),
    ];
    for (name, shift, threshold) in plain {
        set.add(format!("energyv3_{name}"), |c| {
            c.anchor_shift = shift;
            c.anchor_std_threshold = threshold;
        });
    }
    set.common(|c| c.anchor_std_threshold = 0.4);
    set.add("energyv3_shift0_nmsR2_std0p4", |c| c.anchor_select = SelectName::Nms);
    set.add("energyv3_shift0_window3_std0p4", |c| c.anchor_select = SelectName::WindowTopK);
    set.add("energyv3_shift0_std0p4_maxHigh1", |c| c.max_high_anchors = Some(1));
    set.add("energyv3_shift0_std0p4_mixedAlloc", |c| alloc(c, "mixed"));
    set.add("energyv3_shift0_std0p4_scoreAlloc", |c| alloc(c, "score"));
    set.add("energyv3_shift0_std0p4_adaptiveGap0p6", |c| {
        c.anchor_high_policy = HighPolicy::AdaptiveV1;
        c.anchor_high_gap_threshold = 0.6;
    });
    for (name, threshold) in [("std1p0", 1.0), ("std0p6", 0.6)] {
        set.add(format!("energyv3_extreme_112_224_448_maxHigh1_shift0_{name}"), |c| {
            extreme(c);
            c.max_high_anchors = Some(1);
            c.anchor_std_threshold = threshold;
        });
    }
}

fn ast(set: &mut Set) {
    set.common(|c| {
        c.anchor_shift = 1;
        c.temporal_kernel_size = 5;
        c.anchor_std_threshold = 0.05;
    });
    for (name, threshold) in [("0p00", 0.0), ("0p05", 0.05), ("0p10", 0.1)] {
        set.add(format!("ast_160_224_352_k5_std{name}"), |c| c.anchor_std_threshold = threshold);
    }
    set.add("ast_160_224_352_window3_std0p05", |c| c.anchor_select = SelectName::WindowTopK);
    set.add("ast_160_224_352_scoreAlloc_std0p05", |c| alloc(c, "score"));
    set.add("ast_112_224_448_window3_std0p05", |c| {
        extreme(c);
        c.anchor_select = SelectName::WindowTopK;
    });
}
