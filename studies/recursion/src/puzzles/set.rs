//! Training and test puzzles that share nothing.

use std::collections::BTreeSet;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::{Backtracks, PuzzleError, PuzzleResult, Rated, Recipe, class_key, generate};

/// Puzzles are made in rounds of so many, so that the result does not depend on the number of threads.
const ROUND: u64 = 1024;
/// Rounds without a new puzzle after which there are taken to be no more.
const PATIENCE: u32 = 64;

/// Which puzzles are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetRequest {
    /// The kind.
    pub recipe: Recipe,
    /// Only puzzles at least this hard.
    pub least: Backtracks,
    /// Puzzles to train on.
    pub train: usize,
    /// Puzzles to choose thresholds on.
    pub validation: usize,
    /// Puzzles to test on.
    pub test: usize,
    /// Seed of everything.
    pub seed: u64,
}

/// Three sets that no symmetry connects (for 4 × 4: that share no puzzle).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PuzzleSet {
    /// To train on.
    pub train: Vec<Rated>,
    /// To choose thresholds on.
    pub validation: Vec<Rated>,
    /// To test on.
    pub test: Vec<Rated>,
}

/// Makes puzzles until there are enough different ones. The first go to the test set, the next to the validation set, the rest to the training set:
/// more training puzzles do not change the test.
pub fn make_sets(request: &SetRequest) -> PuzzleResult<PuzzleSet> {
    let wanted = request.train.saturating_add(request.validation).saturating_add(request.test);
    let mut kept: Vec<Rated> = Vec::with_capacity(wanted.min(1 << 20));
    let mut seen = BTreeSet::new();
    let (mut number, mut fruitless) = (0, 0);
    while kept.len() < wanted {
        let round: Vec<_> = (number..number + ROUND)
            .into_par_iter()
            .map(|number| generate(request.recipe, request.seed, number))
            .filter(|rated| rated.backtracks >= request.least)
            .map(|rated| (class_key(&rated.puzzle, &rated.solution), rated))
            .collect();
        number += ROUND;
        let before = kept.len();
        for (key, rated) in round {
            if kept.len() < wanted && seen.insert(key) {
                kept.push(rated);
            }
        }
        fruitless = if kept.len() == before { fruitless + 1 } else { 0 };
        if fruitless >= PATIENCE {
            let shape = request.recipe.shape;
            return Err(PuzzleError::Exhausted { shape, wanted, found: kept.len(), tried: number });
        }
    }
    let train = kept.split_off(request.test + request.validation);
    let validation = kept.split_off(request.test);
    Ok(PuzzleSet { train, validation, test: kept })
}
