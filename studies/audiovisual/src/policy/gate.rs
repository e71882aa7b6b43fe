//! The learned clip gate.
//!
//! Source: `listen_core` section 9.1.

use isocost_study_budget::anchors::{GATE_FEATURES, Picked, gate_features};

use super::learned::{Regression, Spread};
use super::select::{Listening, anchors_error};
use super::selection::{GateReport, Reason};
use crate::config::GateMethod;
use crate::{AvError, AvResult, Mode};

/// Fewest training clips of the vetoing gate.
const LEAST_CLIPS: usize = 64;

/// A trained gate.
pub(super) struct Gate {
    model: Regression<GATE_FEATURES>,
    method: GateMethod,
    threshold: f64,
    base_threshold: f64,
}

/// Whether the settings ask for a gate.
pub(super) fn is_wanted(listening: &Listening<'_>) -> bool {
    let config = listening.config;
    config.anchor_gate_method != GateMethod::None && config.anchor_gate_threshold > 0.0
}

impl Gate {
    /// Trains on the training clips. `None` where there are too few of them.
    pub(super) fn train(
        listening: &Listening<'_>,
        base: impl Fn(&str) -> AvResult<Picked>,
        raw: impl Fn(&str) -> AvResult<Picked>,
    ) -> AvResult<Option<Self>> {
        let config = listening.config;
        let method = config.anchor_gate_method;
        let base_threshold = config.conf_threshold();
        if method == GateMethod::Rescue && base_threshold <= 0.0 {
            return Err(AvError::options(
                "a gate that brings clips back needs a confidence threshold",
                "set anchor_conf_threshold or anchor_std_threshold above 0",
            ));
        }
        let mut examples = Vec::new();
        for id in listening.train {
            let picked = raw(id)?;
            let Some(first) = picked.anchors.first().copied() else { continue };
            if method == GateMethod::Rescue && base(id)?.confidence >= base_threshold {
                continue;
            }
            let features = gate_features(listening.scores_of(id)?, Some(first)).map_err(anchors_error(id))?;
            examples
                .push((features, listening.labels.event_near(id, first, config.anchor_gate_label_radius)?));
        }
        let least = match (method, listening.mode) {
            (GateMethod::Veto, _) => LEAST_CLIPS,
            // One example has no spread: the reference then computes with NaN.
            (_, Mode::Sound) => 2,
            (_, Mode::Compat) => 1,
        };
        if examples.len() < least {
            return Ok(None);
        }
        let model = Regression::fit(&examples, Spread::Sample)?;
        Ok(Some(Self { model, method, threshold: config.anchor_gate_threshold, base_threshold }))
    }

    /// What becomes of a clip: its anchors with what the gate said, or the reason why it has none.
    pub(super) fn judge(
        &self,
        listening: &Listening<'_>,
        id: &str,
        base: Picked,
        raw: Picked,
    ) -> AvResult<(Vec<usize>, Option<Reason>, GateReport)> {
        let scores = listening.scores_of(id)?;
        let features = gate_features(scores, raw.anchors.first().copied()).map_err(anchors_error(id))?;
        let probability = self.model.probability(&features);
        let base_pass = self.base_threshold <= 0.0 || base.confidence >= self.base_threshold;
        let open = probability >= self.threshold;
        let accepted = if self.method == GateMethod::Rescue { base_pass || open } else { base_pass && open };
        let report = GateReport {
            probability: Some(probability),
            rescued: accepted && !base_pass,
            vetoed: !accepted && base_pass,
        };
        if accepted {
            let picked = if base_pass { base } else { raw };
            return Ok((picked.anchors, picked.fallback.map(Reason::from), report));
        }
        let reason = match (base_pass, self.base_threshold > 0.0) {
            (true, _) => Reason::GateVeto,
            (false, true) => Reason::ConfAndGateBelowThreshold,
            (false, false) => Reason::GateBelowThreshold,
        };
        Ok((Vec::new(), Some(reason), report))
    }
}
