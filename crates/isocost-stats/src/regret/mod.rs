//! What a policy loses by not choosing the best candidate at each budget.

mod bootstrap;
mod point;
mod policy;
mod scores;
#[cfg(test)]
mod tests;

pub use bootstrap::{PolicyReplicates, bootstrap, bootstrap_difference};
pub use point::{DEGENERATE_RANGE, Regret, RegretRow, regret};
pub use policy::Policy;
pub use scores::{Means, Scores};
