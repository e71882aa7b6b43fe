//! Dominance and the front.

use crate::error::check_finite;
use crate::{StatsError, StatsResult};

/// Differences up to this are none: the value of the grounding reports.
pub const DOMINANCE_EPS: f64 = 1e-12;

/// Which way an objective improves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Larger is better.
    Max,
    /// Smaller is better.
    Min,
}

impl Direction {
    /// How much better `a` is than `b`; negative if worse.
    pub(super) fn gain(self, a: f64, b: f64) -> f64 {
        match self {
            Self::Max => a - b,
            Self::Min => b - a,
        }
    }
}

/// Whether `a` dominates `b`: no worse by more than `eps` in any objective, better by more than `eps` in at least one.
///
/// Equal points do not dominate each other. Values beyond the shorter list are not compared; NaN neither dominates nor is dominated in its objective.
/// With `eps` > 0 dominance is not transitive, so a chain of small steps can leave each other's fronts: keep `eps` at rounding size.
pub fn dominates(a: &[f64], b: &[f64], directions: &[Direction], eps: f64) -> bool {
    let mut better = false;
    for ((a, b), direction) in a.iter().zip(b).zip(directions) {
        let gain = direction.gain(*a, *b);
        if gain < -eps || gain.is_nan() {
            return false;
        }
        better |= gain > eps;
    }
    better
}

/// Points with the same objectives.
#[derive(Debug, Clone, PartialEq)]
pub struct Points {
    pub(super) directions: Vec<Direction>,
    pub(super) rows: Vec<Vec<f64>>,
}

impl Points {
    /// One row a point, one value an objective. Refuses no objective, rows of other lengths, NaN and infinities (say what a missing objective means before).
    pub fn new(directions: Vec<Direction>, rows: Vec<Vec<f64>>) -> StatsResult<Self> {
        if directions.is_empty() {
            return Err(StatsError::Empty("a front needs objectives"));
        }
        for row in &rows {
            crate::error::check_lengths("objectives and values of a point", directions.len(), row.len())?;
            check_finite(row)?;
        }
        Ok(Self { directions, rows })
    }

    /// Positions of the points that no other dominates, ascending. Duplicates of a point on the front are all on it. O(n² d).
    pub fn front(&self, eps: f64) -> StatsResult<Vec<usize>> {
        if !(0.0..f64::INFINITY).contains(&eps) {
            return Err(StatsError::OutOfRange { name: "eps", value: eps, range: "0 or more" });
        }
        let dominated =
            |row: &Vec<f64>| self.rows.iter().any(|other| dominates(other, row, &self.directions, eps));
        Ok(self.rows.iter().enumerate().filter(|(_, row)| !dominated(row)).map(|(i, _)| i).collect())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const BOTH: [Direction; 2] = [Direction::Max, Direction::Min];

    #[test]
    fn duplicates_stay_on_the_front_and_rounding_does_not_dominate() {
        let rows = vec![vec![0.5, 3.0], vec![0.5, 3.0], vec![0.5 + 1e-13, 3.0], vec![0.4, 3.0]];
        let points = Points::new(BOTH.to_vec(), rows).unwrap();
        assert_eq!(points.front(DOMINANCE_EPS), Ok(vec![0, 1, 2]));
        assert_eq!(points.front(0.0), Ok(vec![2]));
    }

    #[test]
    fn malformed_points_are_refused() {
        assert!(Points::new(vec![], vec![]).is_err());
        assert!(Points::new(BOTH.to_vec(), vec![vec![1.0]]).is_err());
        assert!(Points::new(BOTH.to_vec(), vec![vec![1.0, f64::NAN]]).is_err());
        let points = Points::new(BOTH.to_vec(), vec![]).unwrap();
        assert_eq!(points.front(0.0), Ok(vec![]));
        assert!(points.front(f64::NAN).is_err());
    }

    proptest! {
        #[test]
        fn every_point_off_the_front_is_dominated_by_one_on_it(
            rows in prop::collection::vec(prop::collection::vec(0_u8..6, 3), 1..25),
        ) {
            let directions = vec![Direction::Max, Direction::Min, Direction::Max];
            let rows: Vec<Vec<f64>> = rows.iter().map(|row| row.iter().map(|v| f64::from(*v)).collect()).collect();
            let front = Points::new(directions.clone(), rows.clone()).unwrap().front(0.0).unwrap();
            prop_assert!(!front.is_empty());
            for (i, row) in rows.iter().enumerate() {
                let by_front = front.iter().any(|f| dominates(&rows[*f], row, &directions, 0.0));
                prop_assert_eq!(by_front, !front.contains(&i));
            }
        }
    }
}
