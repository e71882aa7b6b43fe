//! Seeds that are no replicates.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::pair::{Pairing, Side};
use crate::Seed;

/// What the seeds changed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Replication {
    /// The left arm has the same value for each item under every seed.
    pub left_is_constant: bool,
    /// The right arm has the same value for each item under every seed.
    pub right_is_constant: bool,
    /// Seeds under which both arms repeat every value of an earlier seed: (the later, the earlier).
    pub repeats: Vec<(Seed, Seed)>,
}

impl Replication {
    pub(super) fn of(pairing: &Pairing) -> Self {
        let seeds = pairing.seeds.len();
        if seeds < 2 {
            return Self::default();
        }
        let (left, right) = (&pairing.left, &pairing.right);
        let constant = |side: &Side| (1..seeds).all(|column| same(side, seeds, 0, column));
        let earlier = |column: usize| {
            (0..column)
                .find(|before| same(left, seeds, *before, column) && same(right, seeds, *before, column))
        };
        let name = |column: usize| pairing.seeds.get(column).cloned();
        let repeats =
            (1..seeds).filter_map(|column| Some((name(column)?, name(earlier(column)?)?))).collect();
        Self { left_is_constant: constant(left), right_is_constant: constant(right), repeats }
    }

    /// Whether no seed changed anything.
    pub fn is_none(&self) -> bool {
        self.left_is_constant && self.right_is_constant
    }
}

fn same(side: &Side, seeds: usize, a: usize, b: usize) -> bool {
    side.values.chunks_exact(seeds).all(|row| match (row.get(a), row.get(b)) {
        (Some(x), Some(y)) => x.to_bits() == y.to_bits(),
        _ => false,
    })
}
