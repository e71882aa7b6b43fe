//! Counting over worlds.

use isocost_ledger::rule::parse;
use isocost_stats::bootstrap::Resampling;
use isocost_stats::{StatsError, StatsResult};
use rayon::prelude::*;

use super::SelftestPlan;
use super::noise::Noise;
use super::row::{Expectation, Power, Rate, SelftestRow};
use crate::chain::LookBook;
use crate::claim::{ClaimInput, ClaimSpec, Decision, NoArtifacts, Status, decide};
use crate::table::OutcomeTable;

/// Bootstrap replicates a world. Fewer make p coarser (never below 1/1000) and no smaller.
pub(super) const REPLICATES: u32 = 999;

/// Where worlds are simulated.
pub(super) struct Lab {
    worlds: u32,
    seed: u64,
}

/// What a row is about.
pub(super) struct Subject<'s> {
    pub(super) part: &'s str,
    pub(super) method: &'s str,
    pub(super) world: String,
    pub(super) nominal: f64,
    pub(super) expectation: Expectation,
}

impl Lab {
    pub(super) fn new(plan: &SelftestPlan) -> Self {
        Self { worlds: plan.worlds(), seed: plan.seed }
    }

    /// A row: how often `claims` is true in worlds without an effect, and in worlds with one. `claims` is handed the effect and says whether a claim was
    /// supported; a world that cannot be built is an error.
    pub(super) fn row(
        &self,
        subject: Subject<'_>,
        effect: Option<f64>,
        claims: impl Fn(&mut Noise, f64) -> Option<bool> + Sync,
    ) -> StatsResult<SelftestRow> {
        self.between(subject, 0.0, effect, claims)
    }

    /// The same where the null hypothesis is another effect than 0.
    pub(super) fn between(
        &self,
        subject: Subject<'_>,
        null: f64,
        effect: Option<f64>,
        claims: impl Fn(&mut Noise, f64) -> Option<bool> + Sync,
    ) -> StatsResult<SelftestRow> {
        let Subject { part, method, world, nominal, expectation } = subject;
        let name = format!("{part}/{method}/{world}");
        let false_claims = self.count(&format!("{name}/null"), |noise| claims(noise, null))?;
        let power = match effect {
            Some(effect) => {
                let rate = self.count(&format!("{name}/effect"), |noise| claims(noise, effect))?;
                Some(Power { effect, rate })
            }
            None => None,
        };
        Ok(SelftestRow {
            part: part.to_owned(),
            method: method.to_owned(),
            world,
            nominal,
            false_claims,
            power,
            expectation,
            holds: false,
        })
    }

    /// The share of worlds in which something happens. Worlds are numbered, and each has its own stream.
    fn count(&self, name: &str, happens: impl Fn(&mut Noise) -> Option<bool> + Sync) -> StatsResult<Rate> {
        let domain = domain(name);
        let outcomes: Option<Vec<bool>> = (0..u64::from(self.worlds))
            .into_par_iter()
            .map(|world| happens(&mut Noise::new(self.seed, domain, world)))
            .collect();
        let outcomes = outcomes.ok_or(StatsError::Undetermined("a simulated world could not be built"))?;
        let count = outcomes.into_iter().filter(|happened| *happened).count();
        Rate::new(u64::try_from(count).unwrap_or(u64::MAX), u64::from(self.worlds))
    }
}

/// Each use of the seed has its own streams, by name: a new row changes no other.
fn domain(name: &str) -> u32 {
    let [a, b, c, d, ..] = *blake3::hash(name.as_bytes()).as_bytes();
    u32::from_le_bytes([a, b, c, d])
}

/// A claim that compares two arms on the test split.
pub(super) fn claim(id: &str, left: &str, rule: &str) -> Option<ClaimSpec> {
    Some(ClaimSpec {
        compare: Some((left.into(), "base".into())),
        split: Some("test".into()),
        resampling: Resampling { replicates: REPLICATES, seed: 1 },
        ..ClaimSpec::new(id, "it is better", parse(rule).ok()?)
    })
}

/// Decides claims on a table, as `isocost prove` does.
pub(super) fn decided(specs: &[ClaimSpec], table: &OutcomeTable, book: &LookBook) -> Vec<Decision> {
    let inputs: Vec<ClaimInput<'_>> = specs
        .iter()
        .map(|spec| ClaimInput { spec, table: Some(table), artifacts: &NoArtifacts, problems: Vec::new() })
        .collect();
    decide(&inputs, book)
}

/// Whether the one claim is supported.
pub(super) fn supported(spec: &ClaimSpec, table: &OutcomeTable) -> bool {
    let decisions = decided(std::slice::from_ref(spec), table, &LookBook::default());
    decisions.iter().any(|decision| decision.verdict.status == Status::Supported)
}
