//! Bootstrap of the area under the curve: one sort, then O(items) a replicate.

use rayon::prelude::*;

use super::ranked::{Ranked, Resample};
use crate::bootstrap::Resampling;
use crate::error::check_lengths;
use crate::resampled::Resampled;
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
    let replicates = (0..resampling.replicates)
        .into_par_iter()
        .with_min_len(16)
        .map_init(|| Resample::new(ranked), |buffer, replicate| buffer.auc_of(draw.items(replicate)))
        .collect();
    Resampled::new(ranked.auc(), replicates)
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
    let replicates = (0..resampling.replicates)
        .into_par_iter()
        .with_min_len(16)
        .map_init(
            || (vec![0_u32; a.items()], Resample::new(a), Resample::new(b)),
            |(times, first, second), replicate| {
                times.fill(0);
                draw.items(replicate).for_each(|item| {
                    if let Some(count) = times.get_mut(item as usize) {
                        *count += 1;
                    }
                });
                Some(first.auc_of_counts(times)? - second.auc_of_counts(times)?)
            },
        )
        .collect();
    Resampled::new(a.auc() - b.auc(), replicates)
}

pub(super) fn check_same_labels(a: &Ranked, b: &Ranked) -> StatsResult<()> {
    check_lengths("two scores of the same items", a.items(), b.items())?;
    let same = a.cells().iter().zip(b.cells()).all(|(x, y)| x % 2 == y % 2);
    if same { Ok(()) } else { Err(StatsError::Degenerate("the two scores have different labels")) }
}

/// The items of each class, and how to draw from them.
struct Draw {
    seed: u64,
    classes: Vec<Vec<u32>>,
}

impl Draw {
    fn new(ranked: &Ranked, scheme: Scheme, resampling: Resampling) -> StatsResult<Self> {
        if resampling.replicates == 0 {
            return Err(StatsError::OutOfRange { name: "replicates", value: 0.0, range: "at least 1" });
        }
        let all = || (0..u32::MAX).zip(0..ranked.items()).map(|(item, _)| item);
        let classes = match scheme {
            Scheme::Items => vec![all().collect()],
            Scheme::WithinClass => {
                let (positives, negatives) = all().partition(|item| ranked.is_positive(*item as usize));
                vec![negatives, positives]
            }
        };
        Ok(Self { seed: resampling.seed, classes })
    }

    fn items(&self, replicate: u32) -> impl Iterator<Item = u32> {
        self.classes.iter().zip([DOMAIN, DOMAIN ^ 1]).flat_map(move |(class, domain)| {
            let mut stream = Stream::new(self.seed, domain, replicate.into());
            let size = u32::try_from(class.len()).unwrap_or(u32::MAX);
            (0..size).filter_map(move |_| class.get(stream.below(size) as usize).copied())
        })
    }
}
