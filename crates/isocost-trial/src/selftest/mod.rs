//! The judge judged: simulated worlds go through the whole path, from outcome table to verdict, and false claims are counted.

mod lab;
mod noise;
mod parts;
mod plan;
mod row;
mod world;

use parts::Part;

pub use plan::{Effort, SelftestPlan};
pub use row::{Expectation, Power, Rate, SelftestRow};

use isocost_stats::StatsResult;
use schemars::JsonSchema;
use serde::Serialize;

/// What the self-test found.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Selftest {
    /// `isocost/selftest/1`.
    pub schema: String,
    /// Worlds a row.
    pub worlds: u32,
    /// Seed of the random streams.
    pub seed: u64,
    /// Bootstrap replicates in each world; fewer than outside the self-test.
    pub replicates: u32,
    /// One row a method in a world.
    pub rows: Vec<SelftestRow>,
    /// Whether every method that must hold does.
    pub holds: bool,
}

impl Selftest {
    /// Value of the field `schema`.
    pub const SCHEMA: &'static str = "isocost/selftest/1";
}

/// Simulates all worlds. The same plan gives the same result at any number of threads.
///
/// A method that must hold is said not to where the Clopper–Pearson bound of its rate of false claims lies above the nominal rate, at 5 % over all
/// such rows together (Bonferroni): a correct judge fails the self-test with at most that chance, whatever the seed.
pub fn selftest(plan: &SelftestPlan) -> StatsResult<Selftest> {
    let lab = lab::Lab::new(plan);
    let mut rows = Vec::new();
    for part in Part::ALL {
        rows.extend(part.rows(&lab)?);
    }
    row::decide(&mut rows)?;
    let holds = rows.iter().all(|row| row.holds || row.expectation != Expectation::MustHold);
    Ok(Selftest {
        schema: Selftest::SCHEMA.to_owned(),
        worlds: plan.worlds(),
        seed: plan.seed,
        replicates: lab::REPLICATES,
        rows,
        holds,
    })
}

#[cfg(test)]
mod tests;
