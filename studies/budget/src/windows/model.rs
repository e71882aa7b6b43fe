//! Windows, settings and what they cost.
//!
//! Source: the listen-then-look reference, `listen_core` section 6.

use serde::{Deserialize, Serialize};

use super::{WindowError, WindowResult};
use crate::patch_tokens;

/// Patch side by which the usefulness of a setting is measured, whatever patches are paid for.
const UTILITY_PATCH: u32 = 16;

/// A stretch of a video, in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TimeWindow {
    /// Where it starts.
    pub start_s: f64,
    /// Where it ends, not before it starts.
    pub end_s: f64,
}

impl TimeWindow {
    /// Checks the ends.
    pub fn new(start_s: f64, end_s: f64) -> WindowResult<Self> {
        if start_s.is_finite() && end_s.is_finite() && end_s >= start_s {
            Ok(Self { start_s, end_s })
        } else {
            Err(WindowError::BadWindow { start: start_s, end: end_s })
        }
    }

    /// Its length, in seconds.
    pub fn duration(&self) -> f64 {
        self.end_s - self.start_s
    }
}

/// A way to look at a window.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VisualConfig {
    /// Its name.
    pub name: String,
    /// Frames per second, above 0.
    pub fps: f64,
    /// Side of a frame, in pixels.
    pub resolution: u32,
    /// Share of the tokens that is kept, above 0 and at most 1.
    pub r_keep: f64,
}

impl VisualConfig {
    /// Tokens of `duration` seconds: `fps · duration · tokens(resolution) · r_keep`, from left to right.
    pub fn cost(&self, duration: f64, patch: u32) -> WindowResult<f64> {
        let bad = |what, value, range| WindowError::BadConfig { name: self.name.clone(), what, value, range };
        if !(self.fps.is_finite() && self.fps > 0.0) {
            return Err(bad("fps", self.fps, "above 0"));
        }
        if !(self.r_keep > 0.0 && self.r_keep <= 1.0) {
            return Err(bad("r_keep", self.r_keep, "above 0 and at most 1"));
        }
        if !(duration.is_finite() && duration >= 0.0) {
            return Err(bad("duration", duration, "at least 0"));
        }
        let tokens = patch_tokens(self.resolution, patch)?.get() as f64;
        Ok(self.fps * duration * tokens * self.r_keep)
    }

    /// What a look is worth: `ln(1 + cost of one second)` in patches of 16 pixels.
    pub fn usefulness(&self) -> WindowResult<f64> {
        Ok(libm::log1p(self.cost(1.0, UTILITY_PATCH)?))
    }
}

/// Splits a budget into what is spent everywhere and what is spent on anchors: ((1 − share) · budget, share · budget).
pub fn split_anchor_budget(budget: f64, share: f64) -> WindowResult<(f64, f64)> {
    check_budget(budget)?;
    if (0.0..=1.0).contains(&share) {
        Ok(((1.0 - share) * budget, share * budget))
    } else {
        Err(WindowError::BadBudget { name: "the share of anchors", value: share, range: "between 0 and 1" })
    }
}

fn check_budget(budget: f64) -> WindowResult<()> {
    if budget.is_finite() && budget >= 0.0 {
        Ok(())
    } else {
        Err(WindowError::BadBudget { name: "the budget", value: budget, range: "finite and at least 0" })
    }
}

/// Whether a window may be left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Dropping {
    /// It may; it then costs nothing and is worth nothing.
    #[default]
    Allowed,
    /// Every window is looked at.
    Forbidden,
}

/// What is to be allocated, with all costs and worths worked out.
#[derive(Debug, Clone)]
pub struct Problem {
    /// The windows.
    pub windows: Vec<TimeWindow>,
    /// How much each window matters.
    pub weights: Vec<f64>,
    /// The settings, by cost of a second and then name.
    pub configs: Vec<VisualConfig>,
    /// What may be spent, in tokens.
    pub budget: f64,
    /// Side of a patch, in pixels.
    pub patch_size: u32,
    pub(super) costs: Vec<f64>,
    pub(super) usefulness: Vec<f64>,
}

impl Problem {
    /// Checks and sorts the settings, and works out what each costs on each window.
    pub fn new(
        windows: Vec<TimeWindow>,
        weights: Vec<f64>,
        mut configs: Vec<VisualConfig>,
        budget: f64,
        patch_size: u32,
    ) -> WindowResult<Self> {
        check_budget(budget)?;
        if windows.len() != weights.len() {
            return Err(WindowError::WeightCount { windows: windows.len(), weights: weights.len() });
        }
        if let Some((index, value)) = weights.iter().enumerate().find(|(_, weight)| !weight.is_finite()) {
            return Err(WindowError::BadWeight { index, value: *value });
        }
        if configs.is_empty() {
            return Err(WindowError::NoConfigs);
        }
        let mut priced = Vec::with_capacity(configs.len());
        for config in configs.drain(..) {
            priced.push((config.cost(1.0, patch_size)?, config));
        }
        priced.sort_by(|(a, left), (b, right)| a.total_cmp(b).then_with(|| left.name.cmp(&right.name)));
        configs.extend(priced.into_iter().map(|(_, config)| config));
        let mut costs = Vec::with_capacity(windows.len().saturating_mul(configs.len()));
        for window in &windows {
            TimeWindow::new(window.start_s, window.end_s)?;
            for config in &configs {
                costs.push(config.cost(window.duration(), patch_size)?);
            }
        }
        let usefulness = configs.iter().map(VisualConfig::usefulness).collect::<WindowResult<_>>()?;
        Ok(Self { windows, weights, configs, budget, patch_size, costs, usefulness })
    }

    /// Costs of all settings on a window.
    pub(super) fn costs_of(&self, window: usize) -> &[f64] {
        let width = self.configs.len();
        self.costs.get(window * width..(window + 1) * width).unwrap_or_default()
    }

    pub(super) fn cost(&self, window: usize, choice: Option<usize>) -> f64 {
        choice.and_then(|config| self.costs_of(window).get(config).copied()).unwrap_or(0.0)
    }

    pub(super) fn worth(&self, window: usize, choice: Option<usize>) -> f64 {
        let weight = self.weights.get(window).copied().unwrap_or(0.0);
        choice.and_then(|config| self.usefulness.get(config)).map_or(0.0, |use_of| weight * use_of)
    }
}
