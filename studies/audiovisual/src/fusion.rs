//! Does the signal help as a feature, as a guide, or as both: `fusion`.
//!
//! Source: `listen_core` section 14.4.

use crate::{Method, Mode, P0Config};

/// The methods.
pub const FUSED: [Method; 4] =
    [Method::Uniform, Method::AnchoredTop2, Method::AudioConcatUniform, Method::AudioConcatAnchoredTop2];

/// The settings that the command uses: all of them, or in compat mode those that the reference reads (section 15, D3).
pub fn fusion_config(config: P0Config, mode: Mode) -> P0Config {
    if mode == Mode::Sound {
        return config;
    }
    P0Config {
        k: config.k,
        low_res: config.low_res,
        base_res: config.base_res,
        high_res: config.high_res,
        max_high_anchors: config.max_high_anchors,
        anchor_shift: config.anchor_shift,
        anchor_std_threshold: config.anchor_std_threshold,
        anchor_select: config.anchor_select,
        anchor_nms_radius: config.anchor_nms_radius,
        anchor_nms_strong_gap: config.anchor_nms_strong_gap,
        anchor_window: config.anchor_window,
        anchor_smooth_window: config.anchor_smooth_window,
        anchor_smooth_mode: config.anchor_smooth_mode,
        anchor_base_alloc: config.anchor_base_alloc,
        anchor_conf_metric: config.anchor_conf_metric,
        anchor_conf_threshold: config.anchor_conf_threshold,
        anchor_high_policy: config.anchor_high_policy,
        anchor_high_adjacent_dist: config.anchor_high_adjacent_dist,
        anchor_high_gap_threshold: config.anchor_high_gap_threshold,
        head: config.head,
        temporal_kernel_size: config.temporal_kernel_size,
        ..P0Config::default()
    }
}
