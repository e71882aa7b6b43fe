//! Which confidences share a bin. Conventions differ between the reference systems in ways that move values at the edges.

use crate::{StatsError, StatsResult};

const MOST_BINS: usize = 1 << 20;

/// Where the edges of equal-width bins over 0..=1 lie as floating-point numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Edges {
    /// i / n, each correctly rounded: a printed 0.3 is the edge 0.3.
    #[default]
    Rounded,
    /// i · (1 / n), as `numpy.linspace` has them: of ten bins the edge is 0.30000000000000004, so 0.3 lies below it.
    Linspace,
    /// In 32 bits as `torch.linspace` has them, from both ends to the middle; for confidences that were 32-bit numbers.
    Linspace32,
}

/// Which end of a bin belongs to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Closed {
    /// `[low, high)`, the last bin `[low, high]`.
    #[default]
    Left,
    /// `(low, high]`: a confidence of 0 is in no bin (it still counts in the number of items).
    Right,
}

/// How confidences are put into bins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Binning {
    /// Bins of equal width over 0..=1.
    Width {
        /// Number of bins.
        bins: usize,
        /// Which end belongs to a bin.
        closed: Closed,
        /// The edges as floating-point numbers.
        edges: Edges,
    },
    /// Bins of as nearly equal count as ties allow: equal confidences never part, they stay in the lower bin.
    Mass {
        /// Number of bins; fewer come out if ties fill several.
        bins: usize,
    },
}

impl Default for Binning {
    /// Ten bins of equal width, `[low, high)`.
    fn default() -> Self {
        Self::Width { bins: 10, closed: Closed::Left, edges: Edges::Rounded }
    }
}

/// Edges of each bin, and the bin of each value.
pub(super) struct Assignment {
    pub(super) ends: Vec<(f64, f64)>,
    pub(super) bin_of: Vec<Option<usize>>,
}

impl Binning {
    /// Refuses 0 bins and more than 2²⁰; the values are already known to be in 0..=1.
    pub(super) fn assign(self, values: &[f64]) -> StatsResult<Assignment> {
        let (Self::Width { bins, .. } | Self::Mass { bins }) = self;
        if bins == 0 || bins > MOST_BINS {
            return Err(StatsError::OutOfRange { name: "bins", value: bins as f64, range: "in 1..=2^20" });
        }
        Ok(match self {
            Self::Width { closed, edges, .. } => by_width(values, &edges.of(bins), closed),
            Self::Mass { .. } => by_mass(values, bins),
        })
    }
}

impl Edges {
    /// The n + 1 edges of n ≥ 1 bins, from 0 to 1.
    pub fn of(self, bins: usize) -> Vec<f64> {
        let last = bins.max(1);
        let edge = |i: usize| match self {
            _ if i == last => 1.0,
            Self::Rounded => i as f64 / last as f64,
            Self::Linspace => i as f64 * (1.0 / last as f64),
            Self::Linspace32 => f64::from(edge_32(i, last)),
        };
        (0..=last).map(edge).collect()
    }
}

fn edge_32(i: usize, last: usize) -> f32 {
    let step = 1.0_f32 / last as f32;
    if i < last.div_ceil(2) { step * i as f32 } else { 1.0 - step * (last - i) as f32 }
}

fn by_width(values: &[f64], edges: &[f64], closed: Closed) -> Assignment {
    let last = edges.len().saturating_sub(2);
    let bin = |value: &f64| match closed {
        Closed::Left => edges.partition_point(|edge| edge <= value).checked_sub(1).map(|bin| bin.min(last)),
        Closed::Right => edges.partition_point(|edge| edge < value).checked_sub(1).map(|bin| bin.min(last)),
    };
    let ends = edges.iter().zip(edges.iter().skip(1)).map(|(low, high)| (*low, *high)).collect();
    Assignment { ends, bin_of: values.iter().map(bin).collect() }
}

fn by_mass(values: &[f64], bins: usize) -> Assignment {
    let mut ascending: Vec<(f64, usize)> = values.iter().map(|value| value + 0.0).zip(0..).collect();
    ascending.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let mut assignment = Assignment { ends: Vec::new(), bin_of: vec![None; values.len()] };
    let mut filled = 0;
    for run in ascending.chunk_by(|a, b| a.0.total_cmp(&b.0).is_eq()) {
        let Some((value, _)) = run.first() else { continue };
        // The bin that holds the run's first item if nothing were tied.
        let due = assignment.ends.len() * values.len() <= filled * bins;
        match assignment.ends.last_mut() {
            Some((_, high)) if !due => *high = *value,
            _ => assignment.ends.push((*value, *value)),
        }
        let bin = assignment.ends.len() - 1;
        for (_, item) in run {
            if let Some(slot) = assignment.bin_of.get_mut(*item) {
                *slot = Some(bin);
            }
        }
        filled += run.len();
    }
    assignment
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bins(binning: Binning, values: &[f64]) -> Vec<Option<usize>> {
        binning.assign(values).unwrap().bin_of
    }

    fn width(closed: Closed, edges: Edges) -> Binning {
        Binning::Width { bins: 10, closed, edges }
    }

    #[test]
    fn the_conventions_differ_only_at_the_edges() {
        let values = [0.0, 0.3, 0.35, 1.0];
        let found = |closed, edges| bins(width(closed, edges), &values);
        assert_eq!(found(Closed::Left, Edges::Rounded), [Some(0), Some(3), Some(3), Some(9)]);
        assert_eq!(found(Closed::Left, Edges::Linspace), [Some(0), Some(2), Some(3), Some(9)]);
        assert_eq!(found(Closed::Right, Edges::Rounded), [None, Some(2), Some(3), Some(9)]);
    }

    #[test]
    fn equal_mass_never_parts_equal_values() {
        let binning = Binning::Mass { bins: 2 };
        assert_eq!(bins(binning, &[0.1, 0.2, 0.3, 0.4]), [Some(0), Some(0), Some(1), Some(1)]);
        assert_eq!(bins(binning, &[0.5, 0.5, 0.5, 0.9]), [Some(0), Some(0), Some(0), Some(1)]);
        assert_eq!(bins(binning, &[0.5; 3]), [Some(0); 3]);
        assert_eq!(bins(Binning::Mass { bins: 9 }, &[0.2, 0.1]), [Some(1), Some(0)]);
    }

    #[test]
    fn no_bins_and_absurdly_many_are_refused() {
        assert!(Binning::Mass { bins: 0 }.assign(&[0.5]).is_err());
        let many = Binning::Width { bins: usize::MAX, closed: Closed::Left, edges: Edges::Rounded };
        assert!(many.assign(&[0.5]).is_err());
    }
}
