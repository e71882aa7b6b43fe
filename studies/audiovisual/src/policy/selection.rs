//! The anchors of a clip with the story of how they came about.

use std::collections::BTreeMap;

use isocost_study_budget::anchors::{Confidence, Fallback};

use crate::config::FallbackMode;

/// Why a clip has no anchors of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names that metric files carry")]
pub enum Reason {
    EmptyScores,
    ConfBelowThreshold,
    GateVeto,
    ConfAndGateBelowThreshold,
    GateBelowThreshold,
    FarAnchorDist,
    /// All anchors were shifted out of the clip; only in sound mode.
    ShiftedOut,
}

impl Reason {
    /// Its name in metric files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::EmptyScores => "empty_scores",
            Self::ConfBelowThreshold => "conf_below_threshold",
            Self::GateVeto => "gate_veto",
            Self::ConfAndGateBelowThreshold => "conf_and_gate_below_threshold",
            Self::GateBelowThreshold => "gate_below_threshold",
            Self::FarAnchorDist => "far_anchor_dist",
            Self::ShiftedOut => "anchors_shifted_out",
        }
    }
}

impl From<Fallback> for Reason {
    fn from(fallback: Fallback) -> Self {
        match fallback {
            Fallback::EmptyScores => Self::EmptyScores,
            Fallback::ConfBelowThreshold => Self::ConfBelowThreshold,
        }
    }
}

/// What the learned clip gate said.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct GateReport {
    /// Probability that the first anchor is near an event; `None` without a gate.
    pub probability: Option<f64>,
    /// It brought the clip back.
    pub rescued: bool,
    /// It turned the clip away.
    pub vetoed: bool,
}

/// What the veto on the second anchor said.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct VetoReport {
    /// It was asked.
    pub applied: bool,
    /// It dropped the second anchor.
    pub dropped: bool,
    /// Probability that the second anchor is near an event.
    pub keep_probability: Option<f64>,
    /// Lead of the second anchor over the median.
    pub score: Option<f64>,
}

/// What the visual fallback did.
#[derive(Debug, Clone, PartialEq)]
pub struct VisualReport {
    /// Which signal it read.
    pub mode: FallbackMode,
    /// Its anchors; `None` where its confidence was too low.
    pub anchors: Option<Vec<usize>>,
    /// The measure of its confidence.
    pub metric: Confidence,
    /// The confidence it needs.
    pub threshold: f64,
    /// The confidence it had.
    pub confidence: f64,
}

/// The anchors of a clip.
#[derive(Debug, Clone, PartialEq)]
pub struct Selection {
    /// In the order in which they were picked, shifted.
    pub anchors: Vec<usize>,
    /// Confidence of the scores.
    pub confidence: f64,
    /// Why the clip fell back; `None` if it did not. A visual fallback may have given it anchors all the same.
    pub fallback: Option<Reason>,
    /// Seconds that anchors were shifted by.
    pub shift: i64,
    /// The clip gate.
    pub gate: GateReport,
    /// The veto on the second anchor.
    pub veto: VetoReport,
    /// The visual fallback, where it ran.
    pub visual: Option<VisualReport>,
    /// Distance of the first two anchors, where the rule that makes far clips uniform looked at it.
    pub far_fallback_distance: Option<usize>,
    /// Whether it did.
    pub far_fallback: bool,
    /// The same for the rule that drops a far second anchor.
    pub drop_far_distance: Option<usize>,
    /// Whether it did.
    pub drop_far: bool,
}

/// Selections by clip.
pub type Selections = BTreeMap<String, Selection>;
