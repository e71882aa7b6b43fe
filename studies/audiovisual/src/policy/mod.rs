//! From the scores of a clip to its anchors.
//!
//! Source: `listen_core` section 9, policies P1 to P7; P8, the plan, is in [`crate::planner`].

mod gate;
mod learned;
mod select;
mod selection;
mod veto;

pub use select::{Listening, VisualScores, select_anchors};
pub use selection::{GateReport, Reason, Selection, Selections, VetoReport, VisualReport};
