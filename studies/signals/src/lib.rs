//! Where something happens: numbers in, one score per second out.
//!
//! A score says how likely an event is in a second, higher is likelier; only the order of a clip's seconds and their
//! distances mean something. Everything but reading media files is pure.

pub mod audio;
pub mod decode;
pub mod degrade;
mod error;
mod evidence;
pub mod files;
pub mod learned;
mod logarithm;
mod numeric;
pub mod scores;
pub mod speech;
pub mod visual;

pub use error::{SignalError, SignalResult};
pub use evidence::{Recall, coverage_at_tau, iou, recall_at_k};
