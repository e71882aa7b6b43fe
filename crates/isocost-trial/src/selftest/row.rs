//! What was found for one method in one world.

use isocost_stats::proportion::{Count, Sides, clopper_pearson};
use isocost_stats::{Alpha, Interval, StatsResult};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a row is there for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Expectation {
    /// isocost vouches for it: the rate must not be above the nominal one.
    MustHold,
    /// A contrast: it is known to fail, and the row shows how badly.
    Contrast,
}

/// A share of worlds.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rate {
    /// Worlds in which it happened.
    pub count: u64,
    /// All worlds.
    pub worlds: u64,
    /// Their share.
    pub share: f64,
    /// Clopper–Pearson interval at 95 %.
    pub interval: Interval,
}

impl Rate {
    pub(super) fn new(count: u64, worlds: u64) -> StatsResult<Self> {
        let counted = Count::new(count, worlds)?;
        let interval = clopper_pearson(counted, Alpha::FIVE_PERCENT, Sides::Both);
        Ok(Self { count, worlds, share: counted.estimate(), interval })
    }
}

/// The power at one effect.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Power {
    /// The effect.
    pub effect: f64,
    /// How often it was shown.
    pub rate: Rate,
}

/// One method in one world.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SelftestRow {
    /// `default`, `tests`, `looks`, `selection`, `family`, `equivalence`, `naive protocol`.
    pub part: String,
    /// The method, as a claim would declare it.
    pub method: String,
    /// The world.
    pub world: String,
    /// What a false claim is bounded by.
    pub nominal: f64,
    /// False claims where nothing is true.
    pub false_claims: Rate,
    /// True claims where there is an effect.
    pub power: Option<Power>,
    /// What the row is there for.
    pub expectation: Expectation,
    /// Whether the rate may be at most the nominal one.
    pub holds: bool,
}

/// Decides which rows hold: 5 % over all rows that must, and for each contrast.
pub(super) fn decide(rows: &mut [SelftestRow]) -> StatsResult<()> {
    let vouched = rows.iter().filter(|row| row.expectation == Expectation::MustHold).count().max(1);
    for row in rows {
        let among = if row.expectation == Expectation::MustHold { vouched } else { 1 };
        let alpha = Alpha::new(0.05 / among as f64)?;
        let count = Count::new(row.false_claims.count, row.false_claims.worlds)?;
        row.holds = clopper_pearson(count, alpha, Sides::Lower).low <= row.nominal;
    }
    Ok(())
}
