//! Outcome tables, equal cost, comparisons, looks and verdicts.

pub mod chain;
pub mod claim;
pub mod compare;
mod correction;
pub mod frontier;
pub mod import;
pub mod leak;
mod names;
pub mod selftest;
pub mod table;
pub mod trial;

pub use chain::{Look, LookBook, LookDraft, VerdictRecord};
pub use claim::{
    ClaimInput, ClaimSpec, Decision, DeclaredClaim, Reason, ReasonKind, Status, Verdict, decide,
};
pub use compare::{Analysis, Comparison, CostTerms, CostTolerance, Selection, TestKind, TestPlan};
pub use correction::Correction;
pub use names::{Arm, Budget, ClaimId, CostUnit, Family, ItemId, Metric, Seed, Split};
pub use selftest::{Selftest, SelftestPlan, selftest};
pub use table::{OutcomeRow, OutcomeTable, TableError, write_csv};
pub use trial::{Trial, TrialError, TrialPlan, trial};
