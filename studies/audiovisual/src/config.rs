//! The settings of one trial, as the reference names them.
//!
//! Source: `listen_core` section 10.1 and, for what `run` reads, section 12.4.

use std::path::Path;

use isocost_study_budget::anchors::{AnchorRule, Confidence, HighPolicy, HighRule, Selector, Smoothing};
use isocost_study_budget::plan::{BaseAllocation, BaseRule, Triad};
use isocost_study_learn::torch::HeadKind;
use serde::{Deserialize, Serialize};

use crate::{AvError, AvResult, Json, Mode};

/// Whether a second's resolution is a feature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ResFeature {
    /// No.
    #[default]
    None,
    /// Its relative distance from the base resolution, in one column.
    Scalar,
}

/// How anchors are picked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(
    missing_docs,
    reason = "the names of the selectors that `isocost_study_budget::anchors::Selector` documents"
)]
pub enum SelectName {
    #[default]
    #[serde(rename = "topk")]
    TopK,
    Nms,
    NmsStrong,
    #[serde(rename = "adjacent_top2")]
    AdjacentTop2,
    #[serde(rename = "window_topk")]
    WindowTopK,
}

/// What a clip without anchors does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FallbackMode {
    /// It is looked at uniformly.
    #[default]
    Uniform,
    /// Anchors are taken where the features of neighbouring seconds differ.
    CheapVisualClipdiff,
    /// Anchors are taken where neighbouring frames differ.
    CheapVisualFramediff,
}

/// The learned clip gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum GateMethod {
    /// None.
    #[default]
    #[serde(rename = "none")]
    None,
    /// Brings back clips that the confidence gate turned away.
    #[serde(rename = "lr_top1hit_v1")]
    Rescue,
    /// Turns away clips that the confidence gate let pass.
    #[serde(rename = "lr_top1hit_all_v1")]
    Veto,
}

/// The veto on the second anchor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum VetoMethod {
    /// None.
    #[default]
    #[serde(rename = "none")]
    None,
    /// By its lead over the median.
    #[serde(rename = "top2med_norm_v1")]
    Top2Median,
    /// By a logistic regression.
    #[serde(rename = "lr_v1")]
    Regression,
}

/// Which three resolutions a clip gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TriadPolicy {
    /// Always the same.
    #[default]
    Fixed,
    /// Others for clips of high confidence.
    #[serde(rename = "top1med_tiered_v1")]
    Tiered,
}

/// The head that reads the features.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HeadName {
    /// Each second alone.
    #[default]
    Mlp,
    /// With its neighbours.
    TemporalConv,
}

/// How exactly the budget is met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BudgetMode {
    /// To the token.
    #[default]
    Exact,
    /// Within a share of it, with more resolutions.
    Band,
}

/// The settings of one trial. Fields are named as in the files of the reference.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the fields carry the names that `listen_core` section 10.1 documents")]
pub struct P0Config {
    pub k: usize,
    pub low_res: u32,
    pub base_res: u32,
    pub high_res: u32,
    pub patch_size: u32,
    pub res_feature: ResFeature,
    pub max_high_anchors: Option<usize>,
    pub anchor_shift: i64,
    pub anchor_std_threshold: f64,
    pub anchor_select: SelectName,
    pub anchor_drop_far_dist: usize,
    pub anchor_fallback_far_dist: usize,
    pub anchor_fallback_mode: FallbackMode,
    pub anchor_fallback_visual_conf_metric: Confidence,
    pub anchor_fallback_visual_conf_threshold: f64,
    pub anchor_nms_radius: usize,
    pub anchor_nms_strong_gap: f64,
    pub anchor_window: usize,
    pub anchor_smooth_window: usize,
    pub anchor_smooth_mode: Smoothing,
    pub triad_policy: TriadPolicy,
    pub triad_alt_conf_threshold: f64,
    pub triad_alt_low_res: u32,
    pub triad_alt_high_res: u32,
    pub triad_alt_max_high_anchors: Option<usize>,
    pub anchor2_veto_method: VetoMethod,
    pub anchor2_veto_threshold: f64,
    pub anchor2_veto_label_radius: usize,
    pub anchor_gate_method: GateMethod,
    pub anchor_gate_threshold: f64,
    pub anchor_gate_label_radius: usize,
    pub anchor_conf_metric: Option<Confidence>,
    pub anchor_conf_threshold: Option<f64>,
    pub anchor_base_alloc: String,
    pub anchor_high_policy: HighPolicy,
    pub anchor_high_adjacent_dist: usize,
    pub anchor_high_gap_threshold: f64,
    pub anchor_high_conf_metric: Option<Confidence>,
    pub anchor_high_conf_threshold: f64,
    pub head: HeadName,
    pub head_hidden_dim: usize,
    pub head_dropout: f64,
    pub temporal_kernel_size: usize,
    pub budget_mode: BudgetMode,
    pub budget_epsilon_frac: f64,
    pub budget_extra_resolutions: Vec<u32>,
}

impl Default for P0Config {
    fn default() -> Self {
        Self {
            k: 2,
            low_res: 112,
            base_res: 224,
            high_res: 448,
            patch_size: 16,
            res_feature: ResFeature::None,
            max_high_anchors: None,
            anchor_shift: 0,
            anchor_std_threshold: 0.0,
            anchor_select: SelectName::TopK,
            anchor_drop_far_dist: 0,
            anchor_fallback_far_dist: 0,
            anchor_fallback_mode: FallbackMode::Uniform,
            anchor_fallback_visual_conf_metric: Confidence::Top1Median,
            anchor_fallback_visual_conf_threshold: 0.0,
            anchor_nms_radius: 1,
            anchor_nms_strong_gap: 0.6,
            anchor_window: 3,
            anchor_smooth_window: 0,
            anchor_smooth_mode: Smoothing::Mean,
            triad_policy: TriadPolicy::Fixed,
            triad_alt_conf_threshold: 0.0,
            triad_alt_low_res: 112,
            triad_alt_high_res: 448,
            triad_alt_max_high_anchors: Some(1),
            anchor2_veto_method: VetoMethod::None,
            anchor2_veto_threshold: 0.5,
            anchor2_veto_label_radius: 1,
            anchor_gate_method: GateMethod::None,
            anchor_gate_threshold: 0.0,
            anchor_gate_label_radius: 1,
            anchor_conf_metric: None,
            anchor_conf_threshold: None,
            anchor_base_alloc: "distance".to_owned(),
            anchor_high_policy: HighPolicy::Fixed,
            anchor_high_adjacent_dist: 1,
            anchor_high_gap_threshold: 0.0,
            anchor_high_conf_metric: None,
            anchor_high_conf_threshold: 0.0,
            head: HeadName::Mlp,
            head_hidden_dim: 128,
            head_dropout: 0.0,
            temporal_kernel_size: 3,
            budget_mode: BudgetMode::Exact,
            budget_epsilon_frac: 0.01,
            budget_extra_resolutions: Vec::new(),
        }
    }
}

impl P0Config {
    /// The confidence that the gate measures.
    pub fn conf_metric(&self) -> Confidence {
        self.anchor_conf_metric.unwrap_or_default()
    }

    /// Below this confidence a clip has no anchors.
    pub fn conf_threshold(&self) -> f64 {
        self.anchor_conf_threshold.unwrap_or(self.anchor_std_threshold)
    }

    /// How anchors are picked from the scores of a clip.
    pub fn anchor_rule(&self, seconds: usize) -> AnchorRule {
        let (radius, max_gap) = (self.anchor_nms_radius, self.anchor_nms_strong_gap);
        AnchorRule {
            count: self.k,
            seconds: Some(seconds),
            shift: self.anchor_shift,
            confidence: self.conf_metric(),
            threshold: self.conf_threshold(),
            select: match self.anchor_select {
                SelectName::TopK => Selector::TopK,
                SelectName::Nms => Selector::Nms { radius },
                SelectName::NmsStrong => Selector::NmsStrong { radius, max_gap },
                SelectName::AdjacentTop2 => Selector::AdjacentTop2 { radius, max_gap },
                SelectName::WindowTopK => Selector::WindowTopK { window: self.anchor_window, radius },
            },
            smooth_window: self.anchor_smooth_window,
            smoothing: self.anchor_smooth_mode,
        }
    }

    /// How many anchors may be high.
    pub fn high_rule(&self) -> HighRule {
        HighRule {
            policy: self.anchor_high_policy,
            cap: self.max_high_anchors,
            adjacent: self.anchor_high_adjacent_dist,
            gap: self.anchor_high_gap_threshold,
            confidence_threshold: self.anchor_high_conf_threshold,
            confidence: self.anchor_high_conf_metric.or(self.anchor_conf_metric).unwrap_or_default(),
        }
    }

    /// Which seconds get the base resolution first.
    pub fn base_rule(&self) -> AvResult<BaseRule> {
        let rule = self.anchor_base_alloc.parse::<BaseRule>();
        rule.map_err(|source| AvError::Plan { clip: "anchor_base_alloc".to_owned(), source })
    }

    /// The same for plans that know no scores: `score`, with or without `_high`, becomes `distance`.
    pub fn base_rule_without_scores(&self) -> AvResult<BaseRule> {
        let rule = self.base_rule()?;
        Ok(if rule.allocation == BaseAllocation::Score { BaseRule::default() } else { rule })
    }

    /// The resolutions of clips under the fixed policy.
    pub fn triad(&self) -> Triad {
        Triad { patch: self.patch_size, ..Triad::of(self.low_res, self.base_res, self.high_res) }
    }

    /// The resolutions of clips of high confidence under the tiered policy.
    pub fn alternative_triad(&self) -> Triad {
        Triad {
            patch: self.patch_size,
            ..Triad::of(self.triad_alt_low_res, self.base_res, self.triad_alt_high_res)
        }
    }

    /// How a head sees a second.
    pub fn head_kind(&self) -> HeadKind {
        match self.head {
            HeadName::Mlp => HeadKind::Mlp,
            HeadName::TemporalConv => HeadKind::TemporalConv { kernel: self.temporal_kernel_size },
        }
    }

    /// The object of candidate files: all fields but the patch size, with a name.
    pub fn to_json(&self, name: &str) -> Json {
        let mut json = Json::from(serde_json::to_value(self).unwrap_or_default());
        if let Json::Map(fields) = &mut json {
            fields.remove("patch_size");
            fields.insert("name".to_owned(), name.into());
        }
        json
    }

    /// Reads the settings that `run` takes. In compat mode the clip gate and the visual fallback of the file are ignored, as the reference does, and so
    /// are unknown keys; in sound mode unknown keys are refused.
    pub fn read(path: &Path, mode: Mode) -> AvResult<Self> {
        Self::parse(&isocost_fs::read_to_string(path)?, mode).map_err(|what| {
            AvError::file(path, what, "write a best_config.json, or an object with the same keys")
        })
    }

    fn parse(text: &str, mode: Mode) -> Result<Self, String> {
        let value: serde_json::Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
        let Some(given) = value.as_object() else { return Err("it is not an object".to_owned()) };
        for key in ["low_res", "base_res", "high_res"] {
            if !given.contains_key(key) {
                return Err(format!("the key `{key}` is missing"));
            }
        }
        let defaults = Self { head: HeadName::TemporalConv, ..Self::default() };
        let mut merged = serde_json::to_value(defaults).map_err(|error| error.to_string())?;
        let Some(fields) = merged.as_object_mut() else { return Err("no settings".to_owned()) };
        for (key, value) in given {
            let ignored = mode == Mode::Compat && IGNORED_BY_RUN.contains(&key.as_str());
            match fields.get_mut(key) {
                Some(slot) if !ignored => *slot = value.clone(),
                Some(_) => {}
                None if key == "name" || mode == Mode::Compat => {}
                None => return Err(format!("`{key}` is no setting")),
            }
        }
        serde_json::from_value(merged).map_err(|error| error.to_string())
    }
}

/// Keys of a settings file that the reference's `run` does not read (`listen_core` section 15, D1).
const IGNORED_BY_RUN: [&str; 6] = [
    "anchor_gate_method",
    "anchor_gate_threshold",
    "anchor_gate_label_radius",
    "anchor_fallback_mode",
    "anchor_fallback_visual_conf_metric",
    "anchor_fallback_visual_conf_threshold",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gate_in_the_file_is_honoured_in_sound_mode_and_ignored_in_compat_mode() {
        let text = r#"{"low_res":160,"base_res":224,"high_res":352,"anchor_gate_method":"lr_top1hit_all_v1","name":"x"}"#;
        assert_eq!(P0Config::parse(text, Mode::Sound).unwrap().anchor_gate_method, GateMethod::Veto);
        assert_eq!(P0Config::parse(text, Mode::Compat).unwrap().anchor_gate_method, GateMethod::None);
    }

    #[test]
    fn missing_resolutions_and_misspelt_keys_are_named() {
        assert!(
            P0Config::parse(r#"{"low_res":160,"base_res":224}"#, Mode::Sound)
                .unwrap_err()
                .contains("high_res")
        );
        let misspelt = r#"{"low_res":160,"base_res":224,"high_res":352,"anchor_shfit":1}"#;
        assert!(P0Config::parse(misspelt, Mode::Sound).unwrap_err().contains("anchor_shfit"));
        assert!(P0Config::parse(misspelt, Mode::Compat).is_ok());
    }

    #[test]
    fn settings_survive_writing_and_reading() {
        let config =
            P0Config { low_res: 160, high_res: 352, anchor_conf_threshold: Some(0.6), ..P0Config::default() };
        let text = config.to_json("a").compact();
        assert_eq!(P0Config::parse(&text, Mode::Sound).unwrap(), config);
    }
}
