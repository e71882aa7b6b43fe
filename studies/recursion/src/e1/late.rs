//! Late drift: how far the state still moves in the last segments.

use super::reals::{Drift, Reals};

const SEGMENTS: usize = 4;
const FLOOR: f64 = 1e-12;

/// Mean of the last four drifts of each row (of all, where there are fewer), summed from left to right in their own width.
pub(crate) fn means(drift: &Reals, segments: usize) -> Reals {
    match drift {
        Reals::Narrow(values) => Reals::Narrow(row_means(values, segments)),
        Reals::Wide(values) => Reals::Wide(row_means(values, segments)),
    }
}

fn row_means<T: Drift>(values: &[T], segments: usize) -> Vec<T> {
    let taken = segments.min(SEGMENTS);
    let divisor = T::rounded(taken as f64);
    let mean = |row: &[T]| {
        let last = row.iter().skip(segments - taken);
        last.fold(T::rounded(0.0), |sum, &value| sum + value) / divisor
    };
    values.chunks_exact(segments.max(1)).map(mean).collect()
}

/// log10 of the means, which count as 1e-12 below that.
pub(crate) fn logarithms(means: &Reals) -> Reals {
    match means {
        Reals::Narrow(values) => Reals::Narrow(values.iter().map(|&mean| floored_log(mean)).collect()),
        Reals::Wide(values) => Reals::Wide(values.iter().map(|&mean| floored_log(mean)).collect()),
    }
}

fn floored_log<T: Drift>(mean: T) -> T {
    let floor = T::rounded(FLOOR);
    // A NaN stays one.
    if mean < floor { floor.log10() } else { mean.log10() }
}

/// Root of the sum of the squared means of both levels. Different widths are squared in their own and added in 64 bits.
pub(crate) fn combined(high: &Reals, low: &Reals) -> Reals {
    match (high, low) {
        (Reals::Narrow(high), Reals::Narrow(low)) => Reals::Narrow(roots(high, low)),
        (Reals::Wide(high), Reals::Wide(low)) => Reals::Wide(roots(high, low)),
        (high, low) => {
            let sums = squares(high).into_iter().zip(squares(low)).map(|(high, low)| (high + low).sqrt());
            Reals::Wide(sums.collect())
        }
    }
}

fn roots<T: Drift>(high: &[T], low: &[T]) -> Vec<T> {
    high.iter().zip(low).map(|(&high, &low)| (high * high + low * low).sqrt()).collect()
}

fn squares(means: &Reals) -> Vec<f64> {
    match means {
        Reals::Narrow(values) => values.iter().map(|&mean| f64::from(mean * mean)).collect(),
        Reals::Wide(values) => values.iter().map(|&mean| mean * mean).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_last_four_segments_count_and_fewer_count_as_they_are() {
        let drift = Reals::Wide(vec![100.0, 1.0, 2.0, 3.0, 4.0]);
        assert_eq!(means(&drift, 5), Reals::Wide(vec![2.5]));
        assert_eq!(means(&drift, 1), drift);
    }

    #[test]
    fn a_state_that_does_not_move_has_late_drift_minus_twelve() {
        for still in [Reals::Narrow(vec![0.0]), Reals::Narrow(vec![1e-20])] {
            assert_eq!(logarithms(&still), Reals::Narrow(vec![-12.0]));
        }
        assert_eq!(logarithms(&Reals::Wide(vec![0.0])), Reals::Wide(vec![-12.0]));
    }

    #[test]
    fn both_levels_combine_as_the_root_of_the_sum_of_squares() {
        let (high, low) = (Reals::Narrow(vec![3.0]), Reals::Wide(vec![4.0]));
        assert_eq!(combined(&high, &low), Reals::Wide(vec![5.0]));
        assert_eq!(combined(&high, &Reals::Narrow(vec![4.0])), Reals::Narrow(vec![5.0]));
    }
}
