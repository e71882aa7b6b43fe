//! Vision per question: none, coarse or full.
//!
//! The smallest honest trial of adaptive vision: real handwritten digits, seen not at all, coarsely or fully, by
//! policies that spend the same number of tokens. What is measured, and what is not, is in
//! `docs/study-vision-routing.md`.

mod arm;
mod data;
mod error;
mod learner;
mod options;
mod outcomes;
mod policy;
mod replicate;
mod results;
mod run;
mod split;
mod spread;
mod summary;
mod vision;

pub use arm::Arm;
pub use data::{Digit, Digits, ItemId};
pub use error::{StudyError, StudyResult};
pub use isocost_study_budget::{BudgetShare, Tokens};
pub use isocost_study_learn::Seed;
pub use options::{Options, Stage, Threads};
pub use policy::{escalate_most_uncertain, escalate_where_it_helps, look_at_random};
pub use run::run;
pub use split::{Split, Splits};
pub use spread::Spread;
pub use summary::{Actions, ArmSummary, Calibration, Cell, Diagnostics, Prices, Summary};
pub use vision::Path;
