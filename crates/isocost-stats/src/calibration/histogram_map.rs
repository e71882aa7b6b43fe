//! Recalibration by histogram binning.

use super::binning::{Binning, Closed, Edges};
use super::reliability::reliability;
use crate::{StatsError, StatsResult};

/// A map from a stated to an observed rate: constant on each of n bins of equal width, `[low, high)`, the last closed.
///
/// Source: Zadrozny and Elkan (2001). An empty bin gives its midpoint. Beware: a map whose rates are all the same is perfectly calibrated and
/// says nothing; look at [`super::Murphy::resolution`].
#[derive(Debug, Clone, PartialEq)]
pub struct HistogramMap {
    edges: Vec<f64>,
    rates: Vec<f64>,
}

impl HistogramMap {
    /// Observed rate of each bin.
    pub fn fit(confidences: &[f64], outcomes: &[bool], bins: usize, edges: Edges) -> StatsResult<Self> {
        let table = reliability(confidences, outcomes, Binning::Width { bins, closed: Closed::Left, edges })?;
        let rate =
            |bin: &super::Bin| if bin.count > 0 { bin.accuracy } else { f64::midpoint(bin.low, bin.high) };
        Ok(Self { edges: edges.of(bins), rates: table.bins.iter().map(rate).collect() })
    }

    /// From n + 1 edges, ascending, and n rates in 0..=1.
    pub fn from_parts(edges: Vec<f64>, rates: Vec<f64>) -> StatsResult<Self> {
        crate::error::check_lengths(
            "edges but the last, and rates",
            edges.len().saturating_sub(1),
            rates.len(),
        )?;
        if rates.is_empty() {
            return Err(StatsError::Empty("a map needs bins"));
        }
        crate::error::check_finite(&edges)?;
        if !edges.is_sorted() {
            return Err(StatsError::Degenerate("the edges of a map must ascend"));
        }
        match rates.iter().find(|rate| !(0.0..=1.0).contains(*rate)) {
            Some(rate) => Err(StatsError::OutOfRange { name: "rate", value: *rate, range: "in 0..=1" }),
            None => Ok(Self { edges, rates }),
        }
    }

    /// Edges of the bins, one more than there are rates.
    pub fn edges(&self) -> &[f64] {
        &self.edges
    }

    /// Rate of each bin.
    pub fn rates(&self) -> &[f64] {
        &self.rates
    }

    /// The rate of a confidence's bin; confidences below the first edge or above the last take the nearest bin. NaN is refused.
    pub fn apply(&self, confidence: f64) -> StatsResult<f64> {
        if confidence.is_nan() {
            return Err(StatsError::NotFinite { index: 0, value: confidence });
        }
        let bin = self.edges.partition_point(|edge| *edge <= confidence).saturating_sub(1);
        let last = self.rates.len().saturating_sub(1);
        self.rates.get(bin.min(last)).copied().ok_or(StatsError::Empty("a map needs bins"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_bin_keeps_its_midpoint_and_the_ends_reach_outwards() {
        let map = HistogramMap::fit(&[0.1, 0.2, 0.9], &[true, false, true], 4, Edges::Rounded).unwrap();
        assert_eq!(format!("{:?}", map.rates()), "[0.5, 0.375, 0.625, 1.0]");
        let applied: Vec<f64> = [-1.0, 0.3, 1.0, 7.0].iter().map(|q| map.apply(*q).unwrap()).collect();
        assert_eq!(format!("{applied:?}"), "[0.5, 0.375, 1.0, 1.0]");
        assert!(map.apply(f64::NAN).is_err());
    }

    #[test]
    fn a_malformed_map_is_refused() {
        assert!(HistogramMap::from_parts(vec![0.0, 1.0], vec![0.5, 0.5]).is_err());
        assert!(HistogramMap::from_parts(vec![0.0, 1.0], vec![1.5]).is_err());
        assert!(HistogramMap::from_parts(vec![1.0, 0.0], vec![0.5]).is_err());
        assert!(HistogramMap::from_parts(vec![0.0], vec![]).is_err());
    }

    #[test]
    fn a_fitted_map_is_calibrated_on_its_own_data() {
        let confidences: Vec<f64> = (0..100).map(|i| f64::from(i) / 100.0).collect();
        let outcomes: Vec<bool> = (0..100).map(|i| i % 7 < 3).collect();
        let map = HistogramMap::fit(&confidences, &outcomes, 10, Edges::Rounded).unwrap();
        let mapped: Vec<f64> = confidences.iter().map(|q| map.apply(*q).unwrap()).collect();
        assert!(reliability(&mapped, &outcomes, Binning::Mass { bins: 100 }).unwrap().ece() < 1e-12);
    }
}
