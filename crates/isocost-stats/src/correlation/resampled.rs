//! Bootstrap intervals of correlations.

use super::{Coefficient, estimate};
use crate::bootstrap::{self, Resampled, Resampling, Sample};
use crate::error::check_finite;
use crate::{Alpha, Interval, StatsError, StatsResult};

/// Resamples pairs. A resample in which a variable is constant has no correlation and is counted as undefined.
///
/// Errors as [`super::correlate`].
pub fn resample(
    coefficient: Coefficient,
    x: &[f64],
    y: &[f64],
    resampling: Resampling,
) -> StatsResult<Resampled> {
    check(x, y)?;
    bootstrap::statistic(x.len(), resampling, of_sample(coefficient, x, y))
}

/// The `BCa` interval of a correlation, from [`resample`] and the jackknife.
pub fn bca(
    coefficient: Coefficient,
    x: &[f64],
    y: &[f64],
    resampling: Resampling,
    alpha: Alpha,
) -> StatsResult<Interval> {
    let resampled = resample(coefficient, x, y, resampling)?;
    let without_each = bootstrap::jackknife(x.len(), of_sample(coefficient, x, y))?;
    resampled.replicates.bca(bootstrap::acceleration(&without_each)?, alpha)
}

fn check(x: &[f64], y: &[f64]) -> StatsResult<()> {
    if x.len() != y.len() {
        return Err(StatsError::Shape { rows: 2, columns: x.len(), found: x.len() + y.len() });
    }
    check_finite(x)?;
    check_finite(y)
}

fn of_sample(coefficient: Coefficient, x: &[f64], y: &[f64]) -> impl Fn(Sample<'_>) -> Option<f64> + Sync {
    move |sample| {
        let (x, y): (Vec<f64>, Vec<f64>) = (sample.pick(x).collect(), sample.pick(y).collect());
        estimate(coefficient, &x, &y)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::noise;
    use crate::{Stream, Tail, correlation};

    #[test]
    fn bootstrap_and_z_intervals_of_normal_pairs_agree() {
        let mut stream = Stream::new(6, 61, 0);
        let x: Vec<f64> = (0..300).map(|_| noise(&mut stream)).collect();
        let y: Vec<f64> = x.iter().map(|v| v + noise(&mut stream)).collect();
        for coefficient in [Coefficient::Pearson, Coefficient::Spearman, Coefficient::Kendall] {
            let alpha = Alpha::FIVE_PERCENT;
            let z =
                correlation::correlate(coefficient, &x, &y, Tail::TwoSided, alpha).unwrap().interval.unwrap();
            let resampling = Resampling { replicates: 2_000, seed: 1 };
            let found = bca(coefficient, &x, &y, resampling, alpha).unwrap();
            assert!(
                (found.low - z.low).abs() < 0.035 && (found.high - z.high).abs() < 0.035,
                "{found:?} {z:?}"
            );
        }
    }

    #[test]
    fn resamples_without_variation_are_counted() {
        let found = resample(
            Coefficient::Pearson,
            &[1.0, 1.0, 1.0, 2.0],
            &[1.0, 2.0, 3.0, 4.0],
            Resampling::default(),
        );
        assert!(found.unwrap().undefined > 1_000);
        assert!(resample(Coefficient::Pearson, &[1.0], &[], Resampling::default()).is_err());
        assert!(
            resample(Coefficient::Pearson, &[f64::NAN, 1.0], &[1.0, 2.0], Resampling::default()).is_err()
        );
    }
}
