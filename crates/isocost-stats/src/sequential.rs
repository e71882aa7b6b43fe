//! Inference that stays valid when data are looked at again and again.
//!
//! Three kinds, by what is known before the first look:
//! - Values have bounds (accuracies, differences of accuracies): [`EProcess`], [`BettingSequence`] and [`BernsteinSequence`] hold at every
//!   sample size at once, with no assumption on the distribution.
//! - Values have no bounds, there are many: [`NormalMixture`] holds at every sample size at once, asymptotically.
//! - Looks are few, at known fractions of the planned data: [`boundaries`] spends alpha over them; [`unbounded_level`] spends it over looks whose
//!   number is unknown.
//!
//! Observations must come in an order that does not depend on their values, each with the same conditional mean given those before (independent
//! items do). Under optional stopping "p at most alpha at some time" has probability at most alpha.

mod bernstein;
mod betting;
mod boundaries;
mod bounded;
mod eprocess;
mod mixture;
mod spending;

pub use bernstein::BernsteinSequence;
pub use betting::BettingSequence;
pub use boundaries::{PlannedLook, boundaries};
pub use bounded::Bounds;
pub use eprocess::EProcess;
pub use mixture::{MixturePlan, NormalMixture};
pub use spending::{Spending, unbounded_adjusted, unbounded_level};

#[cfg(test)]
mod tests;
