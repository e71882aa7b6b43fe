//! The bootstrap of any statistic of items.

use rayon::prelude::*;

use super::draws::Draws;
use super::{Replicates, Resampling, domain};
use crate::{StatsError, StatsResult, Stream};

/// Items of one resample, in two forms.
#[derive(Debug, Clone, Copy)]
pub struct Sample<'a> {
    indices: &'a [u32],
    counts: &'a [u32],
}

impl<'a> Sample<'a> {
    /// The drawn items by number from 0, with repeats.
    pub fn indices(&self) -> impl ExactSizeIterator<Item = usize> + Clone + use<'a> {
        self.indices.iter().map(|index| *index as usize)
    }

    /// How often each of the n items was drawn.
    pub fn counts(&self) -> &'a [u32] {
        self.counts
    }

    /// The drawn values of a variable with one value an item; items beyond its end are left out.
    pub fn pick<'v>(&self, values: &'v [f64]) -> impl Iterator<Item = f64> + use<'a, 'v> {
        self.indices.iter().filter_map(|index| values.get(*index as usize).copied())
    }
}

/// Replicates of a statistic that may be undefined on some resamples.
#[derive(Debug, Clone, PartialEq)]
pub struct Resampled {
    /// Those on which it is defined.
    pub replicates: Replicates,
    /// Number of resamples on which it was not (`None`, NaN or infinite). An interval leaves them out: mistrust it if there are many.
    pub undefined: u32,
}

/// Resamples n items with replacement and evaluates the statistic on each resample. It is called from several threads, in any order.
///
/// An error where the statistic is undefined on the items themselves or on every resample, and for n of 0 or above 2³² − 1.
pub fn statistic<F>(n: usize, resampling: Resampling, statistic: F) -> StatsResult<Resampled>
where
    F: Fn(Sample<'_>) -> Option<f64> + Sync,
{
    resampling.check()?;
    let size = size(n)?;
    let estimate = on_all(size, &statistic)?;
    let draws = Draws::below(size);
    let found: Vec<Option<f64>> = (0..resampling.replicates)
        .into_par_iter()
        .map_init(
            || (vec![0; n], vec![0; n]),
            |(indices, counts), index| {
                let mut stream = Stream::new(resampling.seed, domain::STATISTIC, index.into());
                draws.fill(&mut stream, indices);
                counts.fill(0);
                for index in indices.iter() {
                    if let Some(count) = counts.get_mut(*index as usize) {
                        *count += 1;
                    }
                }
                statistic(Sample { indices, counts }).filter(|value| value.is_finite())
            },
        )
        .collect();
    let defined: Vec<f64> = found.iter().flatten().copied().collect();
    let undefined = found.iter().filter(|value| value.is_none()).count();
    if defined.is_empty() {
        return Err(StatsError::Undetermined("the statistic is undefined on every resample"));
    }
    let undefined = u32::try_from(undefined).unwrap_or(resampling.replicates);
    Ok(Resampled { replicates: Replicates::new(estimate, defined), undefined })
}

fn size(n: usize) -> StatsResult<u32> {
    match u32::try_from(n) {
        Ok(0) => Err(StatsError::Empty("a bootstrap needs items")),
        Ok(size) => Ok(size),
        Err(_) => Err(StatsError::OutOfRange { name: "items", value: n as f64, range: "below 2^32" }),
    }
}

fn on_all<F: Fn(Sample<'_>) -> Option<f64>>(size: u32, statistic: F) -> StatsResult<f64> {
    let indices: Vec<u32> = (0..size).collect();
    let counts = vec![1; indices.len()];
    statistic(Sample { indices: &indices, counts: &counts })
        .filter(|value| value.is_finite())
        .ok_or(StatsError::Undetermined("the statistic is undefined on the items themselves"))
}

/// The statistic without each item in turn, for [`super::acceleration`]. An error where it is undefined on any of these, and below two items.
pub fn jackknife<F>(n: usize, statistic: F) -> StatsResult<Vec<f64>>
where
    F: Fn(Sample<'_>) -> Option<f64> + Sync,
{
    let size = size(n)?;
    if n < 2 {
        return Err(StatsError::TooFew { what: "a jackknife", needed: 2, found: n });
    }
    (0..size)
        .into_par_iter()
        .map(|out| {
            let indices: Vec<u32> = (0..size).filter(|index| *index != out).collect();
            let counts: Vec<u32> = (0..size).map(|index| u32::from(index != out)).collect();
            statistic(Sample { indices: &indices, counts: &counts })
                .filter(|value| value.is_finite())
                .ok_or(StatsError::Undetermined("the statistic is undefined without one of the items"))
        })
        .collect()
}
