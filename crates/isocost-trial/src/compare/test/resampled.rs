//! p-values of bootstraps over items, by inverting their intervals.

use isocost_stats::bootstrap::{self, Replicates, Resampling};
use isocost_stats::{Alpha, PValue, StatsResult, Tail, normal};

/// Halvings of the range of ln alpha: three digits of p.
const STEPS: u32 = 16;

/// p of the basic interval: the replicates mirrored at the estimate.
pub(super) fn basic_p(replicates: &Replicates, margin: f64, tail: Tail) -> StatsResult<PValue> {
    let mirrored = match tail {
        Tail::Greater => Tail::Less,
        Tail::Less => Tail::Greater,
        Tail::TwoSided => Tail::TwoSided,
    };
    replicates.p_against(2.0 * replicates.estimate() - margin, mirrored)
}

/// p of the `BCa` interval, in closed form: Φ(w/(1 + a·w) − b) with w = Φ⁻¹(share of replicates up to the margin) − b (Efron 1987, solved for alpha).
/// Past the pole of the correction the plain share is used.
pub(super) fn bca_p(
    replicates: &Replicates,
    acceleration: f64,
    margin: f64,
    tail: Tail,
) -> StatsResult<PValue> {
    let total = replicates.ascending().len() as f64;
    let below = replicates.ascending().partition_point(|replicate| *replicate < replicates.estimate());
    let at_most = replicates.ascending().partition_point(|replicate| *replicate <= replicates.estimate());
    let bias = normal::quantile((below + at_most) as f64 / (2.0 * total))?;
    let corrected = |share: f64, sign: f64| -> StatsResult<f64> {
        let w = sign * normal::quantile(share)? - bias;
        let stretch = 1.0 + acceleration * w;
        let moved = w / stretch - bias;
        Ok(if stretch > 0.0 && moved.is_finite() { normal::cdf(sign * moved) } else { share })
    };
    let greater = || corrected(replicates.p_against(margin, Tail::Greater)?.get(), 1.0);
    // Seen from above: the share of replicates beyond the margin.
    let less = || corrected(replicates.p_against(margin, Tail::Less)?.get(), -1.0);
    let p = match tail {
        Tail::Greater => greater()?,
        Tail::Less => less()?,
        Tail::TwoSided => 2.0 * greater()?.min(less()?),
    };
    PValue::new(p.clamp(0.0, 1.0))
}

/// p of the studentised interval: the least alpha at which it excludes the margin, found by halving.
pub(super) fn studentised_p(
    differences: &[f64],
    resampling: Resampling,
    margin: f64,
    tail: Tail,
) -> StatsResult<PValue> {
    let excludes = |beyond: f64| -> bool {
        let Ok(alpha) = Alpha::new((2.0 * beyond).min(1.0 - 1e-9)) else { return false };
        match bootstrap::studentised(differences, resampling, alpha) {
            Ok(interval) => match tail {
                Tail::Greater => interval.low > margin,
                Tail::Less => interval.high < margin,
                Tail::TwoSided => !interval.contains(margin),
            },
            Err(_) => false,
        }
    };
    // Says at once, for any size, whether these differences have such intervals at all.
    bootstrap::studentised(differences, resampling, Alpha::new(0.5)?)?;
    let least = 1.0 / (f64::from(resampling.replicates) + 1.0);
    let (mut low, mut high) = (least.ln(), 0.5_f64.ln());
    if !excludes(0.5) {
        // The margin lies on the other side of the centre; no side is beyond it.
        return Ok(PValue::ONE);
    }
    for _ in 0..STEPS {
        let middle = f64::midpoint(low, high);
        if excludes(middle.exp()) { high = middle } else { low = middle }
    }
    let sides = if tail == Tail::TwoSided { 2.0 } else { 1.0 };
    PValue::new((sides * high.exp()).min(1.0))
}

#[cfg(test)]
mod tests {
    use isocost_stats::Stream;

    use super::*;

    const RESAMPLING: Resampling = Resampling { replicates: 1_999, seed: 3 };

    fn skewed() -> Vec<f64> {
        let mut stream = Stream::new(5, 0, 0);
        (0..40).map(|_| -(1.0 - stream.unit()).ln()).collect()
    }

    /// Where p is alpha/2 the interval at 1 − alpha ends at the margin.
    #[test]
    fn each_p_is_the_alpha_at_which_its_interval_ends_at_the_margin() {
        let values = skewed();
        let replicates = bootstrap::items(&values, RESAMPLING).unwrap();
        let acceleration = bootstrap::acceleration_of_mean(&values).unwrap();
        for alpha in [0.02, 0.1, 0.4] {
            let level = Alpha::new(alpha).unwrap();
            let near = |p: PValue| (p.get() - alpha / 2.0).abs() < 0.002;
            let basic = replicates.basic(level);
            assert!(near(basic_p(&replicates, basic.low, Tail::Greater).unwrap()));
            assert!(near(basic_p(&replicates, basic.high, Tail::Less).unwrap()));
            let bca = replicates.bca(acceleration, level).unwrap();
            assert!(near(bca_p(&replicates, acceleration, bca.low, Tail::Greater).unwrap()));
            assert!(near(bca_p(&replicates, acceleration, bca.high, Tail::Less).unwrap()));
            let studentised = bootstrap::studentised(&values, RESAMPLING, level).unwrap();
            let p = |margin, tail| studentised_p(&values, RESAMPLING, margin, tail).unwrap();
            assert!(near(p(studentised.low, Tail::Greater)) && near(p(studentised.high, Tail::Less)));
            assert!((p(studentised.low, Tail::TwoSided).get() - alpha).abs() < 0.004);
        }
    }
}
