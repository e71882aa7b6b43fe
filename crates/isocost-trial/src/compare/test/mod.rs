//! The tests that a comparison can declare, and their answers.

mod fitted;
mod kind;
mod memo;
mod plan;
mod resampled;

pub use kind::{TestKind, UnitOfTest};
pub use plan::{Bounds, TestPlan};

pub(super) use fitted::Fitted;

/// Why a test has no answer on these data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undefined(pub String);

impl std::fmt::Display for Undefined {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}
