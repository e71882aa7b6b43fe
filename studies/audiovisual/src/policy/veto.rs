//! The veto on the second anchor.
//!
//! Source: `listen_core` section 9, P5, and section 9.2.

use isocost_study_budget::anchors::{VETO_FEATURES, veto_features};

use super::learned::{Regression, Spread};
use super::select::{Listening, anchors_error};
use super::selection::{Selection, Selections, VetoReport};
use crate::AvResult;
use crate::config::VetoMethod;

/// Fewest training clips.
const LEAST_CLIPS: usize = 64;
/// Place of the second anchor's lead over the median among the features.
const LEAD: usize = 5;

/// A veto that can be asked.
pub(super) enum Veto {
    /// The second anchor must lead the median by the threshold.
    Lead,
    /// A model must think it is near an event.
    Model(Box<Regression<VETO_FEATURES>>),
}

impl Veto {
    /// The veto of the settings. `None` without one, or where there are too few training clips.
    pub(super) fn prepare(listening: &Listening<'_>, selections: &Selections) -> AvResult<Option<Self>> {
        match listening.config.anchor2_veto_method {
            VetoMethod::None => Ok(None),
            VetoMethod::Top2Median => Ok(Some(Self::Lead)),
            VetoMethod::Regression => Self::train(listening, selections),
        }
    }

    fn train(listening: &Listening<'_>, selections: &Selections) -> AvResult<Option<Self>> {
        let mut examples = Vec::new();
        for id in listening.train {
            let Some(selection) = selections.get(id).filter(|selection| selection.fallback.is_none()) else {
                continue;
            };
            let [_, second, ..] = selection.anchors[..] else { continue };
            let features =
                veto_features(listening.scores_of(id)?, &selection.anchors).map_err(anchors_error(id))?;
            let radius = listening.config.anchor2_veto_label_radius;
            examples.push((features, listening.labels.event_near(id, second, radius)?));
        }
        if examples.len() < LEAST_CLIPS {
            return Ok(None);
        }
        Ok(Some(Self::Model(Box::new(Regression::fit(&examples, Spread::Population)?))))
    }

    /// Asks about a clip that did not fall back; keeps only the first anchor where the second is not worth it.
    pub(super) fn apply(
        &self,
        listening: &Listening<'_>,
        id: &str,
        selection: &mut Selection,
    ) -> AvResult<()> {
        if selection.fallback.is_some() || selection.anchors.len() < 2 {
            return Ok(());
        }
        let features =
            veto_features(listening.scores_of(id)?, &selection.anchors).map_err(anchors_error(id))?;
        let mut report = VetoReport { applied: true, ..VetoReport::default() };
        let value = match self {
            Self::Lead => {
                let lead = f64::from(features.get(LEAD).copied().unwrap_or(0.0));
                report.score = Some(lead);
                lead
            }
            Self::Model(model) => {
                let probability = model.probability(&features);
                report.keep_probability = Some(probability);
                probability
            }
        };
        if value < listening.config.anchor2_veto_threshold {
            report.dropped = true;
            selection.anchors.truncate(1);
        }
        selection.veto = report;
        Ok(())
    }
}
