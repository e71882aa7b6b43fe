//! The volume that a set of points dominates.

use super::dominance::Points;
use crate::error::{check_finite, check_lengths};
use crate::{StatsError, StatsResult};

/// Exact slicing costs O(n^(d−1)); beyond this many objectives it is not practical.
const MOST_OBJECTIVES: usize = 8;

impl Points {
    /// Volume between the points and a reference point that all of them should beat, in the product of the objectives' units.
    ///
    /// Exact, by slicing one objective after the other (Knowles 2002; While et al. 2006, "HSO"), in two objectives by one sweep. A point that does
    /// not beat the reference in every objective adds nothing. Duplicates and dominated points add nothing. No points: 0. At most 8 objectives.
    pub fn hypervolume(&self, reference: &[f64]) -> StatsResult<f64> {
        check_lengths("objectives and values of the reference", self.directions.len(), reference.len())?;
        check_finite(reference)?;
        if self.directions.len() > MOST_OBJECTIVES {
            let value = self.directions.len() as f64;
            return Err(StatsError::OutOfRange { name: "objectives", value, range: "at most 8" });
        }
        let gains = self.rows.iter().map(|row| {
            let pairs = row.iter().zip(reference).zip(&self.directions);
            pairs.map(|((value, reference), direction)| direction.gain(*value, *reference)).collect()
        });
        let gains: Vec<Vec<f64>> =
            gains.filter(|gains: &Vec<f64>| gains.iter().all(|gain| *gain > 0.0)).collect();
        let rows: Vec<&[f64]> = gains.iter().map(Vec::as_slice).collect();
        Ok(volume(&rows, self.directions.len()))
    }
}

/// Volume of the union of boxes from the origin to each point, over the first `dimensions` coordinates. Recursion depth: `dimensions`.
fn volume(points: &[&[f64]], dimensions: usize) -> f64 {
    let Some(last) = dimensions.checked_sub(1) else { return 0.0 };
    let height = |point: &&[f64]| point.get(last).copied().unwrap_or_default();
    let mut falling = points.to_vec();
    falling.sort_by(|a, b| height(b).total_cmp(&height(a)));
    if dimensions == 1 {
        return falling.first().map(height).unwrap_or_default();
    }
    if dimensions == 2 {
        return sweep(&falling);
    }
    // Slice k has the k+1 highest points and reaches down to the next height.
    let mut total = 0.0;
    for (k, point) in falling.iter().enumerate() {
        let below = falling.get(k + 1).map(height).unwrap_or_default();
        let thickness = height(point) - below;
        if thickness > 0.0 {
            total += thickness * volume(falling.get(..=k).unwrap_or_default(), last);
        }
    }
    total
}

/// Two coordinates, sorted by the second, falling.
fn sweep(falling: &[&[f64]]) -> f64 {
    let (mut reach, mut total) = (0.0_f64, 0.0);
    for point in falling {
        if let [x, y, ..] = point
            && *x > reach
        {
            total += (x - reach) * y;
            reach = *x;
        }
    }
    total
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::Direction;
    use super::*;

    fn of(rows: Vec<Vec<f64>>, reference: &[f64]) -> f64 {
        Points::new(vec![Direction::Max; reference.len()], rows).unwrap().hypervolume(reference).unwrap()
    }

    #[test]
    fn a_cost_and_a_quality_are_measured_from_the_reference_inwards() {
        let points =
            Points::new(vec![Direction::Max, Direction::Min], vec![vec![0.8, 10.0], vec![0.5, 4.0]]).unwrap();
        assert!((points.hypervolume(&[0.0, 20.0]).unwrap() - (0.5 * 16.0 + 0.3 * 10.0)).abs() < 1e-12);
        assert_eq!(points.hypervolume(&[0.9, 20.0]), Ok(0.0));
        assert!(points.hypervolume(&[0.9]).is_err());
    }

    #[test]
    fn no_points_have_no_volume() {
        assert_eq!(of(vec![], &[0.0, 0.0, 0.0]).to_bits(), 0.0_f64.to_bits());
    }

    proptest! {
        /// Independent count: unit cells of the integer grid below some point.
        #[test]
        fn the_volume_of_integer_points_counts_the_cells_they_dominate(
            rows in prop::collection::vec(prop::collection::vec(0_u8..5, 4), 0..12),
        ) {
            let cells = (0..5_u32.pow(4)).filter(|cell| {
                let corner: Vec<u32> = (0..4).map(|axis| cell / 5_u32.pow(axis) % 5).collect();
                rows.iter().any(|row| row.iter().zip(&corner).all(|(value, low)| u32::from(*value) > *low))
            });
            let expected = cells.count() as f64;
            let points = rows.iter().map(|row| row.iter().map(|v| f64::from(*v)).collect()).collect();
            prop_assert!((of(points, &[0.0; 4]) - expected).abs() < 1e-9);
        }
    }
}
