//! Items that stand where they must not: in several splits, in the training list, or under several labels.

mod check;
mod list;
mod normal;

pub use check::{LabelConflict, LeakReport, SharedItems, SimilarItems, check};
pub use list::{IdList, ListError};
