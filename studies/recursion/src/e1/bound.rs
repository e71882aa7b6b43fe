//! One-sided upper bounds of a share.

const ALPHA: f64 = 0.05;

/// 95 % upper bound after no event in `n`: `1 - 0.05^(1/n)`; `None` for n = 0.
pub(crate) fn after_no_event(n: u64) -> Option<f64> {
    (n > 0).then(|| 1.0 - libm::pow(ALPHA, 1.0 / n as f64))
}

/// 95 % upper bound after `events` in `n` (Clopper and Pearson 1934): the share at which so few events have probability 0.05. `None` for n = 0 or more
/// events than n.
pub(crate) fn clopper_pearson(events: u64, n: u64) -> Option<f64> {
    if events == 0 {
        return after_no_event(n);
    }
    if events > n {
        return None;
    }
    if events == n {
        return Some(1.0);
    }
    let (mut low, mut high) = (events as f64 / n as f64, 1.0);
    // The probability falls as the share grows; 60 halvings reach the last bits.
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        if at_most(events, n, middle) > ALPHA {
            low = middle;
        } else {
            high = middle;
        }
    }
    Some(f64::midpoint(low, high))
}

/// Binomial probability of at most `events` in `n`, summed in logarithms from the first term.
fn at_most(events: u64, n: u64, share: f64) -> f64 {
    let odds = libm::log(share) - libm::log1p(-share);
    let mut term = n as f64 * libm::log1p(-share);
    let mut sum = libm::exp(term);
    for event in 0..events {
        term += libm::log((n - event) as f64) - libm::log((event + 1) as f64) + odds;
        sum += libm::exp(term);
    }
    sum
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
