//! What a trial reads: annotations, lists of ids, features and scores.

mod annotations;
mod features;
mod ids;
mod labels;
mod scores;

pub use annotations::{AveIndex, Clip, Split};
pub use features::FeatureStore;
pub use ids::{IdLists, IdSource, MissingClips, SharedIds, unique};
pub use labels::{LabelMap, LabelRule};
pub use scores::{Scores, read_scores, write_scores};
