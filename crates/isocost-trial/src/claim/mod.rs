//! Claims: a rule, the evidence, and a verdict with reasons.

mod decide;
mod desk;
mod family;
mod hypothesis;
mod joint;
mod judge;
mod leak;
mod method;
mod planned;
mod read;
mod reason;
mod scope;
mod spec;
mod table_ref;
mod verdict;

pub use decide::{ClaimInput, Decision, decide};
pub use desk::{Artifacts, NoArtifacts};
pub use hypothesis::Region;
pub(crate) use joint::joint;
pub(crate) use leak::leaks;
pub use method::{MethodTerm, TermSource};
pub use read::{DeclaredClaim, SpecProblem};
pub use reason::{Reason, ReasonKind};
pub use spec::{ClaimSpec, CostRule, PlannedLooks};
pub use table_ref::TableRef;
pub use verdict::{LookCount, Status, Verdict};

#[cfg(test)]
mod tests;
