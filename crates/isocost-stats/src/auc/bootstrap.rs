//! Bootstrap of the area under the curve: one sort, then O(items) a replicate.

use rayon::prelude::*;

use super::ranked::{Ranked, Resample};
use crate::bootstrap::draws::Draws;
use crate::bootstrap::{Resampled, Resampling};
use crate::error::check_lengths;
use crate::resampled::resampled;
use crate::{StatsError, StatsResult, Stream};

const DOMAIN: u32 = 0xA0C0_0001;

/// What a replicate draws.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Scheme {
    /// Items; the numbers of positives and negatives vary. Replicates of a single class are undefined.
    #[default]
    Items,
    /// Positives among positives and negatives among negatives; both numbers stay fixed.
    WithinClass,
}

/// Replicates of the area under the curve. Same bytes at any number of threads.
pub fn bootstrap(ranked: &Ranked, scheme: Scheme, resampling: Resampling) -> StatsResult<Resampled> {
    let draw = Draw::new(ranked, scheme, resampling)?;
    let found = (0..resampling.replicates)
        .into_par_iter()
        .with_min_len(16)
        .map_init(
            || (Vec::new(), Resample::new(ranked)),
            |(items, resample), replicate| {
                draw.items(replicate, items);
                resample.auc_of(items.iter().copied())
            },
        )
        .collect();
    resampled(ranked.auc(), found)
}

/// Replicates of AUC(a) − AUC(b) for two scores of the same items; each replicate draws its items once for both.
///
/// An error if the labels differ.
pub fn bootstrap_difference(
    a: &Ranked,
    b: &Ranked,
    scheme: Scheme,
    resampling: Resampling,
) -> StatsResult<Resampled> {
    check_same_labels(a, b)?;
    let draw = Draw::new(a, scheme, resampling)?;
    let found = (0..resampling.replicates)
        .into_par_iter()
        .with_min_len(16)
        .map_init(
            || (Vec::new(), Resample::new(a), Resample::new(b)),
            |(items, first, second), replicate| {
                draw.items(replicate, items);
                Some(first.auc_of(items.iter().copied())? - second.auc_of(items.iter().copied())?)
            },
        )
        .collect();
    resampled(a.auc() - b.auc(), found)
}

pub(super) fn check_same_labels(a: &Ranked, b: &Ranked) -> StatsResult<()> {
    check_lengths("two scores of the same items", a.items(), b.items())?;
    let same = a.cells().iter().zip(b.cells()).all(|(x, y)| x % 2 == y % 2);
    if same { Ok(()) } else { Err(StatsError::Degenerate("the two scores have different labels")) }
}

/// From which items a replicate draws.
struct Draw {
    seed: u64,
    from: From,
}

enum From {
    /// Any of this many.
    All(u32),
    /// As many as each list has.
    Classes([Vec<u32>; 2]),
}

impl Draw {
    fn new(ranked: &Ranked, scheme: Scheme, resampling: Resampling) -> StatsResult<Self> {
        if resampling.replicates == 0 {
            return Err(StatsError::OutOfRange { name: "replicates", value: 0.0, range: "at least 1" });
        }
        let items = u32::try_from(ranked.items()).unwrap_or(u32::MAX);
        let from = match scheme {
            Scheme::Items => From::All(items),
            Scheme::WithinClass => {
                let (positives, negatives) = (0..items).partition(|item| ranked.is_positive(*item as usize));
                From::Classes([negatives, positives])
            }
        };
        Ok(Self { seed: resampling.seed, from })
    }

    fn items(&self, replicate: u32, out: &mut Vec<u32>) {
        let mut stream = Stream::new(self.seed, DOMAIN, replicate.into());
        match &self.from {
            From::All(items) => {
                out.resize(*items as usize, 0);
                Draws::below(*items).fill(&mut stream, out);
            }
            From::Classes(classes) => {
                out.resize(classes.iter().map(Vec::len).sum(), 0);
                let mut rest = out.as_mut_slice();
                for class in classes {
                    let (own, others) = rest.split_at_mut(class.len());
                    let size = u32::try_from(class.len()).unwrap_or(u32::MAX);
                    Draws::below(size).fill(&mut stream, own);
                    for slot in own {
                        *slot = class.get(*slot as usize).copied().unwrap_or_default();
                    }
                    rest = others;
                }
            }
        }
    }
}
