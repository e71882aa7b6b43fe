//! One-sided upper bounds of a share.

use isocost_stats::{Alpha, proportion};

const ALPHA: f64 = 0.05;

/// 95 % upper bound after no event in `n`: `1 - 0.05^(1/n)`; `None` for n = 0.
pub(crate) fn after_no_event(n: u64) -> Option<f64> {
    (n > 0).then(|| 1.0 - libm::pow(ALPHA, 1.0 / n as f64))
}

/// 95 % upper bound after `events` in `n` (Clopper and Pearson). `None` for n = 0 or more events than n.
pub(crate) fn clopper_pearson(events: u64, n: u64) -> Option<f64> {
    if events == 0 {
        return after_no_event(n);
    }
    let count = proportion::Count::new(events, n).ok()?;
    Some(proportion::clopper_pearson(count, Alpha::FIVE_PERCENT, proportion::Sides::Upper).high)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bound_after_no_event_is_the_published_one() {
        assert_eq!(after_no_event(254), Some(0.011_724_942_350_669_787));
        assert_eq!(after_no_event(1), Some(0.95));
        assert_eq!(after_no_event(0), None);
    }

    /// `scipy.stats.beta.ppf(0.95, x + 1, n - x)`, `SciPy` 1.17.1.
    #[test]
    fn the_bound_after_some_events_agrees_with_scipy() {
        for (events, n, expected) in [
            (1, 2, 0.974_679_434_480_896_3),
            (4, 254, 0.035_673_098_959_006_59),
            (21, 3894, 0.007_756_688_881_495_721),
            (100, 254, 0.446_831_839_668_356_3),
            (253, 254, 0.999_798_078_285_046_2),
        ] {
            let found = clopper_pearson(events, n).unwrap();
            assert!((found - expected).abs() < 1e-12, "{events} of {n}: {found} {expected}");
        }
        assert_eq!(clopper_pearson(3, 3), Some(1.0));
        assert_eq!(clopper_pearson(4, 3), None);
    }
}
